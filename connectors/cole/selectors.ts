import { attribute, inGroup, ladder, never } from '../browser/ladder.ts';

/**
 * Where things are on Cole's pages: the words of the written procedure first (docs/vendors.md#cole), then what else
 * they may be called, then names and ids. Nobody here has seen today's pages: when one changes, this is the file to
 * change.
 */

export const newSearch = ladder(
  'new search',
  /^(start )?(a )?new (search|query|list|count|order|x ?date search)$/,
  /\b(start|create|begin|build|run|open)\b.*\b(search|query|list|count|leads)\b/,
  /\bnew (search|query|list|count|order|lead list)\b/,
  /^(cole )?x ?dates?\b/,
  /^(search|query|prospecting|lists|list builder|find (leads|prospects|records)|get leads)$/,
  attribute(/new-?_?(search|query|list)/i),
  never(/recent|saved|history|previous/),
);

export const clearForm = ladder(
  'clear the form',
  /^(clear|reset)( (all|form|search|filters|criteria|everything))?$/,
  /^start over$/,
);

export const stateBox = ladder(
  'states',
  'States',
  /^(select|choose|pick) (a |your |the )?states?$/,
  /^states? (to search|coverage|selection|list|s)$/,
  inGroup(/\b(geograph|location|area|region|territor|coverage)/, /\bstates?\b/),
  /\bstates?\b/,
  attribute(/(^|[\s_-])states?($|[\s_-])/i),
  never(/united states|\bzip\b|real estate/),
);

export const listType = ladder(
  'type of list',
  'Type of list',
  'List type',
  /\b(type of list|list type|kind of list|list kind|type of leads?|lead type|campaign type|list purpose|purpose|channel|marketing (type|channel|method)|contact method|delivery channel|i want to reach|use (this list )?for)\b/,
  attribute(/list-?_?type|type-?_?of-?_?list/i),
);

export const zipBox = ladder(
  'ZIP codes',
  'ZIP codes',
  'ZIP code list',
  /^(enter|paste|type|add)\b.*\bzip/,
  /\bzip codes?\b/,
  /\b(zips?|postal codes?)\b/,
  /\b\d{5}(, ?\d{5})+/,
  attribute(/zip|postal/i),
  never(/\b(radius|exclude|suppress|except|home|billing|within)\b/),
);

/** Asked where the area can be given in several ways. */
export const areaMethod = ladder(
  'way to give the area',
  /\b(select|search|choose|find|target|enter|define) (areas? |locations? |geography |records )?by\b/,
  /\b(geograph(y|ic)|area|location|selection) (type|method|selection|level)\b|\bgeography\b/,
);

export const zipUpload = ladder('ZIP code upload', /\bupload\b.*\bzip/, /\bzip/, attribute(/zip|upload|file/i));
export const zipUploadButton = ladder(
  'upload ZIP codes',
  /\b(upload|import|choose|browse|select)\b.*\b(zip|file|list)\b/,
  /^(upload|browse|import)\b/,
);
export const addZips = ladder(
  'add ZIP codes',
  /^(add|apply|enter|insert|use|save|validate|update|set)( (these|the|all|zips?|zip codes?|codes?|to list|list))*$/,
  never(/remove|clear/),
);

/** Tabs, buttons and links that open the part of the form where a thing may be. */
export const openers = {
  geography: [
    ladder(
      'geography',
      /^(\d+ )?(geograph(y|ic)|locations?|areas?|geographic area|where|territory|coverage|geo|select area|choose area)\b/,
    ),
    ladder(
      'by ZIP code',
      /^(\d+ )?(by |enter |paste |use |select |type |add )?(a )?(list of )?(zip|postal) ?codes?( list)?$/,
      /^zips?$/,
    ),
  ],
  listType: [ladder('list type', /^(\d+ )?(list type|type of list|type|product|list|audience|channel)$/)],
  advanced: [
    ladder(
      'advanced options',
      'Advanced options',
      /\badvanced\b/,
      /^(more|additional|show|all|other) (options|filters|criteria|settings)$/,
      attribute(/advanced/i),
      never(/^(back|cancel|close|reset|clear|done|return)\b/),
    ),
  ],
  fields: [
    ladder(
      'field selection',
      /\b(select|choose|pick|edit|customi[sz]e|configure|manage|output|export|data|list)\b.*\b(fields?|columns|layout|data elements)\b/,
      /^(\d+ )?(fields?|columns|output|layout|data elements|customi[sz]e|output fields|record layout)\b/,
    ),
  ],
  filters: [
    ladder(
      'filters',
      /^(\d+ )?(add |more |edit |show |set )?(filters?|criteria|selects|refine|selections)( \(?\d+\)?)?$/,
      /^(add a?|more|show|all) filters?/,
    ),
    ladder(
      'purchase filters',
      /^(\d+ )?(home |property )?(purchase|x ?dates?|sale|ownership|mortgage)( (date|info(rmation)?|details|filters?|month|history))?s?$/,
      /^(\d+ )?(property|real estate|housing)( (data|info(rmation)?|details|filters?|characteristics|attributes))?$/,
      /^(\d+ )?home (data|info(rmation)?|details|filters?|characteristics|attributes)$/,
    ),
    ladder('demographics', /^(\d+ )?(demographics?|household|consumer|homeowner)( (data|info(rmation)?|filters?))?$/),
  ],
} as const;

export const purchaseMonth = ladder(
  'purchase month',
  'Purchase month',
  /\b(home )?purchase (month|mo)\b|\bmonth (of )?(home )?(purchased?|sale)\b/,
  inGroup(/\b(purchase|purchased|bought)\b/, /\bmonths?\b/),
  /\b(x ?date|renewal|expiration|sale|sold|closing|deed|transfer|anniversary) months?\b/,
  inGroup(/\b(x ?dates?|sale date|sold|closing|renewal)\b/, /\bmonths?\b/),
  attribute(/purchase-?_?mo|x-?date-?mo/i),
  never(/\b(birth|born|dob|days?)\b/),
);

const year = (words: string) => new RegExp(`\\b(${words}) years?\\b|\\byears? (of )?(home )?(${words}d?)\\b`);
export const purchaseYear = ladder(
  'purchase year',
  'Purchase year',
  year('purchase'),
  inGroup(/\b(purchase|purchased|bought)\b/, /\byears?\b/),
  /\bbought\b.*\byears?\b|\byears? bought\b/,
  year('x ?date|sale|sold|closing|deed'),
  inGroup(/\b(x ?dates?|sale date|sold|closing)\b/, /\byears?\b/),
  attribute(/purchase-?_?y(ea)?r/i),
  never(/\b(birth|born|dob|built|residence|at (this )?address)\b/),
);

export const homeValue = ladder(
  'home value',
  'Home value',
  /\b((est(imated)?|current|market|property) )*(home|property|house|market) (market )?values?\b/,
  /\b(home|property|house|residence)( is)? worth\b|\bworth of (the )?(home|property|house)\b/,
  /^(missing |unknown |no )?worth$/,
  attribute(/home-?_?value|property-?_?value|market-?_?value/i),
  never(/\b(purchase|net|income|loan|mortgage)\b/),
);

export const purchaseDay = ladder(
  'purchase day',
  'Purchase day',
  /\bpurchase day\b|\bday of (the )?(month|purchase)\b/,
  inGroup(/\b(purchase|purchased|bought)\b/, /\bdays?\b/),
  /\bbought\b.*\bdays?\b|\bdays? bought\b/,
  inGroup(/\b(x ?dates?|sale date)\b/, /\bdays?\b/),
  attribute(/purchase-?_?day/i),
  never(/\b(birth|born|dob|week)\b/),
);

export const searchName = ladder(
  'name of the search',
  /\b(search|query|list|job|project|count|order) (name|title)\b|\bname (of )?(this |your )?(search|query|list)\b/,
);

/** Ends a dialog or a panel with what was set in it. */
export const confirm = ladder(
  'apply',
  /^(apply|done|ok(ay)?|use (these|selected).*|update|set)$/,
  /^(apply|save|use|confirm|update)( and close| (the |my |these |all )?(changes|options|fields|filters|selections?|settings|columns|criteria|layout|advanced options))$/,
  /^(save|confirm|close|continue|back to search|return to search)$/,
  never(/search|cancel|save (search|query|list)|as|email|download|export|order/),
);

export const forward = ladder(
  'next page of the form',
  /^(next|continue|proceed)$/,
  /^(next|continue|proceed)\b/,
  never(/cancel|back|search|download|export/),
);

export const searchButton = ladder(
  'search button',
  /^(search|run search|submit search|search now|run query|run|find|get count|get counts|count|search records|find records|submit query)$/,
  /^(get|view|see|show|find|run|update|calculate)\b.*\b(counts?|results?|records?|leads?|matches|search|query|list|prospects)$/,
  /^(submit|go|finish|build list|create list|generate list|generate)$/,
  attribute(/(^|[\s_-])(btn-?_?)?(search|count|submit)(-?_?btn|-?_?button)?($|[\s_-])/i),
  never(/\b(new|save|saved|recent|clear|reset|upload|add|apply|help|advanced|name|download|export)\b/),
);

/** Past a page that stands between the search and its count. */
export const toResults = ladder(
  'view results',
  /^(view|see|show|go to)\b.*\b(results?|records?|list|leads)$/,
  /^(continue|ok|next|proceed)$/,
  never(/cancel|back/),
);

export const selectAll = ladder(
  'select all records',
  'Select all records',
  /^(select|check|choose|mark|tag)( all)?( of)?( the)? ?[\d,]* ?(all )?(records?|results?|leads?|households?|rows|matches|prospects|contacts)( found| in (this )?(list|search))?$/,
  /\b(select|check|choose|mark|tag|pick|take) (all|everything|every record)\b(?!.*\b(page|fields?|columns|states?)\b)/,
  /^all( [\d,]+)? (records?|results?)$/,
  attribute(/(select|check|chk|choose)-?_?all/i),
  never(/\b(deselect|unselect|clear|none|this page|fields?|columns?|states?|months?|years?)\b/),
);

/** The second step where the first took the page only: "Select all 12,345 records". */
export const selectAllFurther = ladder(
  'select all records of the search',
  /\bselect all [\d,]{2,}\b/,
  /\bselect (all|every)\b.*\b(records?|results?|pages|search|matching)\b/,
  never(/\b(on this page|deselect|unselect|fields?)\b/),
);

export const download = ladder(
  'Download to Computer',
  'Download to Computer',
  /\b(download|save|export)\b.*\b(computer|pc|desktop|device|disk|file)\b/,
  /^(download|export)( (all|selected|these|the|my|list|records?|results?|leads?|data|csv|to csv|now|options))*$/,
  /\b(download|export)\b/,
  attribute(/download|export/i),
  never(
    /\b(history|sample|template|guide|brochure|app|recent|past|previous|my downloads|print|email|crm|pdf|instructions|limit|manual|invoice)\b/,
  ),
);

/** Opens a menu or a page on which "Download to Computer" is. */
export const downloadWays = ladder(
  'ways to take the records',
  /^(actions?|export|output|deliver(y)?|get (records|list|leads|data)|take action|options|use list|next step|continue)\b/,
  never(/cancel|back|search|advanced/),
);

export const fileFormat = ladder(
  'file format',
  /\b(file|export|download|output) (format|type)\b/,
  /^(format|(type|kind) of file|save as)$/,
  /\bformat\b/,
  attribute(/format|file-?_?type/i),
);
export const withHeaders = ladder(
  'with headers',
  /\b(include|with|add|show|export|print)\b.*\b(headers?|column (names|titles|headings)|field names)\b/,
  /\b(headers?( row)?|column (names|headings)|field names)\b/,
  /\bfirst (line|row)\b.*\b(names|headings)\b/,
  attribute(/header/i),
  never(/\b(without|no|exclude|omit|skip|select|check)\b/),
);
export const allRecords = ladder(
  'all records',
  /^all( [\d,]+)?( (records?|results?|selected|leads?|rows|pages))*$/,
  /^(entire|whole|full) (list|result|search)/,
  never(/fields?|columns?|states?/),
);

/** Makes the file, in a dialog or on a page of its own. */
export const makeFile = ladder(
  'make the file',
  /^(download|export|start download|download (now|file|csv|list|records|to computer)|export (now|file|csv|records|list))$/,
  /^(create|generate|get|make|build|prepare|request)( (my|the|your))? (file|export|csv|download|list)$/,
  /^(continue|ok|yes|confirm|submit|proceed|next|finish|save)$/,
  /^(yes|confirm|continue|ok)\b/,
  /^(submit|place|complete|process|finish)\b/,
  /\b(download|export)\b/,
  never(/\b(cancel|no|back|close|history|sample|template|another|print|email|again|crm)\b/),
);

export const fileReady = ladder(
  'file that is ready',
  /^(click here to )?(download|save|get)( (your|the|my|this))?( (file|csv|list|export|now|records|it))*$/,
  /^(click )?here$/,
  /\.csv\b/,
  /\bdownload\b/,
  attribute(/download|\.csv|blob:/i),
  never(/\b(history|sample|template|again|another|new)\b/),
);
