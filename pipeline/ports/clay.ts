import type { Verdict } from '../vocabulary.ts';

/** What a workflow needs of Clay. One login; everything done "at" it happens in one session. */
export type Clay = {
  /** @throws NeedsHuman (AUTH, MFA, CAPTCHA) · VendorChanged · Retryable */
  at<T>(work: (session: ClaySession) => Promise<T>): Promise<T>;
};

/** An address inside Clay, as the browser shows it; opaque to us, the same in later sessions. */
export type WorkbookRef = string & { readonly __workbook: true };
export type TableRef = string & { readonly __table: true };

/** Folder `B2C` → `client` → `month` → workbook, each found or made. */
export type WorkbookPlace = {
  readonly root: string;
  readonly client: string;
  readonly month: string;
  readonly workbook: string;
};

export type ClaySession = {
  /** Finds or makes the folders and the workbook. Two of one name: the one `hint` names, else `NeedsHuman`. */
  workbook(place: WorkbookPlace, hint?: WorkbookRef): Promise<WorkbookRef>;
  /** The table of that name in the workbook, with its row count; `null` where there is none. */
  findTable(workbook: WorkbookRef, name: string): Promise<{ readonly table: TableRef; readonly rows: number } | null>;
  /** Imports a CSV (header line, commas) into a new table and waits until Clay shows all its rows. */
  importTable(workbook: WorkbookRef, name: string, csvPath: string, rows: number): Promise<TableRef>;
  rowCount(table: TableRef): Promise<number>;
  /** Auto-update spends credits on every row added later; it is on by default. Safe to repeat. */
  turnAutoUpdateOff(table: TableRef): Promise<void>;
  /** Finds or makes a formula column by its name and runs it on all rows. */
  formula(table: TableRef, formula: ClayFormula): Promise<void>;
  /** Finds or sets the view's filters. */
  filters(table: TableRef, filters: readonly ClayFilter[]): Promise<void>;
  /** Whether the Debounce column is there, and how its cells stand. `null`: no such column. */
  validation(table: TableRef): Promise<ValidationProgress | null>;
  /** Adds the Debounce column over `emailColumn` and runs it on all rows: one credit a row. */
  startValidation(table: TableRef, emailColumn: string, rows: number): Promise<void>;
  /** Downloads the current view as CSV to `to`; complete when this returns. */
  exportTable(table: TableRef, to: string): Promise<void>;
};

export type ClayFormula = {
  readonly name: string;
  /** What a person would type into the generator. */
  readonly prompt: string;
  readonly sourceColumn: string;
};

export type ClayFilter =
  | { readonly column: string; readonly operator: 'is not empty' }
  | { readonly column: string; readonly operator: 'less than or equal to'; readonly value: number };

/** Cells of the validation column. `finished` = success + error + empty: they will not change by themselves. */
export type ValidationProgress = {
  readonly total: number;
  readonly success: number;
  readonly error: number;
  readonly empty: number;
  readonly running: number;
};

/** One row of Clay's export, joined back by `leadId`. */
export type ClayResult = {
  readonly leadId: string;
  readonly numericHomeValue: string;
  readonly readablePurchaseDate: string;
  readonly purchaseDay: string;
  /**
   * `null`: no verdict yet (running, error or empty cell). `not named safe`: the table names only the safe ones, and this
   * row is not among them; once every cell ended well that is a verdict.
   */
  readonly verdict: Verdict | 'not named safe' | null;
};
