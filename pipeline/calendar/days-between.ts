import { differenceInCalendarDays, parseISO } from 'date-fns';
import type { Day } from '../vocabulary.ts';

/** Whole days from one day to another; negative where it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return differenceInCalendarDays(parseISO(to), parseISO(from));
}
