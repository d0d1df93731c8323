import { attribute, inGroup, ladder, never } from '../browser/ladder.ts';

/**
 * Where things are on Bison's pages: the words of the written procedure (docs/vendors.md#bison-pages), then what else
 * they may be called. When a page changes, this is the file to change.
 */

export const places = {
  contacts: ladder(
    'Contacts',
    'Contacts',
    /^(leads|people|prospects|audience|my contacts)$/,
    /^(contact|lead) (lists|management)$/,
    attribute(/(^|[\s/_-])(contacts|leads)($|[\s/_-])/i),
    never(/import|add|upload|new\b/),
  ),
  lists: ladder(
    'Lists',
    'Lists',
    /^(contact|lead|my|all) lists$/,
    /^(imports|import history|uploads|imported lists)$/,
    never(/import new|add|upload$/),
  ),
  everybody: ladder('All contacts', 'All contacts', /^all (leads|people|prospects)$/, /^(everyone|all)$/),
  campaigns: ladder(
    'Campaigns',
    'Campaigns',
    /^(all|my|email) campaigns$/,
    /^(sequences|outreach)$/,
    attribute(/(^|[\s/_-])campaigns($|[\s/_-])/i),
    never(/new|create|add|search/),
  ),
  variables: ladder(
    'Custom variables',
    'Custom variables',
    /^custom (lead |contact )?(variables|fields|attributes)$/,
    /^(variables|merge (tags|fields)|fields)$/,
    attribute(/custom-?_?(variables|fields)/i),
  ),
  settings: ladder('Settings', 'Settings', /^(workspace |account |portal )?(settings|preferences)$/, /^manage$/),
  portals: ladder('Client portals', 'Client portals', /^(client )?(portals|workspaces|accounts|clients)$/),
};

/** What shows, and changes, the client portal one is in. */
export const portalSwitcher = ladder(
  'client portal switcher',
  /^(client )?(portal|workspace|account|team|client)\b/,
  /^(switch|change|select|choose)( client)? (portal|workspace|account|team|client)\b/,
  attribute(/(workspace|portal|team|account|client)[-_]?(switch\w*|select\w*|menu|picker|dropdown)/i),
);
export const enterPortal = ladder(
  'enter the client portal',
  /^(open|enter|go|go to|view|switch|select|choose|access|log ?in)\b/,
  never(/cancel|sign ?out|log ?out/),
);

export const importNew = ladder(
  'Import new contacts',
  'Import new contacts',
  /\bimport( new)? (contacts|leads|people)\b/,
  /^(\+? ?import|upload|add)( a| new)? ?(csv|contacts|leads|list|file)\b/,
  /^\+? ?import\b/,
  never(/history|sample|template|export/),
);
export const csvField = ladder('CSV file', /\bcsv\b|\bfile\b/, attribute(/csv|file|upload|import/i));
export const chooseFile = ladder(
  'choose the CSV',
  /\b(choose|select|browse|upload|drop|drag|pick)\b.*\b(file|csv|here|computer)s?\b/,
  /^(browse|upload|choose)\b/,
  never(/cancel|sample|template/),
);
export const listName = ladder(
  'list name',
  'List name',
  /\bname( of| for)? (the|your|this)?( new)?( contact| lead)? ?list\b/,
  /\b(list|import|upload|segment|audience) (name|title)\b/,
  /^(name|title)( this list)?$/,
  attribute(/list_?-?name/i),
  never(/first|last|file|campaign|company|search|sender|template/),
);
export const whichList = ladder('new or existing list', /\b(add|import|save) (in)?to\b/, /\blists?\b/);
export const existing = ladder(
  'contacts that exist already',
  /\b(contacts?|leads?|duplicates?|people)\b.*\b(exists?|existing|already|duplicates?)\b/,
  /\b(existing|duplicates?|already exists?)\b/,
  attribute(/existing|duplicate|behavio/i),
);
export const mapForward = ladder(
  'on to the mapping',
  /^(continue|next|proceed)$/,
  /^(continue|next|proceed|go)\b/,
  /\bmap(ping)?\b.*\b(fields|columns)\b/,
  /^upload( (the )?(file|csv))?$/,
  never(/cancel|back|skip|another|import (contacts|leads|\d)/),
);
export const keepDialog = ladder('keep what was chosen', /^(apply|ok|done|save|select)$/, never(/cancel|back/));
export const importNow = ladder(
  'Import contacts',
  /^(import( all| these| my)? (contacts|leads|people)|(start|begin|run|finish|complete|confirm)( the)? import)$/,
  /^import( now| \d+ ?(contacts|leads|rows|people)?| csv| file| list)?$/,
  /^(upload( contacts| leads)?|create( the)? list|finish|submit|save( list| and import)?|done|confirm( and import)?)$/,
  /^import\b/,
  never(/cancel|back|sample|template|another|history|settings|save (as )?(draft|mapping)/),
);
/** In a box that asks once more. */
export const sure = ladder(
  'confirm',
  /^(yes|confirm|import|start|continue|proceed|ok|add|save|rename|got it)\b/,
  never(/cancel|back|\bno\b/),
);
/** What a message box of the browser says that asks whether adding, importing or renaming is meant. */
export const sureWords =
  /\b(sure|add|attach|import|upload|save|rename|start|continue|proceed|confirm|contacts?|leads?|list)\b/i;
/** What a page says that did not get an answer itself. */
export const lostWords =
  /\b(connection (was |has been )?(lost|closed|reset)|network error|failed to fetch|offline|timed? ?out|reload the page|something went wrong|(internal )?server error|unavailable)\b/i;
/** What it says when it refuses, and what it says when it does not, for both may speak of failures. */
export const refusedWords =
  /\b(fail(ed|ure)?|invalid|could not|couldn.t|cannot|can.t|unable|not (allowed|permitted|valid|supported)|required|already (taken|exists|been taken)|too (large|big|many)|limited to|limit|exceed\w*|unsupported|expired|errors?|map a column|please (map|choose|select|enter))\b/i;
export const takenWords =
  /\b(success\w*|started|queued|under ?way|in progress|(are|is) being|will be|imported|added|saved|renamed|updated)\b(?!.*\bnot\b)/i;

export const newVariable = ladder(
  'new custom variable',
  /^\+? ?(create|add|new)( a)?( new)?( custom)? ?(variable|field|attribute)$/,
  /^\+? ?(create|add|new)( variable| field)?\b/,
  never(/contact|campaign|list|import|filter|tag\b/),
);
export const variableName = ladder(
  'variable name',
  /\b(variable|field|attribute)( name)?\b/,
  /^(new )?name$/,
  attribute(/variable|name/i),
  never(/search|first|last|file|campaign|list/),
);
export const saveVariable = ladder(
  'save the variable',
  /^\+? ?(create|add|save)( custom)?( variable| field)?$/,
  /^(create|add|save|done|ok)\b/,
  never(/cancel|contact|campaign/),
);

export const searchCampaigns = ladder(
  'search campaigns',
  /\b(search|find|filter)\b.*\bcampaigns?\b/,
  /^(search|find|filter)\b/,
  attribute(/search/i),
);
export const nextPage = ladder(
  'next page',
  /^(go to )?(the )?(next( page)?|older)$/,
  /^(›|»|→|>|>>)$/,
  /^next\b( ›| »| →)?$/,
  attribute(/(^|[\s_-])next(-?page)?($|[\s_-])|page-?next|pagination.*next/i),
  never(/previous|step|last/),
);

export const actions = ladder(
  'Actions',
  'Actions',
  /^(campaign )?(actions|options)( menu)?$/,
  /^(more|more (actions|options)|manage|menu|open menu|⋯|…|⋮|•••|\.\.\.|☰)$/,
  attribute(
    /actions?(-?_?(menu|btn|button|toggle))?($|\s)|kebab|more-?_?(menu|actions|options|vert)|ellipsis|three-?dots|dropdown-toggle/i,
  ),
  never(/account|user|profile|notification|language|filter|sort|column|portal|workspace|help/),
);
export const addMore = ladder(
  'Add more contacts',
  'Add more contacts',
  /\badd( more| new)? (contacts|leads|people|prospects)\b/,
  /\b(add|attach|import)\b.*\b(list|contacts|leads|people)\b/,
  never(/remove|export|sample|sender|inbox|mailbox|account|create/),
);
export const fromList = ladder('from an existing list', /\b(source|from|where|how)\b/, /\blist\b/);
export const contactList = ladder(
  'contact list',
  'Contact list',
  /^(contacts?|leads?|select( a| the)?|choose( a| the)?|pick( a| the)?|which|existing|saved)? ?(contact |lead )?lists?( to add)?$/,
  /\blists?\b/,
  attribute(/list/i),
);
export const searchLists = ladder('search lists', /\b(search|find|filter)\b/, attribute(/search/i));
export const addNow = ladder(
  'Add',
  /^add$/,
  /^add( these| \d+| selected| the)?( (contacts|leads|people|list|to campaign))*$/,
  /^(attach|import|confirm|save|submit|done|finish|continue|next|ok)( (list|contacts|leads|selected))?$/,
  /^(add|attach)\b/,
  never(/cancel|back|close|more|another|new|filter|variable|step|sender|tag\b/),
);

export const renameItem = ladder(
  'Rename',
  'Rename',
  /^rename( (this |the )?campaign)?$/,
  /^(edit|change)( campaign| the)? (name|title)$/,
  /\brename\b/,
);
export const campaignName = ladder(
  'campaign name',
  /\b(campaign|new) (name|title)\b/,
  /\b(name|title)\b/,
  attribute(/name|title/i),
  never(/search|list|sender|first|last/),
);
export const saveName = ladder(
  'save the name',
  /^(save|rename|update|apply|confirm|ok|done|submit)( (the )?(name|campaign|changes|title))?$/,
  /^(save|rename|update|change)\b/,
  attribute(/save|confirm|submit|check/i),
  never(/cancel|settings|close/),
);

export const campaignSettings = ladder(
  'campaign settings',
  'Settings',
  /^(campaign |general |sending )?(settings|options|preferences|configuration)$/,
  /^(edit|edit campaign|configure)( settings)?$/,
);

/** Its settings by the API's names, as the pages may label them. */
export const settings = {
  plain_text: ladder('plain text', /\bplain ?-?text\b/, attribute(/plain_?-?text/i)),
  open_tracking: ladder(
    'open tracking',
    /\bopen ?-?tracking\b|\btrack (e?mail )?opens\b/,
    attribute(/open_?-?tracking/i),
  ),
  reputation_building: ladder(
    'reputation building',
    /\breputation building\b|\bbuild reputation\b|\bspam protection\b/,
    attribute(/reputation/i),
  ),
  can_unsubscribe: ladder(
    'unsubscribe link',
    /\bunsubscribe (link|header|option|button)\b|\bcan unsubscribe\b|\b(allow|enable|include|one click) unsubscribe\b/,
    attribute(/can_?-?unsubscribe|unsubscribe_?-?link/i),
    never(/text|wording|message/),
  ),
  include_auto_replies_in_stats: ladder('auto replies in the statistics', /\bauto(matic)? ?-?replies\b/),
  unsubscribe_text: ladder(
    'unsubscribe text',
    /\bunsubscribe (link )?(text|wording|message)\b/,
    attribute(/unsubscribe_?-?text/i),
  ),
  max_emails_per_day: ladder(
    'max emails per day',
    /\b(max|maximum|daily)\b.*\bemails?\b.*\bday\b|\b(daily|max) (email|sending) limit\b/,
    attribute(/max_?-?emails/i),
  ),
  max_new_leads_per_day: ladder(
    'max new leads per day',
    /\b(max|maximum|daily)\b.*\bnew (leads|contacts|people)\b/,
    attribute(/max_?-?new_?-?leads/i),
  ),
  sequence_prioritization: ladder('sequence prioritization', /\bpriori(ti[sz]ation|ty|ti[sz]e)\b/),
};

export const contactStatus = ladder(
  'status of the contacts',
  'Status',
  /\bstatus(es)?\b/,
  inGroup(/\bfilters?\b/, /\bstatus(es)?\b/),
  attribute(/status/i),
);
/** What opens the filters, where they are not on the page. */
export const filters = ladder('filters', /^filters?( \(?\d+\)?)?$/, /\bfilters?\b/, never(/clear|reset|remove/));

/** A name given to figures, wherever they stand. */
export const figures = {
  rows: /^(rows( in (the )?file)?|total( rows| contacts| leads)?|in file)$/i,
  processed: /^((contacts|leads|rows) )?processed$/i,
  succeeded: /^((contacts|leads|rows) )?(succeeded|successful(ly imported)?|success(es)?|imported|accepted|added)$/i,
  failed: /^((contacts|leads|rows) )?(failed|failures?|errors?|rejected|not imported)$/i,
  totalLeads:
    /^(total|all|number of|total number of) (leads|contacts|people|prospects)$|^(leads|contacts|people|prospects) (in total|total)$/i,
  someLeads: /^(leads|contacts|people|prospects|size|count)$/i,
  created: /^(created|added|imported|uploaded|date)( (at|on|date))?$/i,
  status: /^(status|state)$/i,
} as const;
