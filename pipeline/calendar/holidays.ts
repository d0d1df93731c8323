import { isAHoliday } from '@18f/us-federal-holidays';
import { addDays, format, parseISO } from 'date-fns';
import type { Day } from '../vocabulary.ts';

/** A US federal holiday, observed days included: a Veterans Day on a Sunday is kept on the Monday. */
export function isFederalHoliday(day: Day): boolean {
  return isAHoliday(parseISO(day), { shiftSaturdayHolidays: true, shiftSundayHolidays: true });
}

/** The day itself, or the first one after it that is neither a weekend nor a federal holiday. */
export function businessDayFrom(day: Day): Day {
  let date = parseISO(day);
  const text = () => format(date, 'yyyy-MM-dd') as Day; // formatted as a day
  while (date.getDay() === 0 || date.getDay() === 6 || isFederalHoliday(text())) date = addDays(date, 1);
  return text();
}
