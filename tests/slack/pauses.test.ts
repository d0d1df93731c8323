import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { actionIds } from '../../blocks/ids.ts';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { endPausesOver } from '../../src/operations/resume.ts';
import { makeSlackClient } from '../../src/slack/app.ts';
import { publishHome } from '../../src/slack/home.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { makeRoutes } from '../../src/slack/routes.ts';
import type { SlackDeps } from '../../src/slack/deps.ts';
import { startWorks, type Works } from '../../src/wiring/works.ts';
import { channel, startTestSlack, type TestSlack } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { lookInto } from '../support/store.ts';
import { day } from '../support/branded.ts';

jest.setTimeout(60_000);

let it: TestSlack;
let works: Works;
let deps: SlackDeps;
const routes = makeRoutes({ sign: () => 'link', verify: () => null });
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';
const outsider = 'U04OUTSIDER';

beforeAll(async () => {
  it = await startTestSlack({
    clients: [
      { client: { ...lakeside, workspace: 'Lakeside' }, zips: ['75034'] },
      { client: { ...lakeside, slug: 'monday', name: 'Monday Mutual', workspace: 'Monday' }, zips: ['73034'] },
    ],
    environment: { BISON_URL: 'http://127.0.0.1:9', SUCCESS_CHANNEL: 'C0SUCCESS', LOG_LEVEL: 'silent' },
    // Friday the 15th, half past eight in Chicago: the pull of March is due in half an hour.
    start: '2027-01-15T08:30:00-06:00',
  });
  await it.store.credentials.set('bison', 'Lakeside', { username: 'token', secret: '7|abc', owner: null });
  await it.store.credentials.set('zoominfo', '', { username: 'x', secret: 'y', owner: null });
  const config = readConfig(it.environment);
  const log = makeLog('silent');
  works = await startWorks(config, log, { resting: true });
  deps = {
    ...works,
    slack: makeSlackClient(config, log),
    config,
    slackStanding: () => ({ connected: true, since: new Date() }),
    lookForMessages: () => undefined,
    log,
  };
});
afterAll(async () => {
  await works.stop();
  await it.close();
});
afterEach(async () => {
  await lookInto(it.dataDir, async (db) => {
    await db.from('passed_over').delete().gte('id', 0);
    await db.from('pauses').delete().gte('id', 0);
    return db.from('agent_runs').update({ status: 'canceled' }).in('status', ['queued', 'running', 'waiting']);
  });
});

const leadops = async (user: string, text: string): Promise<string> =>
  (await routes.commands['/leadops']?.(deps, { user, channel, text }))?.text ?? '';
const pull = async (user: string, text: string): Promise<string> =>
  (await routes.commands['/pull-leads']?.(deps, { user, channel, text }))?.text ?? '';

async function press(user: string, action: string, value: string): Promise<string> {
  const told: string[] = [];
  const say = (text: string) => Promise.resolve(void told.push(text));
  await routes.actions[action]?.(deps, {
    user,
    channel,
    value,
    tell: say,
    dismiss: say,
    openModal: () => Promise.resolve('V1'),
    updateModal: () => Promise.resolve(),
  });
  return told.join('\n');
}

const onlyPause = async () => (await it.store.pauses.open())[0] ?? { id: 0 };
const said = async (id: number, what: 'began' | 'ended') => it.store.messages.find(null, `pause ${id} ${what}`);
const buttonsOf = (blocks: readonly unknown[] = []) =>
  JSON.stringify(blocks)
    .match(/"text":"[^"]* now"/g)
    ?.map((text) => text.slice(8, -1)) ?? [];

test('a pause says who, why, until when and what it passes over, in the client’s channel and to who typed it', async () => {
  const answer = await leadops(operator, 'pause lakeside until 2027-02-01 because the contract is being renewed');
  expect(answer).toMatch(
    /\*Lakeside Insurance\* is paused by <@U01OPERATOR> until .*: the contract is being renewed\./,
  );
  expect(answer).toMatch(
    /Passed over first: Pull of March 2027, due .*2027-01-15 15:00 UTC.*Monday run of Jan 18, due /,
  );
  const pause = await onlyPause();
  expect(pause).toMatchObject({ client: 'lakeside', until: new Date('2027-02-01T06:00:00Z') });
  expect(await said(pause.id, 'began')).toMatchObject({ channel: lakeside.channel });
  expect(await leadops(operator, 'pause lakeside because again')).toMatch(
    /is paused by .*contract.*Nothing was changed.*resume lakeside/s,
  );
});

test.each([
  ['pause lakside because of a typo', /neither a client nor a workflow. Did you mean `lakeside`.*Nothing was paused/],
  ['pause lakeside', /needs a reason. Nothing was paused/],
  ['pause lakeside until 2027-01-15 because it is late', /not ahead.*Nothing was paused/],
  ['pause lakeside until someday because it is late', /“someday” is no day.*Nothing was paused/],
  ['pause monday because of both', /is a client and a workflow.*`client monday` or `workflow monday`/],
  ['pause all because I may not', /needs the role \*approver\* for all clients/],
  ['resume lakeside', /Lakeside Insurance is not paused. Nothing was changed/],
  ['resume', /What: a client, a workflow, or all\?/],
])('`/leadops %s` is refused in words that say what to do', async (text, says) => {
  await expect(leadops(operator, text)).resolves.toMatch(says);
  expect(await it.store.pauses.open()).toEqual([]);
});

test.each([
  [
    'Lakeside Insurance because we wait until the lawyers call',
    { client: 'lakeside', until: null, reason: 'we wait until the lawyers call' },
  ],
  [
    'lakeside the contract ends until Feb 1',
    { client: 'lakeside', until: new Date('2027-02-01T06:00:00Z'), reason: 'the contract ends' },
  ],
  [
    'client monday until monday 12:30: new owner',
    { client: 'monday', until: new Date('2027-01-18T18:30:00Z'), reason: 'new owner' },
  ],
  ['workflow monday holidays', { client: null, workflow: 'weekly', reason: 'holidays' }],
  ['pull-leads because Cole is being rebuilt', { workflow: 'pull-leads', reason: 'Cole is being rebuilt' }],
  ['everything because of an audit', { client: null, workflow: null, reason: 'of an audit' }],
])('`pause %s` is read as it is meant', async (text, means) => {
  await leadops(approver, `pause ${text}`);
  expect(await it.store.pauses.open()).toMatchObject([means]);
});

test('what people start by hand while it is paused is refused, a retry too; a dry run and another client are not', async () => {
  const failed = await it.store.runs.start({
    workflow: 'pull-leads',
    client: 'lakeside',
    month: null,
    key: 'failed before',
    trigger: 'manual',
    requestedBy: operator,
    channel,
    dryRun: false,
    args: {},
    askedAt: works.clock.now(),
  });
  await it.store.runs.cancel(failed.run.id, operator);
  await leadops(operator, 'pause lakeside because the contract is being renewed');
  const refused =
    /Lakeside Insurance.*is paused by <@U01OPERATOR>: the contract is being renewed\. Nothing was (started|retried)\. `\/leadops resume lakeside` ends the pause/;
  expect(await pull(operator, 'lakeside 2027-03')).toMatch(refused);
  expect(await leadops(operator, 'upload lakeside 2027-03')).toMatch(refused);
  expect(await leadops(operator, 'evergreen lakeside')).toMatch(refused);
  expect(await leadops(operator, `retry ${failed.run.id.slice(0, 8)}`)).toMatch(refused);
  expect(await it.store.runs.open()).toEqual([]);
  await pull(operator, 'lakeside 2027-03 --dry-run');
  // The dry run that is live is no pull: whoever asks for one is not told that it is running already.
  expect(await pull(operator, 'lakeside 2027-03')).toMatch(
    /A dry run of the same month is under way.*Nothing was started.*`\/leadops cancel \w{8}`/,
  );
  await pull(operator, 'monday 2027-03');
  expect((await it.store.runs.open()).map(({ client, dryRun }) => [client, dryRun])).toEqual([
    ['lakeside', true],
    ['monday', false],
  ]);
});

test('at its end each due time that was passed over is named, and offered where it still makes sense, once', async () => {
  await leadops(approver, 'pause all until Jan 20 because of an audit');
  const { id } = await onlyPause();
  for (const due of ['2026-10-15', '2027-01-15'])
    await it.store.pauses.passOver(id, { kind: 'monthly', day: day(due) }, 'lakeside');
  await it.store.pauses.passOver(id, { kind: 'monday', day: day('2027-01-11') }, null);
  await it.store.pauses.passOver(id, { kind: 'monday', day: day('2027-01-18') }, null);
  await it.store.pauses.passOver(id, { kind: 'intent', day: day('2027-01-19') }, null);
  await it.store.pauses.passOver(id, { kind: 'intent', day: day('2027-01-20') }, null);
  const over = new Date('2027-01-20T06:00:01Z');
  it.clock.set(over.toISOString());
  await it.people.operator.waitFor('the clock', () => Promise.resolve(works.clock.now() >= over || undefined));
  // However many processes look.
  expect((await Promise.all([1, 2, 3].map(() => endPausesOver(deps, over)))).toSorted()).toEqual([0, 0, 1]);
  const ended = await said(id, 'ended');
  expect(ended).toMatchObject({ channel: 'C0SUCCESS' });
  expect(ended?.text).toMatch(/\*Everything\* goes on: the pause is over, and 6 due times were passed over/);
  expect(buttonsOf(ended?.blocks)).toEqual(['Pull now', 'Run now', 'Poll now']);
  expect(JSON.stringify(ended?.blocks)).toMatch(
    /Pull of December 2026.*month is over|Intent poll of Tue, Jan 19.*its day is over/,
  );

  const rows = await it.store.pauses.passedOver(id);
  const idOf = (kind: string, of: string) => String(rows.find((row) => row.kind === kind && row.day === of)?.id);
  expect(await press(outsider, actionIds.takeUp, idOf('monthly', '2027-01-15'))).toMatch(/needs the role \*operator\*/);
  await press(operator, actionIds.takeUp, idOf('monthly', '2027-01-15'));
  await press(operator, actionIds.takeUp, idOf('monday', '2027-01-18'));
  expect(await press(approver, actionIds.takeUp, idOf('monthly', '2027-01-15'))).toMatch(
    /was started by <@U01OPERATOR> already/,
  );
  expect(await press(operator, actionIds.takeUp, idOf('monday', '2027-01-11'))).toMatch(/a later Monday takes/);
  const started = (await it.store.runs.recent({ limit: 20 })).filter(
    ({ parent, askedAt }) => parent === null && askedAt >= over,
  );
  expect(started.map(({ key }) => key).toSorted()).toEqual(['pull:lakeside:2027-03', 'weekly:2027-01-18']);
  // Typed instead of pressed: the button says so too.
  await leadops(operator, 'intent run');
  expect(await press(operator, actionIds.takeUp, idOf('intent', '2027-01-20'))).toMatch(
    /was started by <@U01OPERATOR> already/,
  );
  const after = await said(id, 'ended');
  expect(buttonsOf(after?.blocks)).toEqual([]);
  expect(JSON.stringify(after?.blocks)).toMatch(/Pull of March 2027.*started by <@U01OPERATOR>/);
});

test('Resume under the message ends the pause by who pressed it, and says that nothing was passed over', async () => {
  await leadops(operator, 'pause lakeside because the contract is being renewed');
  const { id } = await onlyPause();
  expect(await press(outsider, actionIds.resumePause, String(id))).toMatch(/needs the role/);
  await press(operator, actionIds.resumePause, String(id));
  expect((await said(id, 'ended'))?.text).toMatch(/<@U01OPERATOR> ended the pause, and nothing was passed over/);
  expect(JSON.stringify((await said(id, 'began'))?.blocks)).not.toContain('"Resume"');
  expect(await press(operator, actionIds.resumePause, String(id))).toMatch(/is over already/);
});

test('a client is not paused by itself where everything is: resume says which pause it is', async () => {
  await leadops(approver, 'pause all because of an audit');
  expect(await leadops(operator, 'resume lakeside')).toMatch(
    /is not paused.*Everything\* is paused by .*`\/leadops resume everything` ends that/,
  );
});

test('the schedule and Home name the next of each kind with its zone, what was moved, what is not set up and what is paused', async () => {
  it.clock.set('2027-01-15T08:30:00-06:00');
  await it.people.operator.waitFor('the clock', () =>
    Promise.resolve(works.clock.now() < new Date('2027-01-16T00:00:00Z') || undefined),
  );
  await leadops(approver, 'pause intent until Feb 1 because its signals are old');
  const said = await leadops(operator, 'schedule');
  expect(said).toMatch(
    /⚪ \*Pull of March 2027\* — .*\(Fri, Jan 15, 9:00 in Chicago\).*not set up:\* no active client, or no login for Cole/,
  );
  expect(said).toMatch(
    /Monday run of Jan 18\* — .*\(Tue, Jan 19, 9:00 in Chicago\).*PT5 February 15–21.*moved by a US holiday from Mon, Jan 18/,
  );
  expect(said).toMatch(
    /⏸️ \*Intent poll of Mon, Jan 18\* — .*7:00 in New York\).*paused \(`\/leadops resume intent`\)/,
  );
  expect(said).toMatch(/\*Paused\*\n⏸️ \*Intent polling\* is paused by <@U02APPROVER> until/);
  await publishHome(deps, operator);
  const home = JSON.stringify(await it.people.operator.homeNow());
  expect(home).toMatch(/Next due.*Sign-in check on Sun, Jan 17.*Intent polling\* is paused by/);
});

test('another hour is shown before it takes effect, holds from tomorrow, and makes nothing come twice or never', async () => {
  expect(await leadops(operator, 'schedule set intent 8:15')).toMatch(/needs the role \*admin\*/);
  expect(await leadops('U03ADMIN', 'schedule set intent 25:00')).toMatch(
    /“25:00” is no time of day.*Nothing was changed/,
  );
  expect(await leadops('U03ADMIN', 'schedule set intent 7:00')).toMatch(/is set to 07:00 already/);
  const asked = await routes.commands['/leadops']?.(deps, {
    user: 'U03ADMIN',
    channel,
    text: 'schedule set intent 8:15',
  });
  // Half past nine in New York: Friday's poll has been.
  expect(JSON.stringify(asked?.blocks)).toMatch(/Mon, Jan 18, 2027: 7:00 → \*8:15\* EST.*Use this hour.*Leave it/);
  expect(await it.store.calendar.hours()).toEqual([]);
  expect(await press(operator, actionIds.useHour, 'intent|08:15')).toMatch(/needs the role/);
  expect(await press('U03ADMIN', actionIds.useHour, 'intent|08:15')).toMatch(/^Set\. /);
  expect(await it.store.calendar.hours()).toEqual([{ kind: 'intent', from: '2027-01-16', time: '08:15' }]);
  const told = await it.store.messages.find(null, 'hour of intent from 2027-01-16: 08:15');
  expect(told).toMatchObject({ channel: 'C0SUCCESS' });
});

test.each([
  ['before the hour, to an earlier one', '2027-01-15T11:00:00Z', '05:00'],
  ['before the hour, to a later one', '2027-01-15T11:00:00Z', '23:30'],
  ['after the hour, to an earlier one', '2027-01-15T13:00:00Z', '05:00'],
  ['after the hour, to a later one that is still ahead', '2027-01-15T13:00:00Z', '23:30'],
])('an hour that is changed on the day itself, %s: each day comes once', (_what, changed, time) => {
  const at = new Date(changed);
  const before = dueTimes(new Date('2027-01-15T06:00:00Z'), at, ['intent']);
  const change = { kind: 'intent' as const, from: day('2027-01-16'), time };
  const after = dueTimes(at, new Date('2027-01-20T06:00:00Z'), ['intent'], [change]);
  expect([...before, ...after].map((due) => due.day)).toEqual(['2027-01-15', '2027-01-18', '2027-01-19']);
});

/** The rows of the calendar and the runs, as a test of `why` needs them. */
const noted = async (kind: 'intent' | 'monthly', of: string, at: string, state: 'missed' | null) => {
  const due = { kind, day: day(of), at: new Date(at) };
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
    askedAt: works.clock.now(),
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
