import { z } from 'zod';
import type { ListId } from '../../../pipeline/ports/bison.ts';
import type { ListBatch } from '../../../pipeline/ports/uploads.ts';
import { windowOf } from '../../../pipeline/renewal.ts';
import type { Day, Month } from '../../../pipeline/vocabulary.ts';

/** A row of `client_lead_batches`, as our type. */
export const BatchRow = z
  .object({
    id: z.number(),
    client: z.string(),
    month: z.string(),
    workspace: z.string(),
    window_start: z.string(),
    part: z.number(),
    run_id: z.string().nullable(),
    list_name: z.string().nullable(),
    list_id: z.string().nullable(),
    rows: z.number(),
    accepted: z.number().nullable(),
    failed: z.number().nullable(),
    note: z.string().nullable(),
    state: z.enum(['planned', 'uploading', 'uploaded', 'attached', 'undone', 'left out']),
  })
  .transform((row): ListBatch => ({
    id: row.id,
    client: row.client,
    month: row.month as Month, // a check constraint keeps it to this form
    workspace: row.workspace,
    window: windowOf(row.window_start as Day), // a date of the database is a day
    part: row.part,
    runId: row.run_id,
    name: row.list_name,
    listId: row.list_id as ListId | null, // as Bison gave it
    rows: row.rows,
    accepted: row.accepted,
    failed: row.failed,
    note: row.note,
    state: row.state,
  }));
