import { z } from 'zod';
import { Unexpected } from '../../../pipeline/errors.ts';
import { diallerPhone } from '../../../pipeline/intent/dialler-phone.ts';
import type { Batch, BatchLead, IntentBatches, NewLead, Recipients } from '../../../pipeline/ports/intent.ts';
import type { Day } from '../../../pipeline/vocabulary.ts';
import { json, may, must, type Db } from '../db.ts';
import { RunRow } from '../runs/row.ts';
import { patiently } from './patience.ts';

const RecipientsRow: z.ZodType<Recipients> = z.record(
  z.string(),
  z.object({ outcome: z.enum(['accepted', 'refused', 'temporary', 'maybe', 'sending']), reply: z.string() }),
);

const BatchRow = z
  .object({
    id: z.string(),
    run_id: z.string(),
    day: z.string(),
    leads: z.number(),
    file_key: z.string(),
    recipients: RecipientsRow,
    delivered_by: z.enum(['email', 'slack', 'person']).nullable(),
  })
  .transform((row): Batch => ({
    id: row.id,
    runId: row.run_id,
    day: row.day as Day, // written from a Day
    leads: row.leads,
    fileKey: row.file_key,
    recipients: row.recipients,
    deliveredBy: row.delivered_by,
  }));

const LeadRow = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    title: z.string(),
    company: z.string(),
    topic: z.string(),
    age: z.number(),
    score: z.number(),
    label: z.string(),
    phone: z.enum(['mobile', 'direct', 'none']),
  })
  .transform(({ first_name: firstName, last_name: lastName, ...row }): BatchLead => ({ firstName, lastName, ...row }));

/** Batches, their leads, and what became of their mail: a fact, whoever has the run by then (`facts` knows no fence). */
export function makeIntentBatches(db: Db, facts: Db = db, ending?: AbortSignal): IntentBatches {
  const find = async (column: 'id' | 'run_id', value: string): Promise<Batch | null> => {
    const row = may(await db.from('intent_batches').select('*').eq(column, value).maybeSingle());
    return row ? BatchRow.parse(row) : null;
  };
  const get = async (id: string): Promise<Batch> => {
    const batch = await find('id', id);
    if (!batch) throw new Unexpected(`There is no batch ${id}.`);
    return batch;
  };
  return {
    find: (id) => find('id', id),
    get,
    ofRun: (runId) => find('run_id', runId),

    async number(runId, day) {
      const answer = must(await db.rpc('take_batch_number', { p_run: runId, p_day: day }));
      const { number, day: taken } = z.object({ day: z.string(), number: z.number() }).parse(answer);
      return { day: taken as Day, number }; // written from a Day
    },

    async store({ id, runId, day, fileKey, leads }) {
      may(
        await db.rpc('store_batch', {
          p_batch: json({ id, run_id: runId, day, file_key: fileKey }),
          p_leads: json(leads.map(leadRow)),
        }),
      );
    },

    async origin(id) {
      const { runId } = await get(id);
      return RunRow.parse(must(await db.from('agent_runs').select('*').eq('id', runId).single()));
    },

    async laterRun(runId) {
      const own = must(await db.from('agent_runs').select('created_at,workflow').eq('id', runId).single());
      const [later] = must(
        await db
          .from('agent_runs')
          .select('id')
          .match({ workflow: own.workflow, dry_run: false, status: 'success' })
          .gt('created_at', own.created_at)
          .limit(1),
      );
      return later?.id ?? null;
    },

    async leadsBefore(runId) {
      return must(await db.rpc('leads_before', { p_run: runId }));
    },

    async top(id, limit) {
      const named = db.from('intent_leads').select('*').eq('batch_id', id).neq('person_id', '');
      const rows = must(await named.order('position').limit(limit));
      return rows.map((row) => LeadRow.parse(row));
    },

    async noteRecipients(id, recipients) {
      const noted = await patiently(
        async () => must(await facts.rpc('note_recipients', { p_batch: id, p_recipients: json(recipients) })),
        ending,
      );
      return RecipientsRow.parse(noted);
    },

    async delivered(id, by, day) {
      return must(await db.rpc('deliver_batch', { p_batch: id, p_by: by, p_day: day }));
    },
  };
}

function leadRow({ lead, companyId, cells }: NewLead, position: number) {
  const { contact, company, score, label } = lead;
  const { signal } = company;
  const name = [signal.company.name, contact.company.name].find((one) => one !== '') ?? '';
  return {
    position,
    person_id: contact.id,
    company_id: companyId,
    intent_id: signal.company.id,
    company: name,
    first_name: contact.firstName,
    last_name: contact.lastName,
    title: contact.title,
    email: contact.email,
    topic: signal.topic,
    age: company.age,
    company_score: company.score,
    score,
    label,
    phone: phoneOf(lead),
    cells,
  };
}

/** What the dialler can call. */
function phoneOf({ contact }: NewLead['lead']): BatchLead['phone'] {
  if (diallerPhone(contact.mobilePhone) !== '') return 'mobile';
  return [contact.directPhone, contact.phone].some((phone) => diallerPhone(phone) !== '') ? 'direct' : 'none';
}
