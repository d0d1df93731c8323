import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { windowOf } from '../../pipeline/renewal.ts';
import { march, oldTitle } from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { knownOf, openUploadBench, type Stretch, type UploadBench } from '../support/upload-bench.ts';
import { day } from '../support/branded.ts';

let it: UploadBench;
beforeAll(async () => {
  it = await openUploadBench();
  // Its title says that everything is in already: a person is asked about each window.
  it.bison.campaigns.set('41', { name: 'Evergreen, Last Upload: March 22–31', people: new Set(), strangers: 10 });
});
afterAll(() => it.close());

const second = windowOf(day('2027-03-08'));
/** The Monday of March 8–14. */
const monday = '2027-02-08';
const at = `${monday}T09:00:00-06:00`;
const factsOf = (stretch: Stretch) => knownOf('weekly', stretch).weekly;

test('a Monday does not wait for a window that sleeps behind one that waits for a person', async () => {
  const client = await it.client('behind', 3);
  await it.up(client);
  await cleanedLeads(it.store, { client: client.slug, month: march, count: 2, first: 10, day: () => 9 });
  await it.up(client, second);
  const week = await it.start('weekly', client, { args: { monday, clients: ['behind'], uploads: false } });
  const window = async (start: string) =>
    (await it.store.runs.recent({ workflow: 'evergreen', limit: 9 })).find(({ args }) => args.window === start)?.id ??
    '';
  expect(await it.go(week, at)).toEqual({ end: 'asleep' });
  expect(await it.go(await window('2027-03-01'), at)).toMatchObject({ end: 'waiting' });
  expect(await it.go(week, at)).toEqual({ end: 'asleep' });
  // It has begun and is not asleep yet: the Monday waits for it.
  expect(await it.go(week, at)).toEqual({ end: 'asleep' });
  expect(await it.go(await window('2027-03-08'), at)).toEqual({ end: 'asleep' });
  expect(factsOf(await it.go(week, at))).toMatchObject({ settled: true });
});

test('a dry run of a Monday names the windows that its uploads would have lists of, too', async () => {
  it.bison.campaigns.set('41', { name: oldTitle, people: new Set(), strangers: 10 });
  const client = await it.client('catch-up', 3);
  const week = await it.start('weekly', client, { args: { monday, clients: ['catch-up'] }, dryRun: true });
  const { preview } = factsOf(await it.go(week, at));
  expect(preview.filter((line) => line.includes('Window: '))).toEqual([
    '  Window: 2027-03-01 to 2027-03-07',
    '  Window: 2027-03-08 to 2027-03-14',
  ]);
  expect(preview).toContain('  Attach list “(March 1st - 7th renewals)”: 3 leads');
  // Taken back, the next Monday leaves it alone.
  await it.up(client);
  await it.db.from('client_lead_batches').update({ state: 'undone' }).eq('client', client.slug);
  await cleanedLeads(it.store, { client: client.slug, month: march, count: 2, first: 10, day: () => 3 });
  const again = await it.start('weekly', client, { args: { monday, clients: ['catch-up'] }, dryRun: true });
  expect(factsOf(await it.go(again, at)).preview.filter((line) => line.includes('Window: 2027-03-01'))).toEqual([]);
});

test('a client that is paused is passed over, in PT4 as in PT5, says so, and is there to be offered; others are served', async () => {
  const paused = await it.client('paused', 3);
  await it.up(paused);
  await it.client('served', 2);
  const held = await it.store.pauses.begin({
    client: 'paused',
    workflow: null,
    reason: 'the contract is being renewed',
    by: 'U1',
    since: new Date(at),
    until: new Date('2027-03-01T06:00:00Z'),
  });
  const clients = ['paused', 'served'];
  const week = await it.start('weekly', paused, { args: { monday: '2027-02-01', clients } });
  expect(await it.go(week)).toEqual({ end: 'asleep' });
  const started = (await it.store.runs.recent({ workflow: 'upload', limit: 50 })).filter(
    ({ parent }) => parent === week,
  );
  expect(started.map(({ client }) => client)).toEqual(['served']);
  await it.go(started[0]?.id ?? '');
  expect(await it.go(week)).toEqual({ end: 'asleep' });
  const attached = (await it.store.runs.recent({ workflow: 'evergreen', limit: 50 })).filter(
    ({ parent }) => parent === week,
  );
  expect(attached.map(({ client }) => client)).toEqual(['served']);
  await it.go(attached[0]?.id ?? '');
  const facts = factsOf(await it.go(week));
  expect(facts.clients.find(({ slug }) => slug === 'paused')?.notes).toEqual([
    'PT4 was passed over: it is paused until Mon, Mar 1, 2027, 0:00 in Chicago (the contract is being renewed)',
    'PT5 was passed over: it is paused until Mon, Mar 1, 2027, 0:00 in Chicago (the contract is being renewed)',
  ]);
  expect(await it.store.pauses.passedOver(held?.id ?? 0)).toMatchObject([
    { kind: 'monday', day: '2027-02-01', client: 'paused' },
  ]);
});
