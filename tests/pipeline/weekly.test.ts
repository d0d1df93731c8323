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
