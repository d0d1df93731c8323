import type { LeadBook } from '../../../pipeline/ports/leads.ts';
import { allById, must, type Db } from '../db.ts';
import { ofMonth } from './rows.ts';

/** Cleaned leads, and which of them are held in reserve. */
export function makeCleaned(db: Db): Pick<LeadBook, 'cleaned' | 'reserve'> {
  return {
    async cleaned(book) {
      return allById(
        (after, page) =>
          db
            .from('cleaned_leads')
            .select('id,raw_lead_id,zip,batch_id')
            .match(ofMonth(book))
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => ({ id: row.raw_lead_id, zip: row.zip, uploaded: row.batch_id !== null }),
      );
    },

    async reserve(book, ids, version) {
      return must(
        await db.rpc('set_reserve', {
          p_client: book.client,
          p_month: book.month,
          p_ids: [...ids],
          p_version: version,
        }),
      );
    },
  };
}
