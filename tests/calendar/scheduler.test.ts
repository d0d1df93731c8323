import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { makeLog } from '../../src/log.ts';
import { startScheduler, type Scheduler } from '../../src/scheduler/index.ts';
import type { ClockTrouble } from '../../src/scheduler/parts.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let now: Date;
let running: Scheduler[] = [];
let started: string[] = [];
let missed: string[] = [];
let dies = false;
let troubles: ClockTrouble[] = [];
/** A clock that jumps is believed at once, unless a test says after how many milliseconds of `steady`. */
let confirmMs = 0;
let steadyMs = 0;
const log = makeLog('silent');
const at = (text: string) => new Date(text);
const hour = 3_600_000;

beforeAll(async () => {
  it = await openTestStore();
  await it.store.clients.save(lakeside);
});
afterAll(() => it.close());
beforeEach(() => {
  [started, missed, dies, troubles] = [[], [], false, []];
  [confirmMs, steadyMs] = [0, 0];
  // Friday 15 January 2027, 8:55 in Chicago; Monday the 18th is a holiday.
  now = at('2027-01-15T14:55:00Z');
});
afterEach(async () => {
  await Promise.all(running.map((scheduler) => scheduler.stop()));
  running = [];
  await it.empty('passed_over', 'pauses', 'due_times', 'calendar_ticks', 'agent_runs');
});

/** A scheduler whose due times start a run under a key of their own, as the app's do. */
function scheduler(worker = 'one'): Scheduler {
  const handler = {
    async start(due: DueTime) {
      const { run } = await it.store.runs.start(
        newRun({
          workflow: due.kind === 'monday' ? 'weekly' : 'intent',
          month: null,
          key: `${due.kind}:${due.day}`,
          trigger: 'scheduled',
          args: { monday: due.day, due: due.day },
          askedAt: now,
        }),
      );
      started.push(`${due.kind} ${due.day} ${run.id}`);
      if (dies) throw new Error('the process died here');
      return { state: 'started' as const, runId: run.id };
    },
    missed(due: DueTime) {
      missed.push(`${due.kind} ${due.day}`);
      return Promise.resolve();
    },
  };
  const one = startScheduler({
    calendar: it.store.calendar,
    pauses: it.store.pauses,
    handlers: { monday: handler, intent: handler },
    clock: { now: () => now },
    worker,
    graceMs: 12 * hour,
    log,
    confirmMs,
    steady: () => steadyMs,
    onTrouble: (trouble) => {
      troubles.push(trouble);
      return Promise.resolve();
    },
  });
  running.push(one);
  return one;
}

const days = () => started.map((line) => line.split(' ').slice(0, 2).join(' '));

test('before its first look ever nothing was due, then every due time comes up once', async () => {
  const one = scheduler();
  await one.tick();
  expect(days()).toEqual([]);
  now = at('2027-01-19T15:00:00Z');
  await one.tick();
  await one.tick();
  // Intent polling runs on a holiday; the Monday's work moves to the Tuesday and stands for its Monday.
  expect(missed).toEqual(['intent 2027-01-18']);
  expect(days()).toEqual(['intent 2027-01-19', 'monday 2027-01-18']);
});

test('of several processes one starts it', async () => {
  await scheduler('one').tick();
  now = at('2027-01-18T12:00:01Z');
  await Promise.all(['two', 'three', 'four'].map((worker) => scheduler(worker).tick()));
  expect(days()).toEqual(['intent 2027-01-18']);
});

test('what came up while no process ran is caught up within the grace period and says how late it is', async () => {
  const before = scheduler('before');
  await before.tick();
  await before.stop();
  now = at('2027-01-18T20:30:00Z');
  await scheduler('after').tick();
  expect(days()).toEqual(['intent 2027-01-18']);
  const [row] = await it.store.calendar.recent(1);
  expect(row).toMatchObject({ state: 'started', lateSeconds: 8.5 * 3_600 });
});

test('a process that dies between the start and its record starts nothing twice', async () => {
  const first = scheduler('first');
  await first.tick();
  now = at('2027-01-18T12:00:01Z');
  dies = true;
  await first.tick();
  dies = false;
  // The dead one's claim runs out.
  await it.db
    .from('due_times')
    .update({ claimed_until: at('2020-01-01T00:00:00Z').toISOString() })
    .eq('state', 'due');
  await scheduler('second').tick();
  expect(new Set(started).size).toBe(1);
  expect(await it.store.calendar.recent(5)).toMatchObject([{ kind: 'intent', day: '2027-01-18', state: 'started' }]);
});

test.each([
  ['within the grace period, after the pause was over', '2027-01-18T13:00:00Z', '2027-01-18T15:00:00Z'],
  ['a day later, in the pause', '2027-01-25T00:00:00Z', '2027-01-19T12:30:00Z'],
])('what was due in a pause is passed over when the next process looks %s', async (_, until, looks) => {
  const before = scheduler('before');
  await before.tick();
  await before.stop();
  const pause = { client: null, workflow: null, reason: 'a holiday', by: 'U1', since: now, until: at(until) };
  const id = (await it.store.pauses.begin(pause))?.id ?? 0;
  now = at(looks);
  await scheduler('after').tick();
  expect([days(), missed]).toEqual([[], []]);
  expect(await it.store.pauses.passedOver(id)).toContainEqual(
    expect.objectContaining({ kind: 'intent', day: '2027-01-18', client: null }),
  );
  await it.store.pauses.end(id, now, 'U1');
});

/** The clock says this, after so many steady minutes. */
async function lookAt(one: Scheduler, time: string, steadyMinutes = 1): Promise<void> {
  now = at(time);
  steadyMs += steadyMinutes * 60_000;
  await one.tick();
}

const lookedAt = async () => (await it.store.calendar.lookedAt())?.toISOString();

test('one tick of a clock ten years ahead leaves no trace, and the calendar goes on', async () => {
  confirmMs = 60_000;
  const one = scheduler();
  await one.tick();
  await lookAt(one, '2037-01-15T15:00:00Z');
  expect(await lookedAt()).toBe('2027-01-15T14:55:00.000Z');
  await lookAt(one, '2027-01-15T14:57:00Z');
  expect(await it.store.calendar.recent(5)).toEqual([]);
  // The weekend passes in a process that is up all the time.
  await lookAt(one, '2027-01-18T12:00:01Z', 69 * 60);
  expect(days()).toEqual(['intent 2027-01-18']);
  expect([missed, troubles]).toEqual([[], []]);
});

test('a clock that stays years ahead for an hour is followed, then taken back, said once, and nothing is silent after', async () => {
  const one = scheduler();
  await one.tick();
  await lookAt(one, '2037-01-16T15:00:00Z');
  await lookAt(one, '2037-01-16T16:00:00Z', 60);
  const ahead = await it.store.calendar.recent(100);
  // Of ten years no more than five weeks are looked at.
  expect(ahead.every((row) => row.at > at('2036-12-12T00:00:00Z'))).toBe(true);
  missed = [];
  await lookAt(one, '2027-01-15T16:10:00Z');
  // Of the ten years between it is said that nobody looked.
  expect(troubles).toMatchObject([
    { kind: 'long absence', last: at('2027-01-15T14:55:00Z') },
    { kind: 'was ahead', taken: { now: at('2027-01-15T14:55:00Z') } },
  ]);
  const left = await it.store.calendar.recent(100);
  expect(left.every((row) => row.runId !== null)).toBe(true);
  await lookAt(one, '2027-01-18T12:00:01Z', 68 * 60);
  await lookAt(one, '2027-01-19T15:00:01Z', 27 * 60);
  expect(days().slice(-3)).toEqual(['intent 2027-01-18', 'intent 2027-01-19', 'monday 2027-01-18']);
  expect([missed, troubles.length]).toEqual([[], 2]);
});

test('what an older LeadOps left years ahead is taken back by the first look', async () => {
  await it.store.calendar.note([{ kind: 'intent', day: '2027-01-11', at: at('2027-01-11T12:00:00Z') } as DueTime], now);
  await it.store.calendar.close({ kind: 'intent', day: '2027-01-11' } as DueTime, {
    state: 'covered',
    runId: null,
    lateSeconds: 0,
  });
  await it.store.calendar.note(
    [{ kind: 'intent', day: '2037-01-12', at: at('2037-01-12T12:00:00Z') } as DueTime],
    at('2037-01-15T00:00:00Z'),
  );
  const one = scheduler();
  await one.tick();
  expect(await it.store.calendar.recent(5)).toMatchObject([{ day: '2027-01-11' }]);
  await lookAt(one, '2027-01-18T12:00:01Z', 69 * 60);
  expect(days()).toEqual(['intent 2027-01-18']);
});

test('a clock that begins in 1970 starts nothing and takes nothing back, says so once, and is right later', async () => {
  const first = scheduler();
  await first.tick();
  await lookAt(first, '2027-01-18T12:00:01Z', 69 * 60);
  await first.stop();
  await it.store.calendar.note([{ kind: 'intent', day: '2027-01-19', at: at('2027-01-19T12:00:00Z') } as DueTime], now);
  started = [];
  now = at('1970-01-01T00:00:10Z');
  const one = scheduler();
  await one.tick();
  await lookAt(one, '1970-01-01T00:01:10Z');
  expect(troubles.map(({ kind }) => kind)).toEqual(['behind']);
  expect([started, await lookedAt()]).toEqual([[], '2027-01-18T12:00:01.000Z']);
  await lookAt(one, '2027-01-19T12:00:30Z');
  expect(days()).toEqual(['intent 2027-01-19']);
  expect(missed).toEqual([]);
});

test('of two processes the one whose clock is hours off the database’s notes nothing and says so once', async () => {
  const off = startScheduler({
    calendar: it.store.calendar,
    pauses: it.store.pauses,
    handlers: {},
    clock: { now: () => new Date(Date.now() + 30 * 24 * hour) },
    worker: 'off',
    graceMs: 12 * hour,
    log,
    confirmMs: 0,
    machineTime: true,
    onTrouble: (trouble) => {
      troubles.push(trouble);
      return Promise.resolve();
    },
  });
  running.push(off);
  await off.tick();
  await off.tick();
  expect([await lookedAt(), troubles.map(({ kind }) => kind)]).toEqual([undefined, ['disagrees']]);
});
