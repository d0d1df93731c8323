import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { readCliConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { startScheduler, type Scheduler } from '../../src/scheduler/index.ts';
import { monthlyDue } from '../../src/scheduler/monthly.ts';
import { cardsOver } from '../../src/wiring/cards.ts';
import { month } from '../support/branded.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let now: Date;
let running: Scheduler[] = [];
const success = 'C03SUCCESS';
/** The 15th, nine in Chicago. */
const nine = new Date('2027-01-15T15:00:00Z');
const minutes = 60_000;
const hours = 60 * minutes;
const at = (ms: number) => (now = new Date(nine.getTime() + ms));

beforeAll(async () => {
  it = await openTestStore();
  await it.store.clients.save(lakeside);
  await it.store.credentials.set('cole', 'TX', { username: 'u', secret: 'x', owner: null });
  await it.store.clients.saveMember({ slackId: 'U02APPROVER', role: 'approver', client: '*', backup: null });
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await it.empty('due_times', 'calendar_ticks', 'slack_messages', 'agent_runs');
});
afterAll(() => it.close());

/** A process with the calendar's 15th, as the app has it; nobody works on what it starts. */
function process(): Scheduler {
  const log = makeLog('silent');
  const clock = { now: () => now };
  const { LEADOPS_ADMINS } = readCliConfig({
    DATA_DIR: it.dataDir,
    COLE_URL: 'http://127.0.0.1:9',
    CLAY_URL: 'http://127.0.0.1:9',
  });
  const notifier = cardsOver({ store: it.store, clock, log, config: { LEADOPS_ADMINS, SUCCESS_CHANNEL: success } });
  const { runs } = it.store;
  const runner: Parameters<typeof monthlyDue>[0]['runner'] = { start: (run) => runs.start(run) };
  const one = startScheduler({
    calendar: it.store.calendar,
    pauses: it.store.pauses,
    handlers: { monthly: monthlyDue({ store: it.store, clock, notifier, runner, config: { LEADOPS_ADMINS } }) },
    clock,
    worker: 'one',
    graceMs: 12 * hours,
    log,
    confirmMs: 0,
    onTrouble: () => Promise.resolve(),
  });
  running.push(one);
  return one;
}

/** One process looked before the 15th and is gone; another looks so long after nine. */
async function down(untilMs: number): Promise<void> {
  at(-hours);
  const before = process();
  await before.tick();
  await before.stop();
  at(untilMs);
  await process().tick();
}

const months = () => it.store.runs.recent({ workflow: 'monthly', limit: 9 });
const said = async () =>
  ((await it.db.from('slack_messages').select('purpose,channel,text,blocks').order('id')).data ?? []).map((row) => ({
    ...row,
    blocks: row.blocks as object[], // written from blocks
  }));
const due = { kind: 'monthly', day: '2027-01-15' } as const;
const row = async () => it.store.calendar.find({ ...due, day: due.day as never });

test('on the 15th at nine the month after next is pulled, once', async () => {
  await down(0);
  await process().tick();
  expect(await months()).toMatchObject([
    { month: '2027-03', key: 'monthly:2027-03', trigger: 'scheduled', args: { due: '2027-01-15' }, client: null },
  ]);
  const [card, ...others] = await said();
  expect(card).toMatchObject({ purpose: 'card', channel: success, text: '🕓 Monthly pull · March 2027 is queued.' });
  expect(others).toEqual([]);
});

test('a process that was down over the 15th catches up, and says how late it is', async () => {
  await down(3 * hours);
  expect(await months()).toHaveLength(1);
  expect(await row()).toMatchObject({ state: 'started', lateSeconds: 3 * 3_600 });
  expect((await said()).map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^⏰ This was due .* and began 3 h 00 min late/),
  );
});

test('after thirteen hours it is missed, and who may do it now is told what to type', async () => {
  await down(13 * hours);
  expect(await months()).toEqual([]);
  expect(await row()).toMatchObject({ state: 'missed' });
  const messages = await said();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ channel: success });
  expect(messages.map(words).join()).toMatch(
    /pulls of March 2027 were missed.*`\/leadops monthly 2027-03` starts them.*<@U02APPROVER>/s,
  );
});

test.each([
  ['live', null],
  ['done', 'success'],
] as const)('where somebody’s run of the month is %s, the 15th starts none', async (_name, status) => {
  const { run } = await it.store.runs.start(
    newRun({
      workflow: 'monthly',
      client: null,
      month: month('2027-03'),
      key: 'monthly:2027-03',
      requestedBy: 'U01OPERATOR',
    }),
  );
  if (status) await it.db.from('agent_runs').update({ status }).eq('id', run.id);
  await down(0);
  expect(await row()).toMatchObject({ state: 'covered', runId: run.id });
  expect(await months()).toHaveLength(1);
});

test('a month that failed, or a dry run of it, covers nothing', async () => {
  for (const more of [{ dryRun: true, key: 'monthly:2027-03:preview' }, { key: 'monthly:2027-03' }]) {
    const { run } = await it.store.runs.start(
      newRun({ workflow: 'monthly', client: null, month: month('2027-03'), ...more }),
    );
    if (!more.dryRun) await it.db.from('agent_runs').update({ status: 'failed' }).eq('id', run.id);
  }
  await down(0);
  expect(await row()).toMatchObject({ state: 'started' });
});

test('where there is no client or no login for Cole, nothing is started and nothing was missed', async () => {
  await it.store.clients.save({ ...lakeside, active: false });
  await down(0);
  expect(await row()).toMatchObject({ state: 'off' });
  await it.empty('due_times', 'calendar_ticks');
  await down(13 * hours);
  expect(await said()).toEqual([]);
  await it.store.clients.save(lakeside);
});
