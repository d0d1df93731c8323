import { z } from 'zod';
import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { json, must, type Db } from '../db.ts';
import { batchRows } from './rows.ts';

const MoveAnswer = z.object({
  rows: z.number(),
  zips: z.array(z.string()),
  refused: z.array(z.object({ zip: z.string(), why: z.enum(['listed', 'target', 'gone']) })),
});

/** How rows come into a month: read from an export, in place of older ones, or from another client. */
export function makeRowsIn(db: Db): Pick<LeadBook, 'ingest' | 'replace' | 'move'> {
  return {
    async ingest(sourceId, rows) {
      for (const some of inBatches(rows, batchRows)) {
        must(
          await db.rpc('ingest_leads', {
            p_source: sourceId,
            p_rows: json(
              some.map(({ line, fields, lead, renewalDate, householdKey, judgement }) => ({
                line,
                fields,
                first_name: lead?.firstName,
                greeting_name: lead?.greetingName,
                last_name: lead?.lastName,
                address: lead?.address,
                city: lead?.city,
                state: lead?.state,
                zip: lead?.zip,
                phone: lead?.phone,
                phone_blanked: lead?.phoneBlanked,
                email: lead?.email,
                household_key: householdKey,
                purchase_date: lead?.purchaseDate,
                renewal_date: renewalDate,
                home_value: lead?.homeValue,
                head_household: lead?.headHousehold,
                income: lead?.income,
                date_of_birth: lead?.dateOfBirth,
                lead_state: judgement.state,
                reason: judgement.reason,
              })),
            ),
          }),
        );
      }
    },

    async replace(book, zips, keepRunId) {
      return must(
        await db.rpc('replace_zips', {
          p_client: book.client,
          p_month: book.month,
          p_zips: [...zips],
          p_keep_run: keepRunId,
        }),
      );
    },

    async move(sourceId, from, keep) {
      return MoveAnswer.parse(must(await db.rpc('move_zips', { p_source: sourceId, p_from: from, p_keep: keep })));
    },
  };
}
