import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import { inTurns } from '../../../pipeline/turns.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { allById, json, must, type Db } from '../db.ts';
import { batchRows, inOrder, leadColumns, LeadRow, ofMonth, toLead } from './rows.ts';

/** Rows that wait for a verdict of the e-mail validation, and the verdicts found. */
export function makeVerdicts(db: Db): Pick<LeadBook, 'unverified' | 'verdicts'> {
  return {
    async unverified(book) {
      const rows = await allById(
        (after, page) =>
          db
            .from('raw_leads')
            .select(leadColumns)
            .match(ofMonth(book))
            .eq('lead_state', 'unverified')
            .is('validation_batch', null)
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => LeadRow.parse(row),
      );
      return inTurns(inOrder(rows, (row) => ({ id: row.id, lead: toLead(row) })));
    },

    async verdicts(book, found) {
      for (const some of inBatches(found, batchRows)) {
        must(await db.rpc('set_verdicts', { p_client: book.client, p_month: book.month, p_rows: json([...some]) }));
      }
    },
  };
}
