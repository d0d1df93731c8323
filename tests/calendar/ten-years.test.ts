import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { dueTimes, type DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import { makeLog } from '../../src/log.ts';
import { startScheduler } from '../../src/scheduler/index.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

jest.setTimeout(180_000);

const hour = 3_600_000;
const years = Array.from({ length: 10 }, (_, index) => 2027 + index);

/** What a clock on the wall shows, by Intl: another source than the code's. */
type Wall = { readonly year: number; readonly month: number; readonly day: number; readonly hour: number };
function wallIn(zone: string): (at: number) => Wall & { readonly weekday: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => parts.get(part) ?? 0) as [
      number,
      number,
      number,
    ]; // three in, three out
    return {
      year,
      month,
      day,
      hour: parts.get('hour') ?? 0,
      weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    };
  };
}
const chicago = wallIn('America/Chicago');
const newYork = wallIn('America/New_York');

const dayOf = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const text = (date: Date) => date.toISOString().slice(0, 10);

/** The federal holidays that fall on a Monday, or are kept on one, by the law's own rules. */
function mondayHolidays(year: number): Set<string> {
  const found = new Set<string>();
  const nth = (month: number, n: number) => {
    const first = dayOf(year, month, 1).getUTCDay();
    return dayOf(year, month, 1 + ((8 - first) % 7) + 7 * (n - 1));
  };
  for (const [month, n] of [
    [1, 3],
    [2, 3],
    [9, 1],
    [10, 2],
  ] as const)
    found.add(text(nth(month, n)));
  const fifth = nth(5, 5);
  found.add(text(fifth.getUTCMonth() === 4 ? fifth : nth(5, 4)));
  for (const [month, day] of [
    [1, 1],
    [6, 19],
    [7, 4],
    [11, 11],
    [12, 25],
  ] as const) {
    const date = dayOf(year, month, day);
    if (date.getUTCDay() === 1) found.add(text(date));
    if (date.getUTCDay() === 0) found.add(text(new Date(date.getTime() + 24 * hour)));
  }
  return found;
}
const holidays = new Map(years.map((year) => [year, mondayHolidays(year)]));

/** What is due at this full hour: the team's table, in the plainest way there is. */
function dueAt(at: number): DueKind[] {
  const [c, n] = [chicago(at), newYork(at)];
  const kinds: DueKind[] = [];
  if (c.hour === 9 && c.day === 15) kinds.push('monthly');
  const today = dayOf(c.year, c.month, c.day);
  const yesterday = new Date(today.getTime() - 24 * hour);
  const isHoliday = (date: Date) => holidays.get(date.getUTCFullYear())?.has(text(date)) ?? false;
  const monday = c.weekday === 1 && !isHoliday(today);
  const moved = c.weekday === 2 && isHoliday(yesterday);
  if (c.hour === 9 && (monday || moved)) kinds.push('monday');
  if (n.hour === 7 && n.weekday >= 1 && n.weekday <= 5) kinds.push('intent');
  if (c.hour === 18 && (c.day === 14 || c.weekday === 0)) kinds.push('check');
  return kinds;
}

function expectedBetween(from: number, to: number): string[] {
  const found: string[] = [];
  for (let at = Math.floor(from / hour) * hour + hour; at <= to; at += hour)
    for (const kind of dueAt(at)) found.push(`${new Date(at).toISOString()} ${kind}`);
  return found.toSorted();
}
const named = (due: readonly Pick<DueTime, 'kind' | 'at'>[]) =>
  due.map(({ kind, at }) => `${at.toISOString()} ${kind}`).toSorted();

test('ten years of due times are those of the table, each once, through every change of the clocks in both zones', () => {
  const [from, to] = [Date.UTC(2027, 0, 1), Date.UTC(2037, 0, 1)];
  const all = dueTimes(new Date(from), new Date(to));
  expect(named(all)).toEqual(expectedBetween(from, to));
  expect(new Set(all.map(({ kind, day }) => `${kind} ${day}`)).size).toBe(all.length);
  expect(all.filter(({ kind }) => kind === 'monthly')).toHaveLength(120);
});

/** The Sundays on which the clocks change: the second of March, the first of November. */
const changes = years.flatMap((year) =>
  (
    [
      [3, 2],
      [11, 1],
    ] as const
  ).map(([month, n]) => {
    const first = dayOf(year, month, 1).getUTCDay();
    return dayOf(year, month, 1 + ((7 - first) % 7) + 7 * (n - 1));
  }),
);

describe('a process that is down now and then, around every change of the clocks of ten years', () => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore();
  });
  afterAll(() => it.close());
  beforeEach(() => it.empty('due_times', 'calendar_ticks'));

  test.each(changes.map((sunday, index) => [text(sunday), index] as const))(
    'around %s each due time is started once, or missed and said',
    async (day, index) => {
      let now = Date.parse(`${day}T00:00:00Z`) - 36 * hour;
      const begins = now;
      const [started, missed]: [string[], string[]] = [[], []];
      const handler = {
        start(due: DueTime) {
          started.push(...named([due]));
          return Promise.resolve({ state: 'off' as const, runId: null });
        },
        missed(due: DueTime) {
          missed.push(...named([due]));
          return Promise.resolve();
        },
      };
      const looks: number[] = [];
      const look = async () => {
        // Each look is a process of its own, which was down until now.
        const one = startScheduler({
          calendar: it.store.calendar,
          pauses: it.store.pauses,
          handlers: { monthly: handler, monday: handler, intent: handler, check: handler },
          clock: { now: () => new Date(now) },
          worker: `process ${looks.length}`,
          graceMs: 12 * hour,
          log: makeLog('silent'),
          confirmMs: 0,
          onTrouble: () => Promise.reject(new Error('the clock is right')),
        });
        await one.tick();
        await one.stop();
        looks.push(now);
      };
      await look();
      // Down for 1 to 30 hours at a time: across a tick, a change of the clocks, the end of the grace period.
      const downHours = [7, 1, 13, 30, 4, 19, 2, 26, 9, 16];
      for (let turn = index; now < begins + 6 * 24 * hour; turn += 1) {
        now += (downHours[turn % downHours.length] ?? 1) * hour + 1_000;
        await look();
      }
      const due = expectedBetween(begins, now);
      expect([...started, ...missed].toSorted()).toEqual(due);
      const lateness = (one: string) => {
        const at = Date.parse(one.split(' ')[0] ?? '');
        return (looks.find((seen) => seen >= at) ?? 0) - at;
      };
      expect(missed.toSorted()).toEqual(due.filter((one) => lateness(one) > 12 * hour));
      const rows = await it.store.calendar.recent(100);
      expect(named(rows)).toEqual(due);
      expect(rows.filter(({ state }) => state === 'missed')).toHaveLength(missed.length);
    },
  );
});
