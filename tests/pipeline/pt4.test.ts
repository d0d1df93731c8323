import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { march } from '../support/bison.ts';
import { emailOf } from '../support/cleaned-leads.ts';
import { first, knownOf, openUploadBench, type Stretch, type UploadBench } from '../support/upload-bench.ts';

let it: UploadBench;
beforeAll(async () => {
  it = await openUploadBench();
});
afterAll(() => it.close());
beforeEach(() => {
  it.bison.lists.clear();
  it.bison.acts.length = 0;
  it.bison.suppressed = { unsubscribed: [], bounced: [] };
});

const keyOf = (client: Client) => ({ client: client.slug, month: march });
const sent = () => [...it.bison.lists.values()].flatMap(({ people }) => people).toSorted();
const factsOf = (stretch: Stretch) => knownOf('upload', stretch).upload;
const emails = (client: Client, ...numbers: number[]) => numbers.map((n) => emailOf(client.slug, n));

/** Everybody who waits, in a list of a run that ended before it said anything to Bison, or while it did. */
async function left(client: Client, state: 'planned' | 'uploading'): Promise<number> {
  const run = await it.start('upload', client);
  const leads = (await it.store.uploads.waiting(keyOf(client))).map(({ id }) => id);
  const batch = await it.store.uploads.plan(keyOf(client), run, { window: first, workspace: 'Lakeside', leads });
  await it.store.runs.cancel(run, 'test');
  const id = batch?.id ?? 0;
  if (state === 'uploading') await it.store.uploads.begin(id, { name: `begun ${client.slug}`, rows: leads.length });
  return id;
}

test('who unsubscribed since a run planned its lists and ended is not sent by the next one', async () => {
  const client = await it.client('planned', 4);
  await left(client, 'planned');
  it.bison.suppressed = { unsubscribed: emails(client, 2), bounced: [] };
  const facts = factsOf(await it.go(await it.start('upload', client)));
  expect(sent()).toEqual(emails(client, 1, 3, 4));
  expect(facts).toMatchObject({ suppressed: 1, cleaned: 3, lists: [{ sent: 3, accepted: 3 }] });
});

test('nor is who bounced since a list was begun whose file never left: its rows are right, and the message says why', async () => {
  const client = await it.client('begun', 4);
  const id = await left(client, 'uploading');
  it.bison.suppressed = { unsubscribed: [], bounced: emails(client, 1, 4) };
  const facts = factsOf(await it.go(await it.start('upload', client)));
  expect(sent()).toEqual(emails(client, 2, 3));
  expect(facts.lists).toMatchObject([
    { name: 'begun begun', sent: 2, accepted: 2, note: expect.stringMatching(/2 leads left it before it was sent/) },
  ]);
  expect(await it.store.uploads.get(id)).toMatchObject({ rows: 2, state: 'uploaded' });
  const book = { ...keyOf(client), filtersKey: '' };
  expect(await it.store.leads.counts(book)).toEqual({ cleaned: 2, 'quarantined: suppressed': 2 });
});

test('a list that is at Bison already is recorded as it is, whoever left since', async () => {
  const client = await it.client('there', 3);
  const id = await left(client, 'uploading');
  it.bison.lists.set('l9', { name: 'begun there', people: emails(client, 1, 2, 3) });
  it.bison.suppressed = { unsubscribed: emails(client, 1), bounced: [] };
  expect(factsOf(await it.go(await it.start('upload', client))).lists).toMatchObject([{ sent: 3, accepted: 3 }]);
  expect(it.bison.acts).toEqual([]);
  expect(await it.store.uploads.get(id)).toMatchObject({ rows: 3, listId: 'l9' });
});

test('a retry days later asks again who left', async () => {
  const client = await it.client('retry', 3);
  it.bison.faults.set('upload', { error: new InvalidInput('no'), done: false });
  const run = await it.start('upload', client);
  expect(await it.go(run)).toMatchObject({ end: 'failed' });
  it.bison.suppressed = { unsubscribed: emails(client, 3), bounced: [] };
  await it.db.from('agent_runs').update({ status: 'queued', attempt: 2 }).eq('id', run);
  factsOf(await it.go(run));
  expect(sent()).toEqual(emails(client, 1, 2));
});

test('a list that nobody is left in is given up', async () => {
  const client = await it.client('empty', 2);
  await left(client, 'uploading');
  it.bison.suppressed = { unsubscribed: emails(client, 1, 2), bounced: [] };
  expect(await it.go(await it.start('upload', client))).toMatchObject({ end: 'skipped' });
  expect(it.bison.acts).toEqual([]);
  expect(await it.store.uploads.ofMonth(keyOf(client))).toEqual([]);
});

test.each([
  ['nothing went before', undefined],
  ['a plan was left', 'planned'],
  ['a list was begun', 'uploading'],
] as const)('a dry run tells what is sent then, over target and with people who left: %s', async (_name, state) => {
  const client = await it.client(`dry-${state ?? 'fresh'}`, 20, { target: 12 });
  // Flags of another target: PT4 chooses anew.
  if (state) await left(client, state);
  it.bison.suppressed = { unsubscribed: emails(client, 1, 2, 3, 4, 5), bounced: emails(client, 6) };
  const plan = factsOf(await it.go(await it.start('upload', client, { dryRun: true })));
  expect(it.bison.acts).toEqual([]);
  const done = factsOf(await it.go(await it.start('upload', client)));
  expect(plan.lists.map(({ name, sent: count, part }) => ({ name, count, part }))).toEqual(
    done.lists.map(({ name, sent: count, part }) => ({ name, count, part })),
  );
  expect(plan.reserve).toBe(done.reserve);
  expect(plan.lists.reduce((sum, list) => sum + list.sent, 0)).toBe(sent().length);
});
