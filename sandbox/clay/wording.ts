import type { Look } from './shapes.ts';

/** Today's labels: docs/vendors.md#clay. What is not named there is ours. */
const current = {
  make: 'New',
  folder: 'Folder',
  workbook: 'Workbook',
  addTable: '+ Add',
  importMenu: 'Import',
  importFromCsv: 'Import from CSV',
  completeImport: 'Complete import',
  addToTable: 'Add to table',
  actions: 'Actions',
  exportMenu: 'Export',
  downloadCsv: 'Download CSV',
  filters: 'Filters',
  addFilter: 'Add filter',
  addEnrichment: 'Add enrichment',
  searchEnrichments: 'Search enrichments',
  validateEmail: 'Validate Email',
  continueToFields: 'Continue to add fields',
  firstSafe: 'First Safe To Send Email',
  saveAndRunView: 'Save and run {n} rows in this view',
  insertLeft: 'Insert 1 column left',
  insertRight: 'Insert 1 column right',
  formula: 'Formula',
  describeFormula: 'Describe what you want the formula to do',
  generateFormula: 'Generate Formula',
  saveAndRunAll: 'Save and run all rows in this view',
  renameColumn: 'Rename column',
  deleteColumn: 'Delete column',
  runColumn: 'Run column',
  tableSettings: 'Table settings',
  autoUpdate: 'Auto-update',
  autoDedupe: 'Auto-dedupe',
  rows: 'rows',
} as const;

export type Words = Readonly<Record<keyof typeof current, string>>;

/** The SOP's wording, from an older Clay. */
const older: Words = { ...current, addToTable: 'Save and run rows in this CSV' };

/** A small change of wording: a person would not stumble, a search for the exact label does. */
const relabelled: Words = {
  ...current,
  make: 'Create new',
  addTable: '+ Add table',
  importFromCsv: 'Import from a CSV file',
  completeImport: 'Complete the import',
  addToTable: 'Add rows to table',
  actions: 'Table actions',
  downloadCsv: 'Download as CSV',
  filters: 'Filter rows',
  addEnrichment: 'Add an enrichment',
  validateEmail: 'Validate Email address',
  continueToFields: 'Continue and add fields',
  saveAndRunView: 'Save & run {n} rows in view',
  insertRight: 'Insert column right',
  insertLeft: 'Insert column left',
  generateFormula: 'Generate the formula',
  saveAndRunAll: 'Save & run all rows in view',
  tableSettings: 'Settings of this table',
  autoUpdate: 'Auto-update rows',
};

/** Everything has another name; the pages also drop their roles (see `pages/look.tsx`). */
const redesigned: Words = {
  make: 'Create',
  folder: 'Collection',
  workbook: 'Canvas',
  addTable: 'Another sheet',
  importMenu: 'Bring in',
  importFromCsv: 'Spreadsheet upload',
  completeImport: 'Finish',
  addToTable: 'Append',
  actions: 'Manage',
  exportMenu: 'Send out',
  downloadCsv: 'Save as spreadsheet',
  filters: 'Refine',
  addFilter: 'Another condition',
  addEnrichment: 'Tools',
  searchEnrichments: 'What do you need?',
  validateEmail: 'Check address',
  continueToFields: 'Next',
  firstSafe: 'Best address',
  saveAndRunView: 'Start on {n} records',
  insertLeft: 'Before this',
  insertRight: 'After this',
  formula: 'Computed',
  describeFormula: 'Tell us what you need',
  generateFormula: 'Write it',
  saveAndRunAll: 'Apply everywhere',
  renameColumn: 'Retitle',
  deleteColumn: 'Remove',
  runColumn: 'Start',
  tableSettings: 'More',
  autoUpdate: 'Keep fresh',
  autoDedupe: 'No doubles',
  rows: 'records',
};

export const wording: Readonly<Record<Look, Words>> = { current, older, relabelled, redesigned };
