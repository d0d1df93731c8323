import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { makeLog } from '../../src/log.ts';
import { startScheduler, type Scheduler } from '../../src/scheduler/index.ts';
import type { SchedulerParts } from '../../src/scheduler/parts.ts';
import type { CalendarStore } from '../../src/store/calendar.ts';
import { startWatcher, type Watcher } from '../../src/watcher/index.ts';
import { overdueMessages, purposeOf } from '../../src/watcher/say.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { day } from '../support/branded.ts';

let it: TestStore;
let now: Date;
let steadyMs = 0;
let running: { stop(): Promise<void> }[] = [];
const log = makeLog('silent');
const at = (text: string) => new Date(text);
/** Friday's poll: 7:00 in New York. */
const due: DueTime = { kind: 'intent', day: day('2027-01-15'), at: at('2027-01-15T12:00:00Z') };

beforeAll(async () => {
  it = await openTestStore();
});
afterAll(() => it.close());
beforeEach(() => {
  now = at('2027-01-15T11:50:00Z');
  steadyMs = 0;
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await it.empty('due_times', 'calendar_ticks', 'slack_messages');
});

/** Time goes on, in the world and on this machine. */
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
  steadyMs += seconds * 1_000;
};

function watcher(): Watcher {
  const one = startWatcher({
    calendar: it.store.calendar,
    kinds: ['intent'],
    clock: { now: () => now },
    log,
    say: overdueMessages(it.store, { LEADOPS_ADMINS: ['U03ADMIN'], CATCH_UP_HOURS: 12 }, 'C0SUCCESS'),
    steady: () => steadyMs,
    everyMs: null,
  });
  running.push(one);
  return one;
}

function scheduler(more: Partial<SchedulerParts> = {}): Scheduler {
  const one = startScheduler({
    calendar: it.store.calendar,
    pauses: it.store.pauses,
    handlers: {
      intent: { start: () => Promise.resolve({ state: 'off', runId: null }), missed: () => Promise.resolve() },
    },
    clock: { now: () => now },
    worker: 'host:m:p:4711:s:w',
    graceMs: 12 * 3_600_000,
    log,
    confirmMs: 0,
    steady: () => steadyMs,
    onTrouble: () => Promise.resolve(),
    ...more,
  });
  running.push(one);
  return one;
}

/** Looks every 15 seconds, as its own timer does, for so long; answers when the alarm was there, seconds after it was due. */
async function watchFor(one: Watcher, seconds: number, meanwhile?: () => Promise<unknown>): Promise<number | null> {
  for (let passed = 0; passed < seconds; passed += 15) {
    pass(15);
    await meanwhile?.();
    await one.look();
    if (await alarm()) return (now.getTime() - due.at.getTime()) / 1_000;
  }
  return null;
}

const alarm = () => it.store.messages.find(null, purposeOf(due));

test('a due time that a stopped scheduler left is said within two minutes, once, and says when it did start', async () => {
  const first = scheduler();
  await first.tick();
  await first.stop();
  const one = watcher();
  const late = await watchFor(one, 900);
  expect(late).toBeLessThanOrEqual(120);
  const message = await alarm();
  expect(message).toMatchObject({ channel: 'C0SUCCESS' });
  expect(message?.text).toMatch(/🚨 <@U03ADMIN> \*Intent poll of Fri, Jan 15\* was due .* and did not start/);
  expect(JSON.stringify(message?.blocks)).toMatch(/leadops intent run.*looked at last .*no process has taken it/);
  expect(one.standing()).toMatchObject({ ok: false, overdue: 'intent 2027-01-15' });
  await watchFor(one, 60);
  expect((await alarm())?.revision).toBe(message?.revision);

  await scheduler().tick();
  await one.look();
  expect((await alarm())?.text).toMatch(/Intent poll of Fri, Jan 15.*was not started: it is not set up here/);
  expect(one.standing()).toMatchObject({ ok: true, overdue: null });
});

test('while the scheduler does its work nothing is said, also where a clock jumps over many due times', async () => {
  const works = scheduler();
  await works.tick();
  const one = watcher();
  expect(await watchFor(one, 900, () => works.tick())).toBeNull();
  // The machine slept through two weeks; the scheduler believes its clock a minute later.
  now = at('2027-01-29T12:10:05Z');
  expect(await watchFor(one, 60)).toBeNull();
  await works.tick();
  await watchFor(one, 300, () => works.tick());
  expect((await it.db.from('slack_messages').select('purpose')).data).toEqual([]);
});

test('where nobody ever ticks (only a cron elsewhere starts things) nothing is overdue', async () => {
  expect(await watchFor(watcher(), 900)).toBeNull();
});

test('a process that took it and hangs is named', async () => {
  const never = new Promise<never>(() => undefined);
  const hangs = scheduler({
    handlers: { intent: { start: () => never, missed: () => Promise.resolve() } },
    patienceMs: { look: 50, handle: 20 },
  });
  await hangs.tick();
  const one = watcher();
  expect(await watchFor(one, 900, () => hangs.tick())).toBeLessThanOrEqual(120);
  expect(JSON.stringify((await alarm())?.blocks)).toMatch(/process 4711 on host took it/);
});

test('a handler that never answers keeps neither the other due times nor the next look waiting', async () => {
  const never = new Promise<never>(() => undefined);
  const started: string[] = [];
  let hangs = true;
  const one = scheduler({
    handlers: {
      monday: { start: () => (hangs ? never : start('monday')), missed: () => Promise.resolve() },
      intent: { start: () => start('intent'), missed: () => Promise.resolve() },
    },
    patienceMs: { look: 5_000, handle: 50 },
  });
  const start = (kind: string) => {
    started.push(kind);
    return Promise.resolve({ state: 'off' as const, runId: null });
  };
  await one.tick();
  now = at('2027-01-25T15:00:05Z');
  await one.tick();
  expect(started).toEqual(['intent']);
  hangs = false;
  // The claim of the one that hangs runs out.
  await it.db.from('due_times').update({ claimed_until: '2020-01-01T00:00:00Z' }).eq('state', 'due');
  await one.tick();
  expect(started).toEqual(['intent', 'monday']);
});

test('a database that does not answer for a while holds one look up, and what came due meanwhile comes', async () => {
  const { calendar } = it.store;
  let away: 'hangs' | 'refuses' | null = null;
  const flaky: CalendarStore = {
    ...calendar,
    claim: (...asked) => {
      if (away === 'hangs') return new Promise(() => undefined);
      return away === 'refuses' ? Promise.reject(new Error('away')) : calendar.claim(...asked);
    },
  };
  const one = scheduler({ calendar: flaky, patienceMs: { look: 100, handle: 100 } });
  await one.tick();
  now = at('2027-01-15T12:00:05Z');
  for (away of ['hangs', 'refuses'] as const) await one.tick();
  expect(await calendar.find(due)).toMatchObject({ state: 'due' });
  away = null;
  await one.tick();
  expect(await calendar.find(due)).toMatchObject({ state: 'off' });
});
