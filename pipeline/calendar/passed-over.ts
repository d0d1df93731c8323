import { newYorkDay } from '../intent/days.ts';
import { addMonths } from '../month.ts';
import { mondayOf } from '../renewal.ts';
import type { Day, Month } from '../vocabulary.ts';
import { agencyDay } from './agency-day.ts';
import { dayAfter, type DueTime } from './due-times.ts';

/** The renewal month that a 15th pulls (docs/sop.md#calendar). */
export const monthOfThe15th = (day: Day): Month => addMonths(day.slice(0, 7) as Month, 2); // a day begins with its month

/** Whether what was due can still be done, and if not, why. */
export type StillUseful = 'yes' | 'month is over' | 'a later Monday takes it' | 'its day is over';

/** Whether it still makes sense to start something that was due earlier. */
export function stillUseful({ kind, day }: Pick<DueTime, 'kind' | 'day'>, now: Date): StillUseful {
  const today = agencyDay(now);
  switch (kind) {
    case 'monthly':
      return monthOfThe15th(day) >= today.slice(0, 7) ? 'yes' : 'month is over';
    case 'monday':
      // Every Monday takes the windows and lists of those before it that were left.
      return day === mondayOf(today) ? 'yes' : 'a later Monday takes it';
    case 'intent':
      return day === newYorkDay(now) ? 'yes' : 'its day is over';
    case 'check':
      // The evening before that day.
      return dayAfter(day) >= today ? 'yes' : 'its day is over';
  }
}
