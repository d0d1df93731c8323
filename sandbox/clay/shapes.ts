/** What the pages and the server of the stand-in Clay say to each other, as JSON. */

/** What a cell of an enrichment can be (docs/vendors.md#clay); a cell that was never run has none of them. */
export const cellStates = ['success', 'error', 'running', 'queued', 'retry', 'rate_limited', 'empty'] as const;
export type CellState = (typeof cellStates)[number];
export type CellCounts = Record<CellState, number>;

export const operators = [
  'equals',
  'does not equal',
  'contains',
  'does not contain',
  'is empty',
  'is not empty',
  'greater than',
  'greater than or equal to',
  'less than',
  'less than or equal to',
] as const;
export type Operator = (typeof operators)[number];
export const needsValue = (operator: Operator): boolean => operator !== 'is empty' && operator !== 'is not empty';
export type Filter = { readonly columnId: string; readonly operator: Operator; readonly value: string };

/** The fields of a Debounce answer that can become columns of their own. */
export const outputFields = [
  { key: 'firstSafe', label: 'First Safe To Send Email' },
  { key: 'result', label: 'Result' },
  { key: 'reason', label: 'Reason' },
  { key: 'code', label: 'Code' },
  { key: 'freeEmail', label: 'Free Email' },
  { key: 'role', label: 'Role' },
  { key: 'sendTransactional', label: 'Send Transactional' },
  { key: 'didYouMean', label: 'Did You Mean' },
] as const;
export type OutputField = (typeof outputFields)[number]['key'];

export type Look = 'current' | 'older' | 'relabelled' | 'redesigned';

/** Written into the page: who is signed in, and today's wording. */
export type Boot = {
  readonly look: Look;
  readonly workspace: string;
  readonly workspaceName: string;
  readonly email: string | null;
};

export type Crumb = { readonly id: string; readonly name: string };
export type Entry = { readonly id: string; readonly name: string; readonly updatedAt: number };
export type FolderPage = {
  readonly crumbs: readonly Crumb[];
  readonly folders: readonly Entry[];
  readonly workbooks: readonly Entry[];
};
export type WorkbookPage = {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly crumbs: readonly Crumb[];
  readonly tables: readonly Crumb[];
};
export type ArchivePage = { readonly workbooks: readonly Entry[] };

export type ColumnKind = 'text' | 'formula' | 'enrichment' | 'field';
export type ColumnView = {
  readonly id: string;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly prompt?: string;
  /** A formula that is still being computed. */
  readonly busy?: boolean;
  /** Enrichments only: how the cells of all rows stand, whatever the view's filters. */
  readonly counts?: CellCounts;
};
export type TablePage = {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  /** Rows of the current view, after its filters. */
  readonly matching: number;
  readonly columns: readonly ColumnView[];
  readonly filters: readonly Filter[];
  readonly autoUpdate: boolean;
  readonly dedupeColumnId: string | null;
  readonly importing: boolean;
  readonly importError: string | null;
  readonly creditsSpent: number;
  readonly version: number;
};

/** A text, or the state of an enrichment's cell with what it shows. `null`: an enrichment's cell that was never run. */
export type CellView = string | { readonly state: CellState; readonly text: string } | null;
export type RowsPage = {
  readonly version: number;
  readonly offset: number;
  readonly rows: readonly { readonly number: number; readonly cells: readonly CellView[] }[];
};

export type Upload = {
  readonly uploadId: string;
  readonly file: string;
  readonly headers: readonly string[];
  readonly rows: number;
  readonly sample: readonly (readonly string[])[];
};
/** Where a header of the file goes: a column's id, `new` (a column of its own), or `null` (nowhere). */
export type Mapping = { readonly header: number; readonly to: string | null };

export type GeneratedFormula = {
  /** Named when the column is saved. */
  readonly token: string;
  readonly text: string;
  readonly samples: readonly { readonly value: string; readonly result: string }[];
};

export type SignInStep =
  { readonly step: 'password' | 'code' | 'captcha' | 'done' } | { readonly step: 'refused'; readonly message: string };
