import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Retryable } from '../../pipeline/errors.ts';
import { wantedCampaign } from '../../pipeline/uploads/wanted-campaign.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { march, newTitle, oldTitle } from '../support/bison.ts';
import { cleanedLeads, emailOf } from '../support/cleaned-leads.ts';
import { first, knownOf, openUploadBench, type UploadBench } from '../support/upload-bench.ts';
import { campaignId as id } from '../support/branded.ts';

let it: UploadBench;
beforeAll(async () => {
  it = await openUploadBench();
});
afterAll(() => it.close());
beforeEach(() => {
  it.bison.campaigns.clear();
  it.bison.campaigns.set('41', { name: oldTitle, people: new Set(), strangers: 10 });
  it.bison.acts.length = 0;
});

/** Less than two weeks before the window. */
const late = '2027-02-20T09:00:00-06:00';
const startEvergreen = (client: Client, more: { again?: boolean } = {}, dryRun = false) =>
  it.start('evergreen', client, { args: { window: first.start, ...more }, dryRun });
const people = (client: Client, count: number) => Array.from({ length: count }, (_, n) => emailOf(client.slug, n + 1));

test('a window that waits for the answer whether it is too late keeps nobody from the campaign', async () => {
  const client = await it.client('late', 3);
  await it.up(client);
  const run = await startEvergreen(client);
  expect(await it.go(run, late)).toMatchObject({ end: 'waiting' });
  const other = await it.start('evergreen', client);
  expect(await it.store.evergreen.take(client.slug, other)).toBe(other);
  await it.answer(run, 'attach');
  expect(await it.go(run, late)).toEqual({ end: 'asleep' });
  await it.store.runs.cancel(other, 'U1');
  expect(await it.go(run, late)).toMatchObject({ end: 'success' });
});

test('lists that somebody else attached while it waited are not attached twice', async () => {
  const client = await it.client('meanwhile', 3);
  const list = await it.up(client);
  const run = await startEvergreen(client);
  await it.go(run, late);
  await it.answer(run, 'attach');
  await it.db.from('client_lead_batches').update({ state: 'attached' }).eq('id', list);
  expect(await it.go(run, late)).toMatchObject({
    end: 'skipped',
    message: expect.stringMatching(/already/),
  });
  expect(it.bison.acts).toEqual([]);
});

test.each([
  ['nothing is known: what the YAML names', '41', null, { id: '41', named: true }],
  ['nothing is known and nothing named', null, null, { id: null, named: false }],
  [
    'the YAML says what it said at the choice',
    '41',
    { campaignId: '50', configuredId: '41' },
    { id: '50', named: false },
  ],
  ['the YAML names another one since', '60', { campaignId: '50', configuredId: '41' }, { id: '60', named: true }],
  [
    'the YAML names the one that was chosen',
    '50',
    { campaignId: '50', configuredId: null },
    { id: '50', named: false },
  ],
  ['the YAML names none any more', null, { campaignId: '50', configuredId: '41' }, { id: '50', named: false }],
])('whose campaign: %s', (_name, campaignId, ledger, wanted) => {
  const row = ledger && { campaignId: id(ledger.campaignId), configuredId: ledger.configuredId };
  expect(wantedCampaign({ campaignId }, row)).toEqual(wanted);
});

test('a full campaign is left by naming another one in the YAML', async () => {
  const client = await it.client('full', 3, { campaignId: '41' });
  await it.up(client);
  it.bison.campaigns.set('41', { name: oldTitle, people: new Set(), strangers: 49_999 });
  const run = await startEvergreen(client);
  expect(await it.go(run)).toMatchObject({ end: 'waiting', question: expect.stringMatching(/would pass/) });
  await it.answer(run, 'stop');
  expect(await it.go(run)).toMatchObject({ end: 'skipped' });
  it.bison.campaigns.set('50', { name: 'Evergreen, Last Upload: February 22–28', people: new Set(), strangers: 0 });
  await it.store.clients.save({ ...client, campaignId: '50' });
  const preview = await it.go(await startEvergreen(client, {}, true));
  expect(knownOf('evergreen', preview).evergreen).toMatchObject({
    totalBefore: 0,
    notes: [],
  });
  expect(await it.go(await startEvergreen(client))).toMatchObject({ end: 'success' });
  expect(it.bison.acts).toEqual([expect.stringMatching(/^attach .* to 50$/), `rename ${newTitle}`]);
  expect(await it.store.evergreen.campaign('full')).toMatchObject({ campaignId: '50', configuredId: '50' });
});

test('a named campaign that is not there is asked about: no other one is taken instead', async () => {
  const client = await it.client('typo', 3, { campaignId: '14' });
  await it.up(client);
  const run = await startEvergreen(client);
  const asked = await it.go(run);
  expect(asked).toMatchObject({ end: 'waiting', question: expect.stringMatching(/names the campaign 14, and/) });
  await it.answer(run, 'campaign:41');
  expect(await it.go(run)).toMatchObject({ end: 'success' });
  // It is asked once: the choice outlives the YAML.
  await cleanedLeads(it.store, { client: 'typo', month: march, count: 2, first: 10, day: () => 3 });
  await it.up(client);
  expect(await it.go(await startEvergreen(client))).toMatchObject({ end: 'success' });
});

/** Attaches the window, with some of its people in the campaign before. */
async function attached(slug: string, before: number): Promise<{ client: Client; run: string }> {
  const client = await it.client(slug, 4);
  await it.up(client);
  const campaign = it.bison.campaigns.get('41');
  for (const email of people(client, before)) campaign?.people.add(email);
  const run = await startEvergreen(client);
  expect(await it.go(run)).toMatchObject({ end: 'success' });
  return { client, run };
}

test('undo takes out whom the window brought, without a question', async () => {
  const { client, run } = await attached('undo', 0);
  expect(await it.go(await it.start('evergreen-undo', client, { args: { of: run } }))).toMatchObject({
    end: 'success',
    summary: { undo: { taken: 4, left: [] } },
  });
  expect(it.bison.campaigns.get('41')).toMatchObject({ name: oldTitle, people: new Set() });
});

test.each([
  ['leave', 0, 4],
  ['all', 4, 0],
  ['stop', null, 4],
] as const)('who stood in the campaign before is not taken out unasked: %s', async (value, taken, left) => {
  const { client, run } = await attached(`before-${value}`, 2);
  const undo = await it.start('evergreen-undo', client, { args: { of: run } });
  const asked = await it.go(undo);
  expect(asked).toMatchObject({ end: 'waiting', question: expect.stringMatching(/^4 leads .* and 2 came with/) });
  await it.answer(undo, value);
  const done = await it.go(undo);
  expect(done.end === 'success' ? knownOf('evergreen-undo', done).undo.taken : null).toBe(taken);
  expect(it.bison.campaigns.get('41')?.people.size).toBe(left);
  expect(it.bison.campaigns.get('41')?.name).toBe(value === 'stop' ? newTitle : oldTitle);
});

test('a window that was taken back waits for Attach again, whatever comes later; then all of it goes in', async () => {
  const { client, run } = await attached('again', 0);
  await it.go(await it.start('evergreen-undo', client, { args: { of: run } }));
  await cleanedLeads(it.store, { client: 'again', month: march, count: 2, first: 10, day: () => 3 });
  await it.up(client);
  expect(await it.store.evergreen.unattached('again')).toEqual([]);
  expect(await it.go(await startEvergreen(client))).toMatchObject({
    end: 'skipped',
    message: expect.stringMatching(/taken back/),
  });
  const preview = await it.go(await startEvergreen(client, {}, true));
  expect(JSON.stringify(preview)).toMatch(/taken back/);
  expect(await it.go(await startEvergreen(client, { again: true }))).toMatchObject({
    end: 'success',
    summary: { evergreen: { added: 6 } },
  });
});

test('after “wait” from Bison, or an answer that was lost before anything was done, a list is attached again though people of it stand there', async () => {
  for (const [slug, error] of [
    ['wait', new Retryable('RATE_LIMITED', '429')],
    ['lost', new Retryable('NETWORK', 'lost')],
  ] as const) {
    it.bison.campaigns.set('41', { name: oldTitle, people: new Set(), strangers: 10 });
    it.bison.faults.set('attach', { error, done: false });
    await attached(slug, 2);
    expect(it.bison.campaigns.get('41')?.people.size).toBe(4);
  }
  expect(it.bison.acts.filter((act) => act.startsWith('attach'))).toHaveLength(4);
});

test('an attach whose answer was lost after it was done is not repeated', async () => {
  it.bison.faults.set('attach', { error: new Retryable('NETWORK', 'lost'), done: true });
  await attached('done', 2);
  expect(it.bison.acts.filter((act) => act.startsWith('attach'))).toHaveLength(1);
});
