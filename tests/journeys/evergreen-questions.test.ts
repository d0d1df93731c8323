import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
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
jest.setTimeout(9 * minutes);

describe('a window that only a person can decide on', () => {
  let bison: TestBison;
  let it: TestApp;
  beforeAll(async () => {
    bison = await startTestBison({
      campaigns: {
        7: [
          { id: 41, name: newTitle, leads: 49_990, tags: ['evergreen'] },
          { id: 43, name: oldTitle, leads: 5 },
        ],
      },
    });
    it = await startTestApp({
      clients: [{ client: lakesideAtBison, zips: ['75035'] }],
      environment: bison.environment,
      start: beforeMonday.replace('08:59', '06:00'),
    });
    await bison.setUp(it.store, 'API');
    await cleanedLeads(it.store, { client: 'lakeside', month: march, count: 21, day: () => 3 });
  }, 3 * minutes);
  afterAll(async () => {
    await it.close();
    await bison.close();
  });

  const answer = async (question: RegExp, button: string) =>
    it.people.approver.click(await seen(it.people.operator, question, { timeoutMs: 2 * minutes }), button);

  const over = () =>
    it.people.operator.waitFor(
      'the end of the run',
      async () => (await settled(it, 'evergreen', { timeoutMs: 2 * minutes })).status === 'skipped' || undefined,
      2 * minutes,
    );

  test('several campaigns, a title that says it is in already, and no room: each is asked, and nothing is attached', async () => {
    const { operator } = it.people;
    await runOver(it, () => operator.say(channel, '/leadops upload lakeside 2027-03'), 2 * minutes);
    await operator.say(channel, '/leadops evergreen lakeside');
    await answer(/Several campaigns .* are called/, newTitle);
    await answer(/says that this window is in already; I did not put it there/, 'Attach and rename');
    await answer(/Reputation building/, 'It is on');
    const full = /holds 49,990 leads; with 21 more it would pass Bison’s limit of 50,000. Nothing was attached/;
    await answer(full, 'Leave this window out');
    await seen(operator, /Evergreen · .*has no room for 21 leads.*Nothing was attached/s, { timeoutMs: 2 * minutes });
    // The message is posted before the run ends, and one run at a time has the client's campaign.
    await over();
    expect(bison.stats()).toMatchObject({ attaches: [], renames: [] });
  });

  test('less than two weeks before the window begins a person says whether its list still goes in', async () => {
    it.clock.set('2027-02-20T10:00:00-06:00');
    await it.clock.followed();
    await it.people.operator.say(channel, '/leadops evergreen lakeside');
    await answer(/2027-03-01 to 2027-03-07 begins in less than 14 days/, 'Leave it out for good');
    // The run before it was skipped, too: what the answer did is seen at the list.
    await it.people.operator.waitFor(
      'the list to be left out',
      async () => (await it.store.evergreen.unattached('lakeside')).length === 0 || undefined,
    );
    await over();
    expect(bison.stats()).toMatchObject({ attaches: [], renames: [] });
  });
});
