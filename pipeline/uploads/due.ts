import { addMonths } from '../month.ts';
import { daysBetween } from '../calendar/days-between.ts';
import { dueMonday, windowDueOn, windowsOf } from '../renewal.ts';
import type { Day, Month, RenewalWindow } from '../vocabulary.ts';

/** How a Monday finds a month: its first window is due today; or earlier, and leads may have come since. */
export type DueMonth = { readonly month: Month; readonly first: boolean };

/** Months whose lists are made by now: the Monday of the first window has come, and the last window is not over. */
export function monthsDue(monday: Day): readonly DueMonth[] {
  const now = monday.slice(0, 7) as Month; // the first seven characters of a day are its month
  return [now, addMonths(now, 1), addMonths(now, 2)].flatMap((month) => {
    const [first, , , last] = windowsOf(month);
    const due = dueMonday(first);
    return due <= monday && last.end >= monday ? [{ month, first: due === monday }] : [];
  });
}

/** Windows whose last day has not passed: a list of a window that is over would be useless. */
export function openWindows(month: Month, today: Day): readonly RenewalWindow[] {
  return windowsOf(month).filter(({ end }) => end >= today);
}

/**
 * Windows to attach by this Monday, oldest first: the one that is due, and those of Mondays before it whose lists are up
 * and in no campaign.
 */
export function windowsToAttach(monday: Day, unattached: readonly RenewalWindow[]): readonly RenewalWindow[] {
  const due = windowDueOn(monday);
  const all = [...unattached.filter((window) => dueMonday(window) <= monday), ...(due ? [due] : [])];
  const byStart = new Map(all.map((window) => [window.start, window]));
  return [...byStart.values()].toSorted((a, b) => (a.start < b.start ? -1 : 1));
}

/** Whether a window begins too soon to be caught up without asking (docs/sop.md#catching-up). */
export function isLate(window: RenewalWindow, today: Day, leastDays: number): boolean {
  return daysBetween(today, window.start) < leastDays;
}
