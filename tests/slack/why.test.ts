import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { channel, type TestSlack } from '../support/app.ts';
import { day } from '../support/branded.ts';
import { startPausable, type Pausable } from '../support/pausable.ts';
import { lookInto } from '../support/store.ts';

jest.setTimeout(60_000);

let it: TestSlack;
let at: Pausable;
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';

beforeAll(async () => {
  at = await startPausable();
  it = at.it;
});
afterAll(() => at.close());
afterEach(() => at.clear());

const leadops = async (user: string, text: string): Promise<string> => (await at.leadops(user, text))?.text ?? '';

/** The rows of the calendar and the runs, as a test of `why` needs them. */
const noted = async (kind: 'intent', of: string, moment: string, state: 'missed' | null) => {
  const due = { kind, day: day(of), at: new Date(moment) };
  await it.store.calendar.note([due], new Date('2027-01-15T14:29:00Z'));
  if (state) await it.store.calendar.close(due, { state, runId: null, lateSeconds: 50_000 });
};

test('why says first what stands in the way: a pause, a missed or overdue time, a run that waits, else nothing', async () => {
  await noted('intent', '2027-01-14', '2027-01-14T12:00:00Z', 'missed');
  const missed = await leadops(operator, 'why intent');
  expect(missed).toMatch(
    /^Last: \*Intent poll of Thu, Jan 14\*.* was missed[^]*Next: \*Intent poll of Mon, Jan 18\*[^]*looked at last [^]*Credits: /,
  );
  await noted('intent', '2027-01-15', '2027-01-15T12:00:00Z', null);
  expect(await leadops(operator, 'why intent')).toMatch(
    /^🚨 \*Intent poll of Fri, Jan 15\* was due .* did not start: no process has taken it/,
  );

  await leadops(approver, 'pause intent because its signals are old');
  expect(await leadops(operator, 'why intent')).toMatch(
    /^⏸️ \*Intent polling\* is paused by <@U02APPROVER>: its signals are old/,
  );

  const { run } = await it.store.runs.start({
    workflow: 'pull-leads',
    client: 'lakeside',
    month: null,
    key: 'why this one',
    trigger: 'manual',
    requestedBy: operator,
    channel,
    dryRun: false,
    args: {},
    askedAt: at.works.clock.now(),
  });
  await lookInto(it.dataDir, (db) =>
    db
      .from('agent_runs')
      .update({
        wake_at: new Date(Date.now() + 900_000).toISOString(),
        error_type: 'NETWORK',
        error: 'Cole does not answer',
      })
      .eq('id', run.id),
  );
  const sleeps = /^\*Lead pull · Lakeside Insurance\* \(run `\w+`\) sleeps until .*: Cole does not answer\./;
  expect(await leadops(operator, `why ${run.id.slice(0, 8)}`)).toMatch(sleeps);
  expect(await leadops(operator, 'why lakeside')).toMatch(sleeps);
  await it.store.approvals.ask(
    run.id,
    'r',
    [{ key: 'k', kind: 'human', payload: { need: 'AUTH' }, marked: true, requiredRole: 'operator' }],
    new Date('2027-01-22T15:00:00Z'),
  );
  await lookInto(it.dataDir, (db) =>
    db.from('agent_runs').update({ status: 'waiting', wake_at: null }).eq('id', run.id),
  );
  expect(await leadops(operator, `why ${run.id.slice(0, 8)}`)).toMatch(
    /waits for a person: 1 open question.*for an operator: somebody has to look.*Who may decide: <@U02APPROVER>/s,
  );

  await it.store.leases.closeLane('clay', 'its page changed');
  await lookInto(it.dataDir, (db) => db.from('agent_runs').update({ status: 'canceled' }).eq('id', run.id));
  await it.store.credentials.set('cole', 'TX', { username: 'ops', secret: 'x', owner: null });
  expect(await leadops(operator, 'why lakeside')).toMatch(
    /^⛔ Clay takes no work until somebody looked: its page changed/,
  );
  await it.store.leases.openLane('clay');
  expect(await leadops(operator, 'why lakeside')).toMatch(
    /^Nothing stands in the way of \*Lakeside Insurance\*\. Next: \*Pull of March 2027\*/,
  );
  expect(await leadops(operator, 'why lakeside 2027-03')).toMatch(
    /Nothing was pulled for Lakeside Insurance, March 2027/,
  );
  expect(await leadops(operator, 'why lakside')).toMatch(/Did you mean `lakeside`/);
});
