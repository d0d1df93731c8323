import type { ValidationBatch, ValidationBatches } from '../../pipeline/ports/index.ts';
import { all, batches, may, must, type Db, type Row } from './db.ts';

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
        await db.from('validation_batches').upsert(
          {
            run_id: batch.runId,
            client: batch.client,
            month: batch.month,
            name: batch.name,
            rows: batch.rows,
            file_key: batch.fileKey,
          },
          { onConflict: 'run_id,name', ignoreDuplicates: true },
        ),
      );
      return toBatch(
        must(await db.from('validation_batches').select('*').eq('run_id', batch.runId).eq('name', batch.name).single()),
      );
    },

    async submitted(id, tableRef, leadIds) {
      may(
        await db
          .from('validation_batches')
          .update({ table_ref: tableRef, started_at: new Date().toISOString() })
          .eq('id', id),
      );
      for (const some of batches(leadIds, 5_000))
        may(await db.rpc('mark_submitted', { p_batch: id, p_ids: [...some] }));
    },

    async collected(id, { verdicts, ended }) {
      const collected_at = new Date().toISOString();
      may(await db.from('validation_batches').update({ verdicts, ended, collected_at }).eq('id', id));
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
