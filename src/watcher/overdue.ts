import { dueTimes, type DueTime } from '../../pipeline/calendar/due-times.ts';
import type { DueKind } from '../../pipeline/calendar/hours.ts';
import type { CalendarStore, StoredDueTime } from '../store/calendar.ts';

/** A due time is started within seconds; after this long it is overdue. */
const patienceMs = 60_000;
/** Older ones are history: the scheduler's grace period is shorter. */
const backMs = 24 * 3_600_000;

export type Overdue = DueTime & { readonly claimedBy: string | null };

export type Standing = {
  /** How far the calendar was looked at; null: never, and nothing was due. */
  readonly lastTick: Date | null;
  readonly overdue: readonly Overdue[];
  /** What became of the others of the last day. */
  readonly closed: readonly StoredDueTime[];
};

/**
 * What was due and has no row, or one that nobody closed. Read from the rows alone: whether the scheduler runs, hangs or
 * never began does not matter to it.
 */
export async function standingAt(
  calendar: Pick<CalendarStore, 'lookedAt' | 'since' | 'hours'>,
  kinds: readonly DueKind[],
  now: Date,
): Promise<Standing> {
  const lastTick = await calendar.lookedAt();
  const from = new Date(now.getTime() - backMs);
  const until = new Date(now.getTime() - patienceMs);
  const rows = await calendar.since(from);
  const isKnown = (due: Pick<DueTime, 'kind' | 'day'>) =>
    rows.some(({ kind, day }) => kind === due.kind && day === due.day);
  // Up to the last look everything that was due has its row; before the first look ever nothing was due.
  const since = lastTick && new Date(Math.max(lastTick.getTime(), from.getTime()));
  const unseen = since === null || since > until ? [] : dueTimes(since, until, kinds, await calendar.hours());
  return {
    lastTick,
    overdue: [
      ...rows.filter(({ state, at, kind }) => state === 'due' && at <= until && kinds.includes(kind)),
      ...unseen.filter((due) => !isKnown(due)).map((due) => ({ ...due, claimedBy: null })),
    ],
    closed: rows.filter(({ state }) => state !== 'due'),
  };
}
