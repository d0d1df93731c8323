import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { makeLog } from '../../src/log.ts';
import { startScheduler, type Scheduler } from '../../src/scheduler/index.ts';
import { lakeside } from '../support/clients.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let now: Date;
let running: Scheduler[] = [];
let started: string[] = [];
let missed: string[] = [];
let dies = false;
const log = makeLog('silent');
const at = (text: string) => new Date(text);
const hour = 3_600_000;

beforeEach(async () => {
  it = await openTestStore();
  await it.store.clients.save(lakeside);
  [started, missed, dies] = [[], [], false];
  // Friday 15 January 2027, 8:55 in Chicago; Monday the 18th is a holiday.
  now = at('2027-01-15T14:55:00Z');
});
afterEach(async () => {
  await Promise.all(running.map((scheduler) => scheduler.stop()));
  running = [];
  await it.close();
});

/** A scheduler whose due times start a run under a key of their own, as the app's do. */
function scheduler(worker = 'one'): Scheduler {
  const handler = {
    async start(due: DueTime) {
      const { run } = await it.store.runs.start({
        workflow: due.kind,
        client: 'lakeside',
        month: null,
        key: `${due.kind}:${due.day}`,
        trigger: 'scheduled',
        requestedBy: null,
        channel: null,
        dryRun: false,
        args: {},
        askedAt: now,
      });
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
    handlers: { monday: handler, intent: handler },
    clock: { now: () => now },
    worker,
    graceMs: 12 * hour,
    log,
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
