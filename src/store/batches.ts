import type { ValidationBatch, ValidationBatches } from '../../pipeline/ports/index.ts';
import { inBatches } from '../../pipeline/in-batches.ts';
import { all, may, must, type Db, type Row } from './db.ts';

function toBatch(row: Row<'validation_batches'>): ValidationBatch {
  return {
    id: row.id,
    name: row.name,
    rows: row.rows,
    verdicts: row.verdicts,
    fileKey: row.file_key,
    tableRef: row.table_ref,
  };
}

/** The CSVs that were handed to Clay for validation. */
export function makeValidationBatches(db: Db): ValidationBatches {
  return {
    async make(batch) {
      may(
        await db.rpc('make_validation_batch', {
          p_run: batch.runId,
          p_client: batch.client,
          p_month: batch.month,
          p_name: batch.name,
          p_rows: batch.rows,
          p_file_key: batch.fileKey,
        }),
      );
      return toBatch(
        must(await db.from('validation_batches').select('*').eq('run_id', batch.runId).eq('name', batch.name).single()),
      );
    },

    async submitted(id, tableRef, leadIds) {
      may(await db.rpc('batch_submitted', { p_batch: id, p_table_ref: tableRef }));
      for (const some of inBatches(leadIds, 5_000))
        may(await db.rpc('mark_submitted', { p_batch: id, p_ids: [...some] }));
    },

    async collected(id, { verdicts, ended }) {
      may(await db.rpc('batch_collected', { p_batch: id, p_verdicts: verdicts, p_ended: ended }));
    },

    async get(id) {
      return toBatch(must(await db.from('validation_batches').select('*').eq('id', id).single()));
    },

    awaiting: async (client, month) => must(await db.rpc('awaiting_verdict', { p_client: client, p_month: month })),

    async unfinished(client, month) {
      const rows = await all((from, to) =>
        db.rpc('late_batches', { p_client: client, p_month: month }).order('id').range(from, to),
      );
      return rows.map(toBatch);
    },
  };
}
