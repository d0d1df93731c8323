import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { takeTurn } from '../faults.ts';
import { csvLine } from './csv.ts';
import type { ClayWaits } from './settings.ts';
import type { ExportRecord, ImportRecord } from './stats.ts';
import { compute } from './formula.ts';
import { addRows, cellText, columnById, type FormulaColumn, type Table } from './table.ts';
import type { Validation } from './validation.ts';
import { viewRows } from './view.ts';
import type { StoredExport, StoredUpload, World } from './world.ts';

/** The slow things Clay does by itself once asked: imports, formulas, exports. Each yields often and ends with its world. */
export type Work = {
  readonly world: World;
  readonly waits: ClayWaits;
  readonly validation: Validation;
  readonly changed: (table: Table) => void;
};

const importStep = 1_000;

export async function runImport(
  work: Work,
  table: Table,
  upload: StoredUpload,
  pick: ReadonlyMap<string, number>,
): Promise<void> {
  const { world, waits, changed } = work;
  const { records } = upload.csv;
  const record: ImportRecord = {
    file: upload.file,
    tableId: table.id,
    table: table.name,
    rows: records.length,
    kept: 0,
    dropped: 0,
    deduped: 0,
    state: 'running',
  };
  world.tally.imports.push(record);
  const stopAt = takeTurn(world.faults, 'importStops') ? Math.floor(records.length / 2) : records.length;
  table.importing += 1;
  table.importError = null;
  changed(table);
  for (let at = 0; at < stopAt; at += importStep) {
    await wait(waits.importMsPer1000);
    if (world.ended.signal.aborted) return;
    const added = addRows(table, records.slice(at, Math.min(at + importStep, stopAt)), pick);
    record.kept += added.kept;
    record.dropped += added.dropped;
    record.deduped += added.deduped;
    changed(table);
    if (table.autoUpdate) runAutomatically(work, table, range(added.from, table.rows));
  }
  table.importing -= 1;
  if (stopAt < records.length) table.importError = 'Import failed. Some rows were not added.';
  record.state = stopAt < records.length ? 'failed' : 'done';
  changed(table);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);

/** What auto-update does with rows that were just added: every formula, and every enrichment, at a credit a row. */
function runAutomatically(work: Work, table: Table, rows: readonly number[]): void {
  if (rows.length === 0) return;
  for (const column of table.columns) {
    if (column.kind === 'formula') void runFormula(work, table, column, rows);
    if (column.kind === 'enrichment') work.validation.run(table, column, rows, true);
  }
}

export async function runFormula(
  work: Work,
  table: Table,
  column: FormulaColumn,
  rows: readonly number[],
): Promise<void> {
  const { world, waits, changed } = work;
  world.tally.formulaRuns += 1;
  column.busy += 1;
  changed(table);
  await wait(waits.formulaMs + world.faults.formulaSlow);
  const source = columnById(table, column.formula.sourceId);
  for (const [index, row] of rows.entries()) {
    if (world.ended.signal.aborted) return;
    column.values[row] = source ? compute(column.formula, cellText(table, source, row)) : '';
    if (index % 5_000 === 4_999) {
      changed(table);
      await breathe();
    }
  }
  column.busy -= 1;
  changed(table);
}

/** Writes the current view, all columns, as it is now; ready once `body` is there. */
export async function prepareExport(work: Work, table: Table, stored: StoredExport): Promise<void> {
  await wait(work.waits.exportMs);
  const rows = withFaults(viewRows(table), work.world);
  const parts = [csvLine(table.columns.map(({ name }) => name))];
  for (const [index, row] of rows.entries()) {
    const cells = table.columns.map((column) => cellText(table, column, Math.abs(row)));
    parts.push(csvLine(row < 0 ? invented(table, cells) : cells));
    if (index % 2_000 === 1_999) await breathe();
  }
  if (work.world.ended.signal.aborted) return;
  work.world.tally.exports.push(Object.assign(stored.record, { rows: rows.length }));
  stored.body = Buffer.from(parts.join(''), 'utf8');
}

/** A row that looks like its neighbour and is nobody: what was imported differs, what was computed is the same. */
const invented = (table: Table, cells: readonly string[]): string[] =>
  cells.map((cell, index) => (cell !== '' && table.columns[index]?.kind === 'text' ? `${cell}-x` : cell));

export const makeExport = (table: Table): StoredExport => {
  const record: ExportRecord = { tableId: table.id, table: table.name, rows: 0, complete: false };
  return { record, fileName: `${table.name}-Default-view-export-${Date.now()}.csv`, body: null, cut: false };
};

/** The export's faults: rows missing or doubled in the middle, invented ones (negative) at the end. */
function withFaults(rows: readonly number[], { faults }: World): readonly number[] {
  const middle = Math.floor(rows.length / 2);
  const doubled = rows.slice(middle, middle + faults.duplicateRow);
  const made = rows.slice(1, 1 + faults.extraRow).map((row) => -row);
  return [...rows.slice(0, middle), ...doubled, ...rows.slice(middle + faults.dropRow), ...made];
}
