import type { DueKind } from '../../pipeline/calendar/hours.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { sleep } from '../sleep.ts';
import type { CalendarStore, StoredDueTime } from '../store/calendar.ts';
import { standingAt, type Overdue } from './overdue.ts';

/** What is overdue is said within two minutes: a minute is patience, and two looks must see it. */
const everyMs = 15_000;
/** Two looks that see the same lie at least this far apart, real time. */
const betweenMs = 10_000;
/**
 * After a start, and after a clock that jumped, the scheduler gets this long (real time) to catch up: it believes a clock
 * that jumped after a minute.
 */
const settlingMs = 90_000;
/** A clock that went on by this much more or less than time did has jumped. */
const jumpMs = 60_000;
/** A look that does not end is left behind. */
const lookMs = 30_000;

export type WatcherParts = {
  readonly calendar: Pick<CalendarStore, 'lookedAt' | 'since' | 'hours'>;
  /** What somebody starts; what nobody does is not missed. */
  readonly kinds: readonly DueKind[];
  readonly clock: Clock;
  readonly log: Log;
  readonly say: {
    readonly overdue: (due: Overdue, lastTick: Date | null) => Promise<void>;
    /** It is known what became of it; says so where it was said that it is overdue. */
    readonly closed: (row: StoredDueTime) => Promise<void>;
  };
  /** A clock that only goes on, milliseconds. */
  readonly steady?: () => number;
  /** Null: whoever made it looks. */
  readonly everyMs?: number | null;
  /** Nothing needs to settle: this is the second process, and looks at an app that runs. */
  readonly settled?: boolean;
};

/** For monitors: no value of anybody's row in it. */
type CalendarHealth = {
  readonly ok: boolean;
  readonly lastTick: string | null;
  readonly overdue: string | null;
};

export type Watcher = {
  /** Answers how many are seen overdue, whether said already or not yet sure. */
  look(): Promise<number>;
  standing(): CalendarHealth;
  stop(): Promise<void>;
};

/**
 * Watches the calendar from outside the scheduler, with a timer and a reading of its own: whatever became of the scheduler, a
 * due time that nobody started is said within two minutes, once.
 */
export function startWatcher(parts: WatcherParts): Watcher {
  const { clock, log } = parts;
  const steady = parts.steady ?? (() => performance.now());
  let before: { readonly wall: number; readonly steady: number } | null = null;
  let settlingUntil = parts.settled ? -Infinity : steady() + settlingMs;
  /** When each was first seen overdue, by the steady clock. */
  const firstSeen = new Map<string, number>();
  const said = new Set<string>();
  const known = new Set<string>();
  let health: CalendarHealth = { ok: true, lastTick: null, overdue: null };
  let looking: { readonly since: number; readonly done: Promise<number> } | null = null;

  async function read(): Promise<number> {
    const now = { wall: clock.now().getTime(), steady: steady() };
    if (before && Math.abs(now.wall - before.wall - (now.steady - before.steady)) > jumpMs) {
      settlingUntil = now.steady + settlingMs;
      firstSeen.clear();
    }
    before = now;
    const { overdue, closed, lastTick } = await standingAt(parts.calendar, parts.kinds, new Date(now.wall));
    const late = new Map(overdue.map((due) => [keyOf(due), due]));
    for (const key of firstSeen.keys()) if (!late.has(key)) firstSeen.delete(key);
    const sure = [...late].filter(([key]) => {
      const first = firstSeen.get(key);
      if (first === undefined) firstSeen.set(key, now.steady);
      return first !== undefined && now.steady - first >= betweenMs && now.steady >= settlingUntil;
    });
    health = {
      ok: sure.length === 0,
      lastTick: lastTick?.toISOString() ?? null,
      overdue: sure.length === 0 ? null : sure.map(([key]) => key).join(', '),
    };
    for (const [key, due] of sure.filter(([key]) => !said.has(key))) {
      log.error({ due: due.kind, day: due.day, lastTick }, 'a due time did not start');
      await parts.say.overdue(due, lastTick);
      said.add(key);
    }
    for (const row of closed.filter((one) => !known.has(keyOf(one)))) {
      await parts.say.closed(row);
      known.add(keyOf(row));
    }
    return late.size;
  }

  async function look(): Promise<number> {
    if (looking && steady() - looking.since < lookMs) return looking.done;
    const done = read().catch((error: unknown) => {
      log.warn({ err: error }, 'the watcher could not look; it will again');
      return 0;
    });
    const mine = { since: steady(), done };
    looking = mine;
    const seen = await done;
    if (looking === mine) looking = null;
    return seen;
  }

  const every = parts.everyMs === undefined ? everyMs : parts.everyMs;
  const timer = every === null ? undefined : setInterval(() => void look(), every);
  timer?.unref();
  return {
    look,
    standing: () => health,
    async stop() {
      clearInterval(timer);
      const enough = new AbortController();
      await Promise.race([looking?.done, sleep(2_000, enough.signal)]);
      enough.abort();
    },
  };
}

const keyOf = ({ kind, day }: Pick<Overdue, 'kind' | 'day'>): string => `${kind} ${day}`;
