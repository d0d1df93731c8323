import { fromZonedTime } from 'date-fns-tz';
import { intentZone } from '../calendar/hours.ts';
import type { Day } from '../vocabulary.ts';
import { dayBefore, newYorkDay } from './days.ts';

/** A week of the budget: from Monday 00:00 in New York, `end` not included. 167 or 169 hours when clocks change. */
export type BudgetWeek = { readonly monday: Day; readonly start: Date; readonly end: Date };

export function budgetWeek(now: Date): BudgetWeek {
  const today = newYorkDay(now);
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = dayBefore(today, sinceMonday);
  const midnight = (day: Day) => fromZonedTime(`${day}T00:00:00`, intentZone);
  return { monday, start: midnight(monday), end: midnight(dayBefore(monday, -7)) };
}
