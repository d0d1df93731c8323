import type { UploadBook } from '../../../pipeline/ports/uploads.ts';
import { all, json, may, must, nullable, type Db } from '../db.ts';
import { BatchRow } from './batch-row.ts';

/** A month's lists, from their plan until Bison's count of them. */
export function makeLists(
  db: Db,
): Pick<UploadBook, 'ofMonth' | 'plan' | 'dropPlanned' | 'dropEmpty' | 'get' | 'begin' | 'made' | 'counted'> {
  return {
    async ofMonth(key) {
      const rows = await all((from, to) =>
        db
          .from('client_lead_batches')
          .select('*')
          .match({ client: key.client, month: key.month })
          .order('window_no')
          .order('part')
          .range(from, to),
      );
      return rows.map((row) => BatchRow.parse(row));
    },

    async plan(key, runId, { window, workspace, leads }) {
      const row = may(
        await db.rpc('plan_list', {
          p_client: key.client,
          p_month: key.month,
          p_run: runId,
          p_list: json({
            workspace,
            window_no: window.index,
            window_start: window.start,
            window_end: window.end,
          }),
          p_ids: [...leads],
        }),
      );
      return row === null ? null : BatchRow.parse(row);
    },

    async dropPlanned(key) {
      must(await db.rpc('drop_planned_lists', { p_client: key.client, p_month: key.month }));
    },

    async dropEmpty(id) {
      may(await db.rpc('drop_empty_list', { p_batch: id }));
    },

    async get(id) {
      return BatchRow.parse(must(await db.from('client_lead_batches').select('*').eq('id', id).single()));
    },

    async begin(id, { name, rows }) {
      may(await db.rpc('begin_list', { p_batch: id, p_name: name, p_rows: rows }));
    },

    async made(id, listId) {
      may(await db.rpc('list_made', { p_batch: id, p_list: listId }));
    },

    async counted(id, { accepted, failed, note }) {
      may(
        await db.rpc('list_counted', {
          p_batch: id,
          p_accepted: nullable(accepted),
          p_failed: nullable(failed),
          p_note: nullable(note),
        }),
      );
    },
  };
}
