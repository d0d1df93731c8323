import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { operators } from '../shapes.ts';
import { columnById, isRunning, startDedupe, type Table } from './table.ts';
import { rowsPage, tablePage } from './view.ts';
import { makeExport, prepareExport, type Work } from './work.ts';
import { takeTurn } from '../faults.ts';
import { tableById } from './world.ts';

const Window = z.object({ offset: z.coerce.number().int().min(0), limit: z.coerce.number().int().min(1).max(500) });
const Filters = z.array(z.object({ columnId: z.string(), operator: z.enum(operators), value: z.string() }));
const Change = z.object({
  name: z.string().trim().min(1).optional(),
  autoUpdate: z.boolean().optional(),
  dedupeColumnId: z.string().nullable().optional(),
});

/** Runs `then` with the table the address names, or answers 404. */
export const withTable =
  (work: () => Work, then: (table: Table, request: Request, response: Response) => unknown) =>
  (request: Request, response: Response): unknown => {
    const table = tableById(work().world, String(request.params['id']));
    return table ? then(table, request, response) : response.status(404).json({ error: 'Not found' });
  };

/** A table as its page shows it, its settings, its view, and its exports. */
export function tableRoutes(work: () => Work): Router {
  const routes = express.Router();
  const changed = (table: Table, response: Response): void => {
    work().changed(table);
    response.json(tablePage(table));
  };
  routes.get(
    '/api/tables/:id',
    withTable(work, (table, _request, response) => response.json(tablePage(table))),
  );
  routes.get(
    '/api/tables/:id/rows',
    withTable(work, (table, request, response) => {
      const { offset, limit } = Window.parse(request.query);
      response.json(rowsPage(table, offset, limit));
    }),
  );
  routes.put(
    '/api/tables/:id/filters',
    express.json(),
    withTable(work, (table, request, response) => {
      table.filters = Filters.parse(request.body).filter(({ columnId }) => columnById(table, columnId));
      changed(table, response);
    }),
  );
  routes.patch(
    '/api/tables/:id',
    express.json(),
    withTable(work, (table, request, response) => {
      const change = Change.parse(request.body);
      if (change.dedupeColumnId !== undefined && isRunning(table)) {
        return response.status(409).json({ error: 'Wait until the table has finished running.' });
      }
      table.name = change.name ?? table.name;
      table.autoUpdate = change.autoUpdate ?? table.autoUpdate;
      if (change.dedupeColumnId === null) table.dedupe = null;
      else if (change.dedupeColumnId !== undefined) startDedupe(table, change.dedupeColumnId);
      return changed(table, response);
    }),
  );
  routes.delete(
    '/api/tables/:id',
    withTable(work, (table, _request, response) => {
      const workbook = work().world.workbooks.get(table.workbookId);
      if (workbook) workbook.tables = workbook.tables.filter(({ id }) => id !== table.id);
      response.json({ ok: true });
    }),
  );
  routes.post(
    '/api/tables/:id/exports',
    withTable(work, (table, _request, response) => {
      const { world } = work();
      const id = world.id('ex');
      const stored = makeExport(table);
      world.exports.set(id, stored);
      void prepareExport(work(), table, stored);
      response.json({ exportId: id });
    }),
  );
  routes.get('/api/exports/:id', (request, response) => {
    response.json({ ready: Boolean(work().world.exports.get(request.params.id)?.body) });
  });
  routes.get('/exports/:id/download', (request, response) => {
    const { exports, faults } = work().world;
    const stored = exports.get(request.params.id);
    if (!stored?.body) return void response.status(404).end();
    response.attachment(stored.fileName).type('text/csv').set('content-length', String(stored.body.length));
    // For good: a browser that is cut off asks for the file again by itself.
    stored.cut ||= takeTurn(faults, 'cutDownload');
    if (stored.cut) {
      response.write(stored.body.subarray(0, Math.floor(stored.body.length / 2)), () => response.destroy());
      return;
    }
    response.on('finish', () => {
      stored.record.complete = true;
      exports.delete(request.params.id);
    });
    response.end(stored.body);
  });
  return routes;
}
