import express, { type Router } from 'express';
import { z } from 'zod';
import { takeTurn } from '../faults.ts';
import type { Mapping, Upload } from '../shapes.ts';
import { readCsv } from './csv.ts';
import { makeTable, type Table } from './table.ts';
import { runImport, type Work } from './work.ts';
import { tableById, type StoredUpload, type World } from './world.ts';

const NewTable = z.object({ uploadId: z.string() });
const IntoTable = z.object({
  uploadId: z.string(),
  mapping: z.array(z.object({ header: z.number(), to: z.string().nullable() })),
});

const failed = { error: 'Import failed. Please try again.' };

/** A file is uploaded and shown first; only then it becomes a table, or rows of one. */
export function importRoutes(work: () => Work): Router {
  const routes = express.Router();
  routes.post('/api/uploads', async (request, response) => {
    const { name: file = 'import.csv', delimiter = ',' } = z
      .object({ name: z.string().optional(), delimiter: z.string().length(1).optional() })
      .parse(request.query);
    const csv = await readCsv(request, delimiter);
    if (csv.headers.length === 0) return void response.status(422).json({ error: 'This file has no columns.' });
    const upload: Upload = {
      uploadId: work().world.id('up'),
      file,
      headers: csv.headers,
      rows: csv.records.length,
      sample: csv.records.slice(0, 5),
    };
    work().world.uploads.set(upload.uploadId, { ...upload, csv });
    response.json(upload);
  });
  routes.post('/api/workbooks/:id/tables', express.json(), (request, response) => {
    const { world } = work();
    const workbook = world.workbooks.get(request.params.id);
    const upload = takeUpload(world, NewTable.parse(request.body).uploadId);
    if (!workbook || workbook.archived || !upload) return void response.status(404).json({ error: 'Not found' });
    if (takeTurn(world.faults, 'importFails')) return void response.status(502).json(failed);
    const table = makeTable(world.id('t'), workbook.id, upload.file.replace(/\.csv$/i, ''));
    workbook.tables.push(table);
    workbook.updatedAt = Date.now();
    world.tally.tablesMade += 1;
    const mapping = upload.headers.map((_, header): Mapping => ({ header, to: 'new' }));
    void runImport(work(), table, upload, place(world, table, upload, mapping));
    response.json({ tableId: table.id });
  });
  routes.post('/api/tables/:id/import', express.json(), (request, response) => {
    const { world } = work();
    const { uploadId, mapping } = IntoTable.parse(request.body);
    const table = tableById(world, request.params.id);
    const upload = takeUpload(world, uploadId);
    if (!table || !upload) return void response.status(404).json({ error: 'Not found' });
    if (takeTurn(world.faults, 'importFails')) return void response.status(502).json(failed);
    void runImport(work(), table, upload, place(world, table, upload, mapping));
    response.json({ tableId: table.id });
  });
  return routes;
}

/** An upload serves one import. */
function takeUpload(world: World, id: string): StoredUpload | undefined {
  const upload = world.uploads.get(id);
  world.uploads.delete(id);
  return upload;
}

/** Column id → place in the file's records; makes the columns that are new, blank for the rows before. */
function place(
  world: World,
  table: Table,
  upload: StoredUpload,
  mapping: readonly Mapping[],
): ReadonlyMap<string, number> {
  const pick = new Map<string, number>();
  for (const { header, to } of mapping) {
    if (to === null) continue;
    if (to !== 'new') {
      pick.set(to, header);
      continue;
    }
    const id = world.id('f');
    const name = upload.headers[header]?.trim() ?? '';
    table.columns.push({
      id,
      name: name === '' ? `Column ${header + 1}` : name,
      kind: 'text',
      values: Array.from({ length: table.rows }, () => ''),
    });
    pick.set(id, header);
  }
  return pick;
}
