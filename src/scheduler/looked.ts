import { judge, jumpMs, type Belief } from './belief.ts';
import { longestAbsenceDays, type ClockTrouble, type SchedulerParts } from './parts.ts';

/** The time of the calendar as far as it can be believed, and how far it was looked at. */
export type CalendarTime = {
  /** Null: the clock is not believed, or what it says of the calendar cannot be; nothing is done now. */
  read(): Promise<{ readonly now: Date; readonly before: Date | 'never' } | null>;
  /** What was due until `now` is written down. */
  noted(now: Date): void;
  /** Tells somebody, once until the clock is right again. */
  say(trouble: ClockTrouble): Promise<void>;
};

export function makeCalendarTime(parts: SchedulerParts): CalendarTime {
  const { calendar, clock, log, confirmMs, onTrouble } = parts;
  const steady = parts.steady ?? (() => performance.now());
  let looked: Date | null = null;
  let belief: Belief = { held: null, doubted: null };
  /** What was said of the clock since it was last right. */
  const said = new Set<ClockTrouble['kind']>();

  /** Business time where it can be believed. */
  function timeNow(): Date | null {
    const reading = { wallMs: clock.now().getTime(), steadyMs: steady() };
    const doubtedBefore = belief.doubted;
    const { believed, ...next } = judge(belief, reading, confirmMs);
    belief = next;
    if (!believed && !doubtedBefore) {
      log.warn({ clock: new Date(reading.wallMs).toISOString() }, 'the clock jumped; it is not believed yet');
    }
    return believed ? new Date(reading.wallMs) : null;
  }

  async function say(trouble: ClockTrouble): Promise<void> {
    if (trouble.kind !== 'was ahead' && trouble.kind !== 'long absence' && said.has(trouble.kind)) return;
    log.error(
      { trouble: trouble.kind, ...('taken' in trouble && trouble.taken) },
      'the clock is or was wrong, or stood',
    );
    await onTrouble(trouble);
    said.add(trouble.kind);
  }

  /** How far the calendar was looked at, as long as that is not in the future; null: it cannot be said now. */
  async function lookedBefore(now: Date): Promise<Date | 'never' | null> {
    const isAhead = (at: Date) => at.getTime() - now.getTime() > jumpMs;
    looked ??= await calendar.lookedAt();
    // Another process may have taken it back already.
    if (looked && isAhead(looked)) looked = await calendar.lookedAt();
    if (!looked) return 'never';
    if (!isAhead(looked)) return looked;
    const taken = await calendar.takeBack(now, longestAbsenceDays);
    if (!taken) {
      const still = await calendar.lookedAt();
      if (still && isAhead(still)) await say({ kind: 'behind', now, looked: still });
      looked = null;
      return null;
    }
    await say({ kind: 'was ahead', taken });
    looked = taken.now;
    return looked;
  }

  return {
    async read() {
      if (!belief.held) {
        // After a start the clock is compared with the last look at the calendar: a longer absence counts as a jump.
        looked ??= await calendar.lookedAt();
        if (looked) belief = { held: { wallMs: looked.getTime(), steadyMs: steady() }, doubted: null };
      }
      const now = timeNow();
      const before = now && (await lookedBefore(now));
      return now && before ? { now, before } : null;
    },
    noted(now) {
      looked = now;
      for (const kind of ['behind', 'disagrees'] as const) said.delete(kind);
    },
    say,
  };
}
