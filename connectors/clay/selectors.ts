import { attribute, ladder, never } from '../browser/ladder.ts';

/**
 * Where things are on Clay's pages: both wordings that are known (docs/vendors.md#clay: the help centre's, and the
 * older one of the written procedure), then what else they may be called. When a page changes, this is the file to
 * change.
 */

export const make = {
  menu: ladder(
    'New',
    /^\+? ?(new|create|create new|add new)$/,
    /^\+? ?(new|create)\b(?!.*(table|column|view|filter))/,
    attribute(/(^|[\s_-])(new|create)(-?btn|-?button|-?menu)?($|[\s_-])/i),
  ),
  folder: ladder('New folder', 'Folder', /^\+? ?(new|create|add)( a| an)?( new)? folder$/, /^folder\b/),
  workbook: ladder(
    'New workbook',
    'Workbook',
    /^\+? ?(new|create|add)( a| an)?( new| blank| empty)? workbook$/,
    /^(blank |empty )?workbook\b/,
  ),
};

export const nameField = ladder(
  'name',
  /\b(folder|workbook|table|column)? ?name\b/,
  /\b(name|title|untitled)\b/,
  attribute(/name|title/i),
);
export const confirmName = ladder(
  'create',
  /^(create|save|done|ok|add|rename|confirm|continue|apply)( (folder|workbook|table|name|changes))?$/,
  never(/cancel/),
);

/** A name given by Clay to something nobody named. */
export const unnamed =
  /^(untitled|unnamed|new|my new|imported)\b.*|^(new )?(workbook|folder|table|formula|column)( ?\d+)?$/i;

export const addTable = ladder(
  'Add',
  /^\+? ?add( (a )?(new )?table| data| source)?$/,
  /^\+ ?(new|add)?( table)?$/,
  /^(new|create)( a)?( new)? table$/,
  attribute(/add-?_?table|new-?_?table|add-?_?tab/i),
  never(/column|enrichment|filter|row|view/),
);
export const importCsv = ladder(
  'Import from CSV',
  'Import from CSV',
  /\bimport\b.*\bcsv\b|\bcsv\b.*\bimport\b|\bupload( a)? csv\b/,
  /^csv( file)?$|^from csv$|^import( data)?$/,
  never(/export|download|sample|template/),
);
export const csvField = ladder('CSV file', /\bcsv\b|\bfile\b/, attribute(/csv|file|upload|import/i));
export const chooseFile = ladder(
  'choose the CSV',
  /\b(choose|select|browse|upload|drop|drag)\b.*\b(file|csv|here)s?\b/,
  /^(browse|upload|choose|select)\b/,
  never(/cancel/),
);
export const delimiter = ladder('delimiter', /\bdelimiter\b|\bseparator\b/);
export const target = ladder('import into', /\b(import|add) (in)?to\b|\bdestination\b|\btarget\b/);
export const firstRowHeaders = ladder(
  'first row holds the headers',
  /\bfirst row\b|\bheader row\b|\b(has|contains|includes?) headers?\b/,
);
export const completeImport = ladder(
  'Complete import',
  'Complete import',
  /^(complete|finish|start|run|confirm)( the)? import$/,
  /^(import (csv|data|file|[\d,]+ rows|table)|create table|add to (new )?table|save and run rows in this csv)$/,
  /^(import|continue|next|save|done|finish|ok|confirm|upload|proceed)$/,
  /^(continue|next|save and run|import|create)\b/,
  never(/cancel|back|close|another|export/),
);

export const renameItem = ladder('Rename', /^(rename|edit name|change name)( (column|table|tab))?$/, /\brename\b/);
export const editColumn = ladder('Edit column', /^edit( column)?( (settings|name|details))?$/, /^column settings$/);

export const autoUpdate = ladder(
  'Auto-update',
  'Auto-update',
  /\bauto ?-?update\b/,
  /\bauto ?-?run\b/,
  /\b(run|update) (new rows )?automatically\b/,
  attribute(/auto-?_?(update|run)/i),
);
export const tableSettings = ladder(
  'table settings',
  /^table settings$/,
  /^(settings|table options|configure table|table menu)$/,
  /\bsettings\b/,
  attribute(/table-?_?settings|settings|gear|cog/i),
  never(/account|workspace|profile|billing|team|column|user/),
);
export const turnOff = ladder(
  'turn off',
  /^(turn|switch) (it )?off( auto ?update)?$/,
  /^(off|disable|pause|disabled|never|manual(ly)?)$/,
  /\b(turn|switch) off\b|\bdisable\b/,
);
export const confirmAct = ladder(
  'confirm',
  /^(confirm|yes|ok|continue|turn off|run|save|got it|proceed|apply|done)\b/,
  never(/cancel|no\b/),
);

export const insertRight = ladder(
  'Insert 1 column right',
  'Insert 1 column right',
  /\binsert\b.*\bright\b/,
  /\b(add|new)\b.*\bcolumn\b.*\bright\b/,
  /^(insert|add) column\b/,
);
export const formula = ladder('Formula', 'Formula', /^(ai )?formula\b(?!.*\b(field|help|docs)\b)/, /\bformula\b/);
export const describe = ladder(
  'formula description',
  /\b(describe|description of)\b/,
  /\b(what|how)\b.*\b(formula|want|do)\b|\bprompt\b|\binstructions?\b|\bask\b.*\b(ai|formula)\b/,
  /\b(e\.?g\.?|example|tell|write|type|generate)\b/,
  attribute(/prompt|describe|description|instruction|formula/i),
  never(/search|^name|column name/),
);
export const generate = ladder(
  'Generate Formula',
  'Generate Formula',
  /^(generate|re-?generate|create formula|build formula)\b/,
  /\bgenerate\b/,
);
export const saveAndRunAll = ladder(
  'Save and run all rows in this view',
  'Save and run all rows in this view',
  /^(save and )?run (on )?all( [\d,]+)? rows\b/,
  /^save and run [\d ]+ rows in (this |the )?view$/,
  /^(save and )?run [\d ]+ rows\b/,
  never(/\b(do not|don.t|without|not run|first|only)\b|\b10 rows\b/),
);
export const saveAndRun = ladder(
  'Save and run',
  /^save and run\b/,
  /^(save|create column|save column|add column|apply)$/,
  never(/\b(do not|don.t|without|not run|cancel)\b/),
);

export const addFilter = ladder(
  'add a filter',
  /^\+? ?(add|new)( a)?( new)? (filter|condition|rule)$/,
  /^\+ ?(filter|condition)$/,
  /\badd\b.*\b(filter|condition)\b/,
  never(/group/),
);
/** Inside the opened filters a bare "Add" will do. */
export const addInPanel = ladder('add a filter', /^\+? ?(add|new)?( another)?$|^\+$/i, never(/group|table/));
export const filtersButton = ladder(
  'Filters',
  /^filters?( \(?\d+\)?| • \d+| \d+)?$/,
  /^[\d,]+ filters?( applied| active)?$/,
  /\bfilters?\b/,
  attribute(/filter/i),
  never(/clear|remove|reset|column|add/),
);
export const applyFilter = ladder(
  'apply the filter',
  /^(apply|save|done|update|set)( (the )?(filters?|changes|conditions?))?$/,
  never(/cancel|clear/),
);

export const addEnrichment = ladder(
  'Add enrichment',
  'Add enrichment',
  /\badd\b.*\benrichment\b|^enrich( data| table)?$|^enrichments?$/,
  /^(tools|add column|\+ ?add column|\+ ?column)$/,
  attribute(/enrich/i),
);
export const searchEnrichment = ladder('search enrichments', /\bsearch\b|\bfind\b|\blook for\b/, attribute(/search/i));
export const validateEmail = ladder(
  'Validate Email',
  'Validate Email',
  /^(debounce )?(validate|verify) (an )?emails?( address)?\b/,
  /\bvalidate emails?\b|\bemail validation\b|\bverify emails?\b/,
  /\bdebounce\b/,
  never(/find|search results|waterfall/),
);
export const emailInput = ladder(
  'e-mail input',
  /^email( address)?( to (validate|verify))?$/,
  /\bemail\b/,
  attribute(/email/i),
  never(/search/),
);
export const continueToFields = ladder(
  'Continue to add fields',
  'Continue to add fields',
  /^continue( to)?\b/,
  /^(next|add fields?|select fields?)\b/,
);
export const firstSafe = ladder('First Safe To Send Email', 'First Safe To Send Email', /\bsafe to send\b/);

/** The column whose cells say how the validation stands, then the one with its result. */
export const validationColumn = [/debounce|validate email|email validat|verify email/i, /safe ?to ?send/i] as const;

export const actions = ladder(
  'Actions',
  'Actions',
  /^(table |view )?(actions|options|more( actions)?|menu)$/,
  /^(export|share|download)$/,
  attribute(/actions|more-?_?menu|kebab/i),
  never(/row|column|account/),
);
export const exportItem = ladder(
  'Export',
  'Export',
  /^export( (table|view|data|rows))?$/,
  /\bexport\b(?!.*\b(crm|hubspot|salesforce|table to)\b)/,
  never(/import/),
);
export const downloadCsv = ladder(
  'Download CSV',
  'Download CSV',
  /\bdownload\b.*\bcsv\b|\bcsv\b.*\bdownload\b|\bexport\b.*\bcsv\b/,
  /^(csv|as csv|to csv|csv file|download( file| table| now)?)$/,
  never(/import|excel|sample/),
);
/** In a dialog that asks once more, or says that the file is ready. */
export const confirmExport = ladder(
  'confirm the export',
  /^(export|download|continue|confirm|ok|yes|start( export| download)?)\b/,
  /\b(download|here)\b/,
  never(/cancel|close|sample/),
);

export const inside = [make.menu, make.folder, make.workbook, addTable, actions] as const;
