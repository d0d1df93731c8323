import { cellStates, type CellCounts, type CellState, type Filter, type OutputField } from '../shapes.ts';
import type { Formula } from './formula.ts';

/** What DeBounce said of one row. */
export type Validation = Readonly<Record<OutputField, string>>;

type Named = { readonly id: string; name: string };
export type TextColumn = Named & { readonly kind: 'text'; values: string[] };
export type FormulaColumn = Named & {
  readonly kind: 'formula';
  prompt: string;
  formula: Formula;
  values: string[];
  /** Runs that have not ended. */
  busy: number;
};
export type EnrichmentColumn = Named & {
  readonly kind: 'enrichment';
  readonly inputId: string;
  states: (CellState | undefined)[];
  results: (Validation | undefined)[];
  counts: CellCounts;
};
export type FieldColumn = Named & {
  readonly kind: 'field';
  readonly enrichmentId: string;
  readonly field: OutputField;
};
export type Column = TextColumn | FormulaColumn | EnrichmentColumn | FieldColumn;

export type Table = {
  readonly id: string;
  readonly workbookId: string;
  name: string;
  columns: Column[];
  rows: number;
  filters: Filter[];
  autoUpdate: boolean;
  dedupe: { readonly columnId: string; readonly seen: Set<string> } | null;
  importing: number;
  importError: string | null;
  creditsSpent: number;
  creditsByAutoUpdate: number;
  dropped: number;
  deduped: number;
  /** Grows with every change, so that pages and caches can tell. */
  version: number;
};

/** A table stops taking rows here, without a word (docs/vendors.md#clay-limits). */
export const tableLimit = 50_000;

export const makeTable = (id: string, workbookId: string, name: string): Table => ({
  id,
  workbookId,
  name,
  columns: [],
  rows: 0,
  filters: [],
  autoUpdate: true,
  dedupe: null,
  importing: 0,
  importError: null,
  creditsSpent: 0,
  creditsByAutoUpdate: 0,
  dropped: 0,
  deduped: 0,
  version: 0,
});

export const noCounts = (): CellCounts => Object.fromEntries(cellStates.map((state) => [state, 0])) as CellCounts;

export const columnById = (table: Table, id: string): Column | undefined =>
  table.columns.find((column) => column.id === id);

export function enrichmentById(table: Table, id: string): EnrichmentColumn | undefined {
  const column = columnById(table, id);
  return column?.kind === 'enrichment' ? column : undefined;
}

/** The text of a cell, as the grid shows it and the export writes it: blank where an enrichment has no success. */
export function cellText(table: Table, column: Column, row: number): string {
  switch (column.kind) {
    case 'text':
    case 'formula':
      return column.values[row] ?? '';
    case 'enrichment':
      return column.states[row] === 'success' ? (column.results[row]?.result ?? '') : '';
    case 'field': {
      const source = enrichmentById(table, column.enrichmentId);
      return source?.states[row] === 'success' ? (source.results[row]?.[column.field] ?? '') : '';
    }
  }
}

export function setState(column: EnrichmentColumn, row: number, state: CellState, result?: Validation): void {
  const before = column.states[row];
  if (before) column.counts[before] -= 1;
  column.counts[state] += 1;
  column.states[row] = state;
  column.results[row] = result;
}

/**
 * Adds rows, `pick` giving each text column's place in a record (-1: leave blank). Beyond the limit they are dropped
 * without a word; with auto-dedupe on, a value seen before drops the newer row.
 */
export function addRows(
  table: Table,
  records: readonly (readonly string[])[],
  pick: ReadonlyMap<string, number>,
): { readonly from: number; readonly kept: number; readonly dropped: number; readonly deduped: number } {
  const from = table.rows;
  const before = { dropped: table.dropped, deduped: table.deduped };
  for (const record of records) {
    if (table.rows >= tableLimit) {
      table.dropped += 1;
      continue;
    }
    const at = (columnId: string): string => record[pick.get(columnId) ?? -1] ?? '';
    if (table.dedupe && isRepeat(table.dedupe.seen, at(table.dedupe.columnId))) {
      table.deduped += 1;
      continue;
    }
    for (const column of table.columns) {
      if (column.kind === 'text') column.values.push(at(column.id));
      else if (column.kind === 'formula') column.values.push('');
      else if (column.kind === 'enrichment') {
        column.states.push(undefined);
        column.results.push(undefined);
      }
    }
    table.rows += 1;
  }
  table.version += 1;
  return {
    from,
    kept: table.rows - from,
    dropped: table.dropped - before.dropped,
    deduped: table.deduped - before.deduped,
  };
}

/** Exact and case-sensitive; blanks and texts above 200 characters never count as repeats (university.clay.com). */
function isRepeat(seen: Set<string>, value: string): boolean {
  if (value === '' || value.length > 200) return false;
  if (seen.has(value)) return true;
  seen.add(value);
  return false;
}

/** Turns auto-dedupe on: the oldest row of a value stays, the newer ones are deleted. */
export function startDedupe(table: Table, columnId: string): void {
  const column = columnById(table, columnId);
  if (!column) return;
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    if (!isRepeat(seen, cellText(table, column, row))) kept.push(row);
  }
  table.dedupe = { columnId, seen };
  table.deduped += table.rows - kept.length;
  if (kept.length < table.rows) keepRows(table, kept);
  table.version += 1;
}

function keepRows(table: Table, kept: readonly number[]): void {
  for (const column of table.columns) {
    if (column.kind === 'text' || column.kind === 'formula')
      column.values = kept.map((row) => column.values[row] ?? '');
    if (column.kind !== 'enrichment') continue;
    column.states = kept.map((row) => column.states[row]);
    column.results = kept.map((row) => column.results[row]);
    column.counts = noCounts();
    for (const state of column.states) if (state) column.counts[state] += 1;
  }
  table.rows = kept.length;
}

/** Whether cells would still change by themselves. */
export const isRunning = (table: Table): boolean =>
  table.importing > 0 ||
  table.columns.some((column) =>
    column.kind === 'formula'
      ? column.busy > 0
      : column.kind === 'enrichment' &&
        column.counts.running + column.counts.queued + column.counts.retry + column.counts.rate_limited > 0,
  );
