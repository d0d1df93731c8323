import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import type { Month } from '../../pipeline/vocabulary.ts';
import { channel, runOver, seen, settled, startTestApp, type TestApp } from '../support/app.ts';
import {
  beforeMonday,
  lakesideAtBison,
  march,
  newTitle,
  oldTitle,
  startTestBison,
  type TestBison,
} from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';

const minutes = 60_000;
jest.setTimeout(8 * minutes);
const [april, may, june] = ['2027-04', '2027-05', '2027-06'] as unknown as readonly [Month, Month, Month]; // real months

describe('Bison misbehaves', () => {
  let bison: TestBison;
  let it: TestApp;
  beforeAll(async () => {
    bison = await startTestBison();
    it = await startTestApp({
      clients: [{ client: lakesideAtBison, zips: ['75035'] }],
      environment: bison.environment,
      start: beforeMonday.replace('08:59', '06:00'),
    });
    await bison.setUp(it.store, 'API');
  });
  afterAll(async () => {
    await it.close();
    await bison.close();
  });
  const leads = (month: Month, count: number, host?: (number: number) => string) =>
    cleanedLeads(it.store, { client: 'lakeside', month, count, day: () => 3, ...(host && { host }) });
  const upload = (month: Month) =>
    runOver(it, () => it.people.operator.say(channel, `/leadops upload lakeside ${month}`), 3 * minutes);
  test('personal domains that the workspace skips are counted and explained', async () => {
    await bison.fault({ personalDomains: 'skip' });
    await leads(march, 10, (number) => (number <= 4 ? 'gmail.com' : 'lane.example'));
    expect((await upload(march)).status).toBe('success');
    const message = await seen(it.people.operator, /^✅ Refined Data Uploaded/);
    expect(message.text).toContain('📊 Records Exported: 6 (Target: 100)');
    expect(message.text).toMatch(/6 of 10 taken\. 4 were passed over: exactly those at personal domains/);
    await bison.fault({ personalDomains: 'as set' });
  });

  test('a refusal is told in Bison’s own words, and the retry goes on with the same list', async () => {
    await bison.fault({ rejectUpload: 1 });
    await leads(april, 3);
    const failed = await upload(april);
    expect(failed).toMatchObject({ status: 'failed', errorType: 'DATA_VALIDATION' });
    const card = await seen(it.people.operator, /Upload · .*April 2027 failed/);
    await it.people.operator.click(card, 'Retry from the failed step');
    const run = await it.people.operator.waitFor(
      'the retry',
      async () => {
        const now = await it.store.runs.get(failed.id);
        return now?.status === 'success' ? now : undefined;
      },
      2 * minutes,
    );
    expect(run.attempt).toBe(2);
    expect(bison.stats().listsByName['(April 1st - 7th renewals)']).toBe(1);
  });

  test('429, a server error and a lost answer are waited out, and there is one list', async () => {
    await bison.fault({ rateLimit: 2, retryAfter: 1, error500: 1, dropAfterUpload: 1 });
    await leads(may, 3);
    expect(await upload(may)).toMatchObject({ status: 'success', error: null });
    expect(bison.stats().listsByName['(May 1st - 7th renewals)']).toBe(1);
    expect(bison.stats().rateLimited).toBeGreaterThan(0);
  });

  test('rows that Bison refuses are told with its reasons', async () => {
    await bison.fault({ failRows: 1 });
    await leads(june, 3);
    await upload(june);
    await bison.fault({ failRows: 0 });
    const message = await seen(it.people.operator, /^✅ Refined Data Uploaded[^]*Week 1 06\/01/);
    expect(message.text).toMatch(/0 of 3 taken\. 3 were refused \(“/);
    expect(message.text).not.toMatch(/@lane\.example/);
  });

  test('a success that adds nobody is not believed: a person is asked, and “Attach again” adds them', async () => {
    const { operator, approver } = it.people;
    await bison.fault({ successButZero: 1 });
    await operator.say(channel, '/leadops evergreen lakeside');
    await approver.click(await seen(operator, /Reputation building/, { timeoutMs: 2 * minutes }), 'It is off');
    const card = await seen(operator, /Bison said yes.*still holds 40 leads: nobody was added/s, {
      timeoutMs: 2 * minutes,
    });
    expect(words(card)).toContain(`Campaign — “${oldTitle}”`);
    expect(bison.stats().renames).toEqual([]);
    await bison.fault({ lateSync: 2_000 });
    await approver.click(card, 'Attach again');
    // Somebody else's screen still shows the buttons.
    const decided = async () => (await settled(it, 'evergreen', { timeoutMs: 3 * minutes })).status === 'success';
    await operator.waitFor('the decision', decided, 3 * minutes);
    await bison.fault({ lateSync: 0 });
    await operator.click(card, 'Leave this window out', { seen: card.blocks });
    await seen(operator, /needs the role|was already chosen/);
    const campaign = bison.stats().campaigns.find(({ id }) => id === 41);
    expect(campaign).toMatchObject({ name: newTitle, totalLeads: 46 });
    expect(campaign?.settings).toMatchObject({ reputation_building: false, can_unsubscribe: true, plain_text: true });
  });
});
