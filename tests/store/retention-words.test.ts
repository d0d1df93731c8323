import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeLead } from '../../pipeline/intent/lead.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { sweepFiles } from '../../src/retention/files.ts';
import { march } from '../support/bison.ts';
import { lakeside } from '../support/clients.ts';
import { keepFile } from '../support/keep-file.ts';
import { newRun } from '../support/new-run.ts';
import { companyId, contact, details, scored } from '../intent/samples.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';
import { sweepAt } from '../support/sweep-at.ts';

const day = '2027-01-20' as Day;
const dayMs = 86_400_000;

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save({ ...lakeside, slug: 'old' });
  });
  afterAll(() => it.close());

  const at = (now: string) => sweepAt(it.store, now);
  const exists = async (key: string) => (await it.store.files.read(key)) !== null;
  async function start(wanted: { client: string | null; month: typeof march | null; key: string; askedAt: string }) {
    const { run } = await it.store.runs.start(
      newRun({
        workflow: wanted.client ? 'pull-leads' : 'intent',
        channel: 'C1',
        ...wanted,
        askedAt: new Date(wanted.askedAt),
      }),
    );
    return run.id;
  }
  const say = (runId: string | null, purpose: string) =>
    it.store.messages.want({ runId, purpose, channel: 'C1', text: 'Ann Lowe called', blocks: [{ text: 'Ann Lowe' }] });
  const wordsOf = async () => JSON.stringify((await it.db.from('slack_messages').select('purpose,text,blocks')).data);

  test('the contacts of a batch go ninety days after its day, their file with them; its companies still rest', async () => {
    const run = await start({ client: null, month: null, key: 'intent', askedAt: '2027-01-20T17:00:00Z' });
    const lead = makeLead(scored({ company: { name: 'Acme Tool' } }), contact(), details());
    const fileKey = 'intent/HADES-20270120-001.csv';
    await keepFile(it.store, fileKey);
    const batch = { id: 'HADES-20270120-001', runId: run, day, fileKey };
    await it.store.intentBatches.store({
      ...batch,
      leads: [{ lead, companyId: companyId('340'), cells: [contact().email ?? ''] }],
    });
    await it.db.from('intent_contacts').insert({ run_id: run, person_id: '11', record: { email: 'ann@x.example' } });
    await it.store.runs.stepDone(run, 'contacts', { contacts: [{ personId: '11', title: 'Owner' }] });
    await it.store.runs.stepDone(run, 'enrich contacts 1', { call: 'enrichment of contacts' });
    await say(run, 'card');
    // A run that is at it keeps it, however old.
    expect(await at('2027-06-01T12:00:00Z')).toMatchObject({ batches: 0, people: 0, messages: 0 });
    await it.store.runs.cancel(run, 'test');
    expect(await at('2027-04-20T12:00:00Z')).toMatchObject({ batches: 0, people: 0, messages: 0 });
    expect(await exists(fileKey)).toBe(true);
    expect(await wordsOf()).toContain('Ann Lowe');

    expect(await at('2027-04-22T12:00:00Z')).toMatchObject({ batches: 1, people: 2, messages: 1 });
    expect(await exists(fileKey)).toBe(false);
    expect(await wordsOf()).not.toContain('Ann Lowe');
    const leads = JSON.stringify((await it.db.from('intent_leads').select('*')).data);
    expect(leads).toContain('Acme Tool');
    for (const word of [contact().firstName, contact().lastName, contact().email ?? '', contact().title])
      expect(leads).not.toContain(word);
    expect(await it.store.intentBatches.top(batch.id, 5)).toEqual([]);
    expect((await it.db.from('intent_contacts').select('*')).data).toEqual([]);
    expect((await it.store.runs.steps(run)).map(({ name }) => name)).toEqual(['enrich contacts 1']);
    // Somebody says only now that the mail had arrived: its company rests all the same.
    await it.store.intentBatches.delivered(batch.id, 'person', day);
    expect(await it.store.intentBook.exportsSince(day)).toMatchObject([{ name: 'Acme Tool', companyId: '340' }]);
    expect(await at('2027-04-22T13:00:00Z')).toMatchObject({ batches: 0, people: 0, messages: 0 });
  });

  test('Slack’s rows of a month say nothing any more when the month is gone, and answers to people go', async () => {
    const run = await start({ client: 'old', month: march, key: 'pull:old', askedAt: '2027-02-20T17:00:00Z' });
    await say(run, 'card');
    await say(null, 'answer: 1');
    await it.store.runs.cancel(run, 'test');
    expect(await at('2027-06-29T12:00:00Z')).toMatchObject({ messages: 0 });
    await it.db
      .from('slack_messages')
      .update({ updated_at: new Date(Date.now() - 91 * dayMs).toISOString() })
      .eq('purpose', 'answer: 1');
    expect(await at('2027-06-30T12:00:00Z')).toMatchObject({ messages: 2 });
    expect(await wordsOf()).not.toContain('Ann Lowe');
    // Emptied, not sent anew: whoever asks the outbox finds nothing that is behind.
    expect(await it.store.messages.claim('outbox', 10, 60)).toEqual([]);
  });

  test('what is in the bucket and named by no row goes after a day, a picture after thirty, and so do files of failed runs', async () => {
    const run = await start({ client: 'old', month: march, key: 'again', askedAt: '2027-02-20T17:00:00Z' });
    const keys = ['named', 'unnamed'].map((name) => `evidence/${run}/${name}.png`);
    const [named = '', unnamed = ''] = keys;
    // More than a page of the storage's listing.
    const many = Array.from({ length: 110 }, (_, index) => `evidence/many/${index}.png`);
    for (const key of [...keys, ...many, 'exports/old/lost.csv']) await keepFile(it.store, key);
    await it.store.runs.error(run, { step: 'export', type: 'SELECTOR_MISS', message: 'gone', screenshot: named });
    const left = await it.store.files.temporary(`${run}-1.csv`);
    await writeFile(left, 'Race,Ethnicity');
    const after = (days: number) => sweepFiles(it.store, 30, new Date(Date.now() + days * dayMs));
    expect(await after(0)).toEqual({ unnamed: 0, work: 0 });
    expect(await after(2)).toEqual({ unnamed: 112, work: 1 });
    expect(await Promise.all([named, unnamed, many[109] ?? ''].map(exists))).toEqual([true, false, false]);
    expect(await it.store.files.exists(left)).toBe(false);
    expect(await after(31)).toEqual({ unnamed: 1, work: 0 });
    expect(await exists(named)).toBe(false);
  });
});
