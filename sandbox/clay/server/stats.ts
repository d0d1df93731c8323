/** `GET /_control/stats` of the stand-in Clay: everything that was done to it from outside since the last reset. */
export type ClayStats = {
  readonly signIns: number;
  readonly signInsRefused: number;
  /** Times a login was open in two browsers at once. */
  readonly concurrentSessions: number;
  /** Browsers with a signed-in page open now. */
  readonly openBrowsers: number;
  readonly foldersMade: number;
  readonly workbooksMade: number;
  readonly tablesMade: number;
  readonly imports: readonly ImportRecord[];
  readonly tables: readonly TableRecord[];
  readonly rowsDropped: number;
  readonly formulasGenerated: number;
  readonly formulaRuns: number;
  readonly enrichmentRuns: number;
  readonly creditsSpent: number;
  /** Rows, of `creditsSpent`, that nobody pressed a button for. */
  readonly creditsByAutoUpdate: number;
  readonly exports: readonly ExportRecord[];
};

/** `rows` = records of the file; `kept` ended in the table, `dropped` were beyond 50,000, `deduped` repeated. */
export type ImportRecord = {
  readonly file: string;
  readonly tableId: string;
  readonly table: string;
  readonly rows: number;
  kept: number;
  dropped: number;
  deduped: number;
  state: 'running' | 'done' | 'failed';
};
export type TableRecord = {
  readonly id: string;
  readonly name: string;
  readonly workbook: string;
  /** Folder names down to the workbook's. */
  readonly folder: readonly string[];
  readonly archived: boolean;
  readonly rows: number;
  readonly dropped: number;
  readonly deduped: number;
  readonly autoUpdate: boolean;
  readonly columns: readonly string[];
  readonly creditsSpent: number;
  readonly creditsByAutoUpdate: number;
};
/** `rows` as written to the file; `complete` once every byte was handed over. */
export type ExportRecord = {
  readonly tableId: string;
  readonly table: string;
  readonly rows: number;
  complete: boolean;
};

export type Tally = {
  signIns: number;
  signInsRefused: number;
  concurrentSessions: number;
  foldersMade: number;
  workbooksMade: number;
  tablesMade: number;
  imports: ImportRecord[];
  formulasGenerated: number;
  formulaRuns: number;
  enrichmentRuns: number;
  exports: ExportRecord[];
};

export const freshTally = (): Tally => ({
  signIns: 0,
  signInsRefused: 0,
  concurrentSessions: 0,
  foldersMade: 0,
  workbooksMade: 0,
  tablesMade: 0,
  imports: [],
  formulasGenerated: 0,
  formulaRuns: 0,
  enrichmentRuns: 0,
  exports: [],
});
