import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { leadops } from '../../sandbox/demo/processes.ts';
import { words } from '../../sandbox/demo/look.ts';
import { channel, seen, startTestSlack, type TestSlack } from '../support/app.ts';
import { startPullWorld } from '../support/pulls.ts';
import type { Vendors } from '../support/vendors.ts';

const minute = 60_000;
jest.setTimeout(15 * minute);
const success = 'C03SUCCESS';

let it: TestSlack;
let vendors: Vendors;
beforeAll(async () => {
  ({ it, vendors } = await startPullWorld(
    startTestSlack,
    { met: 'raw' },
    {
      start: '2027-01-15T08:59:00-06:00',
      environment: { SUCCESS_CHANNEL: success, BISON_SYNC_POLL_SECONDS: '1', LOG_LEVEL: 'silent' },
    },
  ));
}, 2 * minute);
afterAll(async () => {
  await it.close();
  await vendors.close();
});
const cron = () => leadops(['monthly', '--trigger', 'scheduled'], it.environment);

test('where no app runs, GitHub’s cron does the 15th through the calendar’s row, once, and shows every message of it', async () => {
  expect(await cron()).toMatch(/is due 2027-01-15T15:00:00.000Z. Nothing was started/);
  it.clock.set('2027-01-15T10:30:00-06:00');
  expect(await cron()).toMatch(/Met Insurance.*done/);
  const { operator } = it.people;
  const message = await seen(operator, /Monthly pull · March 2027: 1 of 1 done/, { to: success });
  const [late] = (await operator.thread(message)).slice(1);
  expect(late && words(late)).toMatch(/began 1 h 3\d min late/);
  const own = (await operator.messages(channel)).map(({ text }) => text).join('\n');
  expect(own).toMatch(/✅ Raw Pull Complete/);
  expect(own).toMatch(/Lead pull · Met Insurance · March 2027 is done/);
  const pulls = () => it.store.runs.recent({ workflow: 'pull-leads', client: 'met', limit: 9 });
  const before = (await pulls()).length;
  // A second cron, and an app that starts later, find the month done.
  await cron();
  expect(await pulls()).toHaveLength(before);
  expect(await it.store.calendar.recent(9)).toMatchObject([{ kind: 'monthly', day: '2027-01-15', state: 'started' }]);
});
