import { setTimeout as wait } from 'node:timers/promises';
import express, { type Router } from 'express';
import { z } from 'zod';
import { outputFields, type GeneratedFormula } from '../shapes.ts';
import { compute, generate, type Formula } from './formula.ts';
import { withTable } from './routes-table.ts';
import {
  cellText,
  columnById,
  noCounts,
  type Column,
  type EnrichmentColumn,
  type FormulaColumn,
  type Table,
} from './table.ts';
import { tablePage, viewRows } from './view.ts';
import { runFormula, type Work } from './work.ts';

const Prompt = z.object({ prompt: z.string() });
const NewFormula = z.object({
  after: z.string().nullable(),
  name: z.string().trim().min(1),
  prompt: z.string(),
  token: z.string(),
  run: z.boolean(),
});
const fieldKeys = outputFields.map(({ key }) => key);
const NewEnrichment = z.object({
  name: z.string().trim().min(1),
  inputId: z.string(),
  fields: z.array(z.enum(fieldKeys)),
  run: z.boolean(),
});
const NewText = z.object({ after: z.string().nullable(), name: z.string().trim().min(1) });
const Rename = z.object({ name: z.string().trim().min(1) });
const Run = z.object({ rows: z.enum(['all', 'unfinished']) });

const label = (key: string): string => outputFields.find((field) => field.key === key)?.label ?? key;

/** Columns: made, renamed, run again, deleted. A formula is generated first and saved after a look at it. */
export function columnRoutes(work: () => Work): Router {
  const routes = express.Router();
  // What the generator answered, by a token: whether it was wrong is no business of the page.
  const generated = new Map<string, Formula>();
  routes.use('/api/tables/:id/columns', express.json());

  routes.post(
    '/api/tables/:id/generate-formula',
    express.json(),
    withTable(work, async (table, request, response) => {
      const { world, waits } = work();
      await wait(waits.formulaMs + world.faults.formulaSlow);
      const { wrongFormula } = world.faults;
      const formula = generate(
        Prompt.parse(request.body).prompt,
        table.columns,
        (kind) => wrongFormula === true || wrongFormula === kind,
      );
      if (!formula) {
        return response
          .status(422)
          .json({ error: 'We could not write that formula. Describe it with / and the column you mean.' });
      }
      world.tally.formulasGenerated += 1;
      const token = world.id('f');
      generated.set(token, formula);
      const source = columnById(table, formula.sourceId);
      const samples = viewRows(table)
        .slice(0, 3)
        .map((row) => (source ? cellText(table, source, row) : ''))
        .map((value) => ({ value, result: compute(formula, value) }));
      return response.json({ token, text: formula.text, samples } satisfies GeneratedFormula);
    }),
  );

  routes.post(
    '/api/tables/:id/columns/formula',
    withTable(work, (table, request, response) => {
      const made = NewFormula.parse(request.body);
      const formula = generated.get(made.token);
      if (!formula) return response.status(422).json({ error: 'Generate the formula first.' });
      const column: FormulaColumn = {
        id: work().world.id('f'),
        name: made.name,
        kind: 'formula',
        prompt: made.prompt,
        formula,
        values: Array.from({ length: table.rows }, () => ''),
        busy: 0,
      };
      insert(table, column, made.after);
      if (made.run) void runFormula(work(), table, column, viewRows(table));
      else work().changed(table);
      return response.json(tablePage(table));
    }),
  );

  routes.post(
    '/api/tables/:id/columns/enrichment',
    withTable(work, (table, request, response) => {
      const made = NewEnrichment.parse(request.body);
      const rows = viewRows(table);
      const column: EnrichmentColumn = {
        id: work().world.id('f'),
        name: made.name,
        kind: 'enrichment',
        inputId: made.inputId,
        states: Array.from({ length: table.rows }, () => undefined),
        results: Array.from({ length: table.rows }, () => undefined),
        counts: noCounts(),
      };
      table.columns.push(column);
      for (const field of made.fields) {
        table.columns.push({
          id: work().world.id('f'),
          name: label(field),
          kind: 'field',
          enrichmentId: column.id,
          field,
        });
      }
      if (made.run) startRun(work(), table, column, rows);
      else work().changed(table);
      return response.json(tablePage(table));
    }),
  );

  routes.post(
    '/api/tables/:id/columns/text',
    withTable(work, (table, request, response) => {
      const { after, name } = NewText.parse(request.body);
      insert(
        table,
        { id: work().world.id('f'), name, kind: 'text', values: Array.from({ length: table.rows }, () => '') },
        after,
      );
      work().changed(table);
      return response.json(tablePage(table));
    }),
  );

  routes.patch(
    '/api/tables/:id/columns/:columnId',
    withTable(work, (table, request, response) => {
      const column = columnById(table, String(request.params['columnId']));
      if (!column) return response.status(404).json({ error: 'Not found' });
      column.name = Rename.parse(request.body).name;
      work().changed(table);
      return response.json(tablePage(table));
    }),
  );

  routes.delete(
    '/api/tables/:id/columns/:columnId',
    withTable(work, (table, request, response) => {
      const gone = String(request.params['columnId']);
      table.columns = table.columns.filter(
        (column) => column.id !== gone && !(column.kind === 'field' && column.enrichmentId === gone),
      );
      table.filters = table.filters.filter(({ columnId }) => columnById(table, columnId));
      work().changed(table);
      return response.json(tablePage(table));
    }),
  );

  routes.post(
    '/api/tables/:id/columns/:columnId/run',
    withTable(work, (table, request, response) => {
      const column = columnById(table, String(request.params['columnId']));
      const { rows } = Run.parse(request.body);
      if (column?.kind === 'formula') void runFormula(work(), table, column, viewRows(table));
      if (column?.kind === 'enrichment') startRun(work(), table, column, rowsToRun(table, column, rows));
      return response.json(tablePage(table));
    }),
  );
  return routes;
}

function insert(table: Table, column: Column, after: string | null): void {
  const at = table.columns.findIndex(({ id }) => id === after);
  table.columns.splice(at < 0 ? table.columns.length : at + 1, 0, column);
}

/** Rows of the view that are not on their way already; `unfinished`: only those never run, or run into an error. */
function rowsToRun(table: Table, column: EnrichmentColumn, which: 'all' | 'unfinished'): number[] {
  return viewRows(table).filter((row) => {
    const state = column.states[row];
    if (state === undefined || state === 'error') return true;
    return which === 'all' && (state === 'success' || state === 'empty');
  });
}

function startRun(work: Work, table: Table, column: EnrichmentColumn, rows: readonly number[]): void {
  work.world.tally.enrichmentRuns += 1;
  work.validation.run(table, column, rows, false);
}
