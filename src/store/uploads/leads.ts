import { z } from 'zod';
import type { MonthKey, UploadBook, UploadLead } from '../../../pipeline/ports/uploads.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import { inBatches } from '../../../pipeline/in-batches.ts';
import { allById, may, must, type Db } from '../db.ts';

/** Ids a statement takes at once. */
const idsAtOnce = 5_000;

const day = z.string().transform((text) => text as Day); // a date of the database is a day

const LeadRow = z
  .object({
    email: z.string(),
    zip: z.string(),
    renewal_date: day,
    raw_leads: z.object({
      greeting_name: z.string(),
      first_name: z.string(),
      last_name: z.string(),
      address: z.string(),
      city: z.string(),
      state: z.string(),
      phone: z.string().nullable(),
      home_value: z.number().nullable(),
      date_of_birth: day.nullable(),
    }),
  })
  .transform(({ email, zip, renewal_date: renewalDate, raw_leads: raw }): UploadLead => ({
    // Of a couple the first: the mail greets one person.
    firstName: raw.greeting_name === '' ? raw.first_name : raw.greeting_name,
    lastName: raw.last_name,
    email,
    dateOfBirth: raw.date_of_birth,
    address: raw.address,
    city: raw.city,
    state: raw.state,
    zip,
    renewalDate,
    phone: raw.phone,
    homeValue: raw.home_value,
  }));

const leadColumns =
  'id,email,zip,renewal_date,raw_leads!inner(greeting_name,first_name,last_name,address,city,state,phone,home_value,date_of_birth)';

/** Leads that wait for a list or are in one. */
export function makeListedLeads(db: Db): Pick<UploadBook, 'waiting' | 'open' | 'suppress' | 'suppressIn' | 'leads'> {
  const ofMonth = (key: MonthKey) => ({ client: key.client, month: key.month });
  return {
    async waiting(key) {
      return allById(
        (after, page) =>
          db
            .from('cleaned_leads')
            .select('id,window_no,email')
            .match({ ...ofMonth(key), reserve: false })
            .is('batch_id', null)
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => ({ id: row.id, windowNo: row.window_no, email: row.email }),
      );
    },

    async open(key) {
      const planned = must(
        await db
          .from('client_lead_batches')
          .select('id')
          .match({ ...ofMonth(key), state: 'planned' }),
      ).map(({ id }) => id);
      const free = ['batch_id.is.null', ...(planned.length > 0 ? [`batch_id.in.(${planned.join()})`] : [])].join();
      return allById(
        (after, page) =>
          db
            .from('cleaned_leads')
            .select('id,raw_lead_id,window_no,email,zip')
            .match(ofMonth(key))
            .or(free)
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => ({ id: row.raw_lead_id, windowNo: row.window_no, email: row.email, zip: row.zip }),
      );
    },

    async suppress(key, ids) {
      let gone = 0;
      for (const some of inBatches(ids, idsAtOnce)) {
        gone += must(await db.rpc('suppress_leads', { p_client: key.client, p_month: key.month, p_ids: [...some] }));
      }
      return gone;
    },

    async suppressIn(batchId, emails) {
      return may(await db.rpc('suppress_in_list', { p_batch: batchId, p_emails: [...emails] }));
    },

    async leads({ id, client, month }) {
      return allById(
        (after, page) =>
          db
            .from('cleaned_leads')
            .select(leadColumns)
            .match({ client, month, batch_id: id })
            .gt('id', after)
            .order('id')
            .limit(page),
        (row) => LeadRow.parse(row),
      );
    },
  };
}
