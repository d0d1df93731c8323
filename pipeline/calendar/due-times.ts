import { addDays, format, parseISO } from 'date-fns';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import { Unexpected } from '../errors.ts';
import { businessDayFrom } from './holidays.ts';
import { dueKinds, timeOn, zones, type DueKind, type HourChange } from './hours.ts';
import type { Day } from '../vocabulary.ts';

/** Something the calendar wants done: what, when, and the day it stands for (a Monday that moved stands for itself). */
export type DueTime = { readonly kind: DueKind; readonly at: Date; readonly day: Day };

const weekday = (day: Day) => parseISO(day).getDay();
const isMonday = (day: Day) => weekday(day) === 1;
const is15th = (day: Day) => day.endsWith('-15');
export const dayAfter = (day: Day): Day => format(addDays(parseISO(day), 1), 'yyyy-MM-dd') as Day; // formatted as a day

/** The day on which what is planned for a day happens; null where nothing is planned for it (docs/sop.md#calendar). */
const runsOn: Readonly<Record<DueKind, (day: Day) => Day | null>> = {
  monthly: (day) => (is15th(day) ? day : null),
  monday: (day) => (isMonday(day) ? businessDayFrom(day) : null),
  intent: (day) => (weekday(day) >= 1 && weekday(day) <= 5 ? day : null),
  // A Monday that moves keeps its Sunday evening: there is a day more to mend what was found.
  check: (day) => (is15th(dayAfter(day)) || isMonday(dayAfter(day)) ? day : null),
};

/** The longest a planned day moves: a Monday holiday, with room to spare. */
const longestMove = 7;

/**
 * Every due time after `from`, up to and with `to`, in order. A pure function of the two, the zones and the hours: whoever
 * ticks, and however late, each due time comes up exactly once between two ticks.
 *
 * @param hours that somebody set; where none is, the usual ones hold
 */
export function dueTimes(
  from: Date,
  to: Date,
  kinds: readonly DueKind[] = dueKinds,
  hours: readonly HourChange[] = [],
): DueTime[] {
  return kinds
    .flatMap((kind) => {
      const zone = zones[kind];
      const first = addDays(parseISO(formatInTimeZone(from, zone, 'yyyy-MM-dd')), -longestMove);
      const last = formatInTimeZone(to, zone, 'yyyy-MM-dd');
      const found: DueTime[] = [];
      for (let date = first; format(date, 'yyyy-MM-dd') <= last; date = addDays(date, 1)) {
        const day = format(date, 'yyyy-MM-dd') as Day; // formatted as a day
        const on = runsOn[kind](day);
        if (!on) continue;
        const at = fromZonedTime(`${on}T${timeOn(kind, on, hours)}:00`, zone);
        if (at > from && at <= to) found.push({ kind, at, day });
      }
      return found;
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.kind < b.kind ? -1 : 1));
}

/** Of the 15th the next one is at most a month away. */
const farthestDays = 40;

/** The next due time of a kind after a moment. */
export function nextDue(kind: DueKind, after: Date, hours: readonly HourChange[] = []): DueTime {
  const [next] = dueTimes(after, addDays(after, farthestDays), [kind], hours);
  if (!next) throw new Unexpected(`nothing of "${kind}" is due within ${farthestDays} days of ${after.toISOString()}`);
  return next;
}
