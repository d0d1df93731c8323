import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { channel, noteFor, seen } from '../support/app.ts';
import { startPulls, type Pulls } from '../support/pulls.ts';

const minutes = 60_000;
// A browser at Cole for two clients, on a machine that may be busy.
jest.setTimeout(15 * minutes);
const success = 'C03SUCCESS';

let pulls: Pulls;
beforeAll(async () => {
  pulls = await startPulls(
    { met: 'raw', short: 'raw and gap' },
    { start: '2027-01-15T08:58:00-06:00', environment: { SUCCESS_CHANNEL: success, BISON_SYNC_POLL_SECONDS: '1' } },
  );
}, 2 * minutes);
afterAll(() => pulls.close());

const months = (says: RegExp) => seen(pulls.it.people.operator, says, { to: success, timeoutMs: 3 * minutes });
const runs = async (workflow: 'monthly' | 'pull-leads') =>
  // What the test prepared is a dry run.
  (await pulls.it.store.runs.recent({ workflow, limit: 9 })).filter(({ dryRun }) => !dryRun);

test('who may not start the month for all clients is told so, and a month that makes no sense is refused', async () => {
  const { operator, outsider } = pulls.it.people;
  expect(await noteFor(outsider, '/leadops monthly')).toMatch(/needs the role \*operator\* for all clients/);
  expect(await noteFor(operator, '/leadops monthly 2027-02')).toMatch(/already due.*`\/pull-leads <client> 2027-02`/s);
  expect(await noteFor(operator, '/leadops monthly soon')).toMatch(/no month I understand.*Nothing was started/s);
  expect(await runs('monthly')).toEqual([]);
});

test('at nine on the 15th every client is pulled, who asked before is not pulled twice, and one message says how each stands', async () => {
  const { it } = pulls;
  await pulls.pull('short');
  await pulls.card('Short', '');
  it.clock.set('2027-01-15T09:00:01-06:00');
  const message = await months(/1 of 2 done, 1 short and waiting/);
  const says = words(message);
  expect(says).toMatch(/^✋ Monthly pull · March 2027: 1 of 2 done, 1 short and waiting\.$/m);
  expect(says).toContain(
    `✋ *Short Insurance* in <#${channel}>: *4,960 short* (40 of 5,000), waits for <@U02APPROVER>`,
  );
  expect(says).toMatch(new RegExp(`^✅ \\*Met Insurance\\* in <#${channel}>: done, \\d of 1 cleaned leads?`, 'm'));
  const [month] = await runs('monthly');
  expect(
    (await runs('pull-leads')).map(({ client, requestedBy, trigger, parent }) => [
      client,
      requestedBy,
      trigger,
      parent,
    ]),
  ).toEqual([
    ['met', null, 'scheduled', month?.id],
    ['short', 'U01OPERATOR', 'manual', month?.id],
  ]);
  // The clients' own messages are in their channels, where the months' is not.
  const own = (await it.people.operator.messages(channel)).map(({ text }) => text).join('\n');
  expect(own).toContain('✅ Raw Pull Complete');
  expect(own).not.toContain('Monthly pull');
});

test('what is decided with a button in the client’s channel changes the line', async () => {
  const { approver } = pulls.it.people;
  const report = await seen(approver, /Please decide/);
  expect(await approver.click(report, { actionId: 'suggestion_approve_all' })).toMatchObject({ outcome: 'done' });
  const topUp = words(await months(/1 of 2 done, 1 at work/));
  expect(topUp).toMatch(
    /\*Short Insurance\*.*: (at work|waits for its turn).*, \*4,960 short\* \(40 of 5,000\) so far/,
  );
  expect(await approver.click(await pulls.card('Short', ''), 'Cancel')).toMatchObject({ outcome: 'done' });
  const says = words(await months(/1 of 2 done, 1 canceled/));
  expect(says).toContain(`🚫 *Short Insurance* in <#${channel}>: canceled by <@U02APPROVER>`);
  expect((await runs('monthly')).map(({ status }) => status)).toEqual(['success']);
});
