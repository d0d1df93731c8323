import type { CellView, ColumnView, Filter, RowsPage, TablePage } from '../shapes.ts';
import { cellText, columnById, type Column, type Table } from './table.ts';

const cache = new WeakMap<Table, { version: number; rows: readonly number[] }>();

/** The rows of the current view, in the table's order. Computed again only when the table has changed. */
export function viewRows(table: Table): readonly number[] {
  const known = cache.get(table);
  if (known?.version === table.version) return known.rows;
  const tests = table.filters.flatMap((filter) => {
    const column = columnById(table, filter.columnId);
    return column ? [{ column, passes: testOf(filter) }] : [];
  });
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    if (tests.every(({ column, passes }) => passes(cellText(table, column, row)))) rows.push(row);
  }
  cache.set(table, { version: table.version, rows });
  return rows;
}

/** Numbers are compared as numbers only where the cell is one: `$1,250,000` is text and never passes. */
export function testOf({ operator, value }: Filter): (cell: string) => boolean {
  const wanted = value.trim();
  const limit = wanted === '' ? Number.NaN : Number(wanted.replaceAll(',', ''));
  const number = (cell: string): number => (cell.trim() === '' ? Number.NaN : Number(cell));
  switch (operator) {
    case 'equals':
      return (cell) => cell === wanted;
    case 'does not equal':
      return (cell) => cell !== wanted;
    case 'contains':
      return (cell) => cell.toLowerCase().includes(wanted.toLowerCase());
    case 'does not contain':
      return (cell) => !cell.toLowerCase().includes(wanted.toLowerCase());
    case 'is empty':
      return (cell) => cell.trim() === '';
    case 'is not empty':
      return (cell) => cell.trim() !== '';
    case 'greater than':
      return (cell) => number(cell) > limit;
    case 'greater than or equal to':
      return (cell) => number(cell) >= limit;
    case 'less than':
      return (cell) => number(cell) < limit;
    case 'less than or equal to':
      return (cell) => number(cell) <= limit;
  }
}

export function tablePage(table: Table): TablePage {
  return {
    id: table.id,
    name: table.name,
    rows: table.rows,
    matching: table.filters.length === 0 ? table.rows : viewRows(table).length,
    columns: table.columns.map(columnView),
    filters: table.filters,
    autoUpdate: table.autoUpdate,
    dedupeColumnId: table.dedupe?.columnId ?? null,
    importing: table.importing > 0,
    importError: table.importError,
    creditsSpent: table.creditsSpent,
    version: table.version,
  };
}

function columnView(column: Column): ColumnView {
  const { id, name, kind } = column;
  if (column.kind === 'formula') return { id, name, kind, prompt: column.prompt, busy: column.busy > 0 };
  if (column.kind === 'enrichment') return { id, name, kind, counts: { ...column.counts } };
  return { id, name, kind };
}

export function rowsPage(table: Table, offset: number, limit: number): RowsPage {
  const rows = viewRows(table).slice(offset, offset + limit);
  return {
    version: table.version,
    offset,
    rows: rows.map((row) => ({ number: row + 1, cells: table.columns.map((column) => cellView(table, column, row)) })),
  };
}

function cellView(table: Table, column: Column, row: number): CellView {
  if (column.kind !== 'enrichment') return cellText(table, column, row);
  const state = column.states[row];
  return state ? { state, text: cellText(table, column, row) } : null;
}
