import { addDays, format, parseISO } from 'date-fns';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import { Unexpected } from '../errors.ts';
import { businessDayFrom } from './holidays.ts';
import { agencyZone, intentTime, intentZone, mondayTime } from './hours.ts';
import type { Day } from '../vocabulary.ts';

export const dueKinds = ['monday', 'intent'] as const;
export type DueKind = (typeof dueKinds)[number];

/** Something the calendar wants done: what, when, and the day it stands for (a Monday that moved stands for itself). */
export type DueTime = { readonly kind: DueKind; readonly at: Date; readonly day: Day };

type Rule = {
  readonly zone: string;
  /** Wall-clock time in the zone. */
  readonly time: string;
  /** The day on which what is planned for `day` happens; null where nothing is planned for it. */
  readonly runsOn: (day: Day) => Day | null;
};

const weekday = (day: Day) => parseISO(day).getDay();

/** docs/sop.md#calendar. Times are wall-clock times: daylight saving moves the instant, never the hour on the wall. */
const rules: Readonly<Record<DueKind, Rule>> = {
  monday: { zone: agencyZone, time: mondayTime, runsOn: (day) => (weekday(day) === 1 ? businessDayFrom(day) : null) },
  intent: {
    zone: intentZone,
    time: intentTime,
    runsOn: (day) => (weekday(day) >= 1 && weekday(day) <= 5 ? day : null),
  },
};

/** The longest a planned day moves: a Monday holiday, with room to spare. */
const longestMove = 7;

/**
 * Every due time after `from`, up to and with `to`, in order. A pure function of the two and the zones: whoever ticks,
 * and however late, each due time comes up exactly once between two ticks.
 */
export function dueTimes(from: Date, to: Date, kinds: readonly DueKind[] = dueKinds): DueTime[] {
  return kinds
    .flatMap((kind) => {
      const { zone, time, runsOn } = rules[kind];
      const first = addDays(parseISO(formatInTimeZone(from, zone, 'yyyy-MM-dd')), -longestMove);
      const last = formatInTimeZone(to, zone, 'yyyy-MM-dd');
      const found: DueTime[] = [];
      for (let date = first; format(date, 'yyyy-MM-dd') <= last; date = addDays(date, 1)) {
        const day = format(date, 'yyyy-MM-dd') as Day; // formatted as a day
        const on = runsOn(day);
        if (!on) continue;
        const at = fromZonedTime(`${on}T${time}:00`, zone);
        if (at > from && at <= to) found.push({ kind, at, day });
      }
      return found;
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.kind < b.kind ? -1 : 1));
}

/** The next due time of a kind after a moment. */
export function nextDue(kind: DueKind, after: Date): DueTime {
  const [next] = dueTimes(after, addDays(after, 21), [kind]);
  if (!next) throw new Unexpected(`nothing of "${kind}" is due within three weeks of ${after.toISOString()}`);
  return next;
}
