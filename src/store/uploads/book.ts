import { z } from 'zod';
import type { MonthKey, UploadBook, UploadLead } from '../../../pipeline/ports/uploads.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import { all, allById, batches, json, may, must, type Db } from '../db.ts';
import { BatchRow } from './batch-row.ts';

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

/** Lists for Bison and the leads in them. Every query about leads names its client and month. */
export function makeUploadBook(db: Db): UploadBook {
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
      for (const some of batches(ids, idsAtOnce)) {
        gone += must(await db.rpc('suppress_leads', { p_client: key.client, p_month: key.month, p_ids: [...some] }));
      }
      return gone;
    },

    async suppressIn(batchId, emails) {
      return may(await db.rpc('suppress_in_list', { p_batch: batchId, p_emails: [...emails] }));
    },

    async ofMonth(key) {
      const rows = await all((from, to) =>
        db.from('client_lead_batches').select('*').match(ofMonth(key)).order('window_no').order('part').range(from, to),
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

    async begin(id, { name, known, rows }) {
      may(await db.rpc('begin_list', { p_batch: id, p_name: name, p_known: [...known], p_rows: rows }));
    },

    async made(id, listId) {
      may(await db.rpc('list_made', { p_batch: id, p_list: listId }));
    },

    async counted(id, { accepted, failed, note }) {
      may(
        await db.rpc('list_counted', {
          p_batch: id,
          // The generated type does not know that an argument of SQL may be null.
          p_accepted: accepted as number,
          p_failed: failed as number,
          p_note: note as string,
        }),
      );
    },
  };
}
