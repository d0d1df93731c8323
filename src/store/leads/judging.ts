import { z } from 'zod';
import type { JudgedRow, LeadBook } from '../../../pipeline/ports/leads.ts';
import { inTurns } from '../../../pipeline/turns.ts';
import type { Judgement } from '../../../pipeline/vocabulary.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { allById, json, may, type Db } from '../db.ts';
import { batchRows, inOrder, leadColumns, LeadRow, ofMonth, toLead } from './rows.ts';

/** Rows as they are judged, and what was judged of them. */
export function makeJudging(db: Db): Pick<LeadBook, 'version' | 'rowsToJudge' | 'judge'> {
  return {
    async version(book) {
      const row = may(await db.from('client_months').select('lead_version').match(ofMonth(book)).maybeSingle());
      return row?.lead_version ?? 0;
    },

    async rowsToJudge(book) {
      const rows = await allById(
        (after, page) =>
          db
            .from('raw_leads')
            .select(leadColumns)
            .match(ofMonth(book))
            .not('lead_state', 'in', '(quarantined,moved)')
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => LeadRow.parse(row),
      );
      const uploaded = new Set(
        await allById(
          (after, page) =>
            db
              .from('cleaned_leads')
              .select('id,raw_lead_id')
              .match(ofMonth(book))
              .not('batch_id', 'is', null)
              .gt('id', after)
              .order('id')
              .limit(page),
          (row) => row.raw_lead_id,
        ),
      );
      return inTurns(
        inOrder(rows, (row): JudgedRow => ({
          id: row.id,
          lead: toLead(row),
          householdKey: row.household_key,
          verdict: row.verdict,
          pinned: uploaded.has(row.id),
          current: { state: row.lead_state, reason: row.reason },
        })),
      );
    },

    async judge(book, changes, version) {
      // What is no longer cleaned goes first, so that its e-mail is free for the row that takes its place.
      const leaving = changes.filter((change) => change.judgement.state !== 'cleaned');
      const coming = changes.filter((change) => change.judgement.state === 'cleaned');
      let now = version;
      for (const group of [leaving, coming]) {
        for (const some of inBatches(group, batchRows)) {
          const changed = may(
            await db.rpc('apply_judgements', {
              p_client: book.client,
              p_month: book.month,
              p_rows: json(
                some.map(({ id, judgement }: { id: number; judgement: Judgement }) => ({ id, ...judgement })),
              ),
              p_version: now,
            }),
          );
          const written = z.number().nullable().parse(changed);
          if (written === null) return false;
          // The version goes up by our own write too, so the next part expects it to be one higher.
          if (version !== undefined) now = written;
        }
      }
      return true;
    },
  };
}
