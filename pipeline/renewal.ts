import { addDays, format, parseISO } from 'date-fns';
import { daysBetween } from './calendar/days-between.ts';
import { InvalidInput } from './errors.ts';
import { addMonths, dayOf, daysIn } from './month.ts';
import type { Day, Month, RenewalWindow } from './vocabulary.ts';

/** Day and month without a clock: `parseISO` of a date alone is local midnight, and `format` reads it back there. */
function shift(day: Day, days: number): Day {
  return format(addDays(parseISO(day), days), 'yyyy-MM-dd') as Day; // a day shifted by whole days is a day
}

const monthOfDay = (day: Day): Month => day.slice(0, 7) as Month; // the first seven characters of a day are its month

const dayNumber = (day: Day): number => Number(day.slice(8, 10));

/**
 * The day a policy renews in `renewalMonth`: the anniversary of the purchase. Bought on 29 February, it renews on the
 * 28th in a common year and on the 29th in a leap year.
 *
 * @throws InvalidInput when the home was bought in another month: such a row is quarantined, it has no renewal here
 */
export function renewalDate(purchaseDate: Day, renewalMonth: Month): Day {
  if (purchaseDate.slice(5, 7) !== renewalMonth.slice(5, 7)) {
    throw new InvalidInput(`A home bought on ${purchaseDate} does not renew in ${renewalMonth}`);
  }
  return dayOf(renewalMonth, dayNumber(purchaseDate));
}

/** The four windows of a month: days 1–7, 8–14, 15–21, 22 to the end. */
export function windowsOf(month: Month): readonly [RenewalWindow, RenewalWindow, RenewalWindow, RenewalWindow] {
  const window = (index: 1 | 2 | 3 | 4, start: number, end: number): RenewalWindow => ({
    month,
    index,
    start: dayOf(month, start),
    end: dayOf(month, end),
  });
  return [window(1, 1, 7), window(2, 8, 14), window(3, 15, 21), window(4, 22, daysIn(month))];
}

/** The one window a day lies in. */
export function windowOf(day: Day): RenewalWindow {
  const [first, second, third, fourth] = windowsOf(monthOfDay(day));
  const number = dayNumber(day);
  return number <= 7 ? first : number <= 14 ? second : number <= 21 ? third : fourth;
}

/** The Monday of the week `day` lies in; weeks begin on Monday. */
export function mondayOf(day: Day): Day {
  return shift(day, -((parseISO(day).getDay() + 6) % 7));
}

/**
 * The window that is due on a Monday: the one whose first day lies 28 to 34 days ahead (docs/sop.md#due-window).
 * @returns null where none begins in that week; first days are at least seven apart, so it is never two
 * @throws InvalidInput for another day of the week: its answers would give some windows to two days
 */
export function windowDueOn(monday: Day): RenewalWindow | null {
  if (mondayOf(monday) !== monday) throw new InvalidInput(`${monday} is not a Monday`);
  const earliest = shift(monday, 28);
  const month = monthOfDay(earliest);
  const windows = [...windowsOf(month), ...windowsOf(addMonths(month, 1))];
  return windows.find(({ start }) => isWithin(daysBetween(monday, start), 28, 34)) ?? null;
}

/** The Monday on which a window is due: the one `windowDueOn` answers with this window. */
export function dueMonday(window: RenewalWindow): Day {
  return mondayOf(shift(window.start, -28));
}

/** The window whose last day is the one before. */
export function windowBefore(window: RenewalWindow): RenewalWindow {
  return windowOf(shift(window.start, -1));
}

const isWithin = (value: number, low: number, high: number): boolean => value >= low && value <= high;
