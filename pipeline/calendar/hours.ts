import type { Day } from '../vocabulary.ts';

/*
 * The zones and hours of the calendar (docs/sop.md#calendar). Hours are what the clock on the wall shows: daylight saving
 * moves the instant and never the hour. Another hour for one team is a setting (`leadops schedule set`), and has a first day;
 * another default is one edit here, and tests/calendar/github-actions.test.ts then asks for the same in .github/workflows.
 */

/** Months, Mondays and "today" are the agency's. */
export const agencyZone = 'America/Chicago';
/** Intent polling counts its days, weeks and batches in New York. */
export const intentZone = 'America/New_York';

/** What the calendar wants done: the month's pulls, a Monday, a poll, the evening's look at every login. */
export const dueKinds = ['monthly', 'monday', 'intent', 'check'] as const;
export type DueKind = (typeof dueKinds)[number];

export const zones: Readonly<Record<DueKind, string>> = {
  monthly: agencyZone,
  monday: agencyZone,
  intent: intentZone,
  check: agencyZone,
};

/** The hours where nobody set another: wall-clock time, `HH:MM`. */
export const usualTimes: Readonly<Record<DueKind, string>> = {
  monthly: '09:00',
  monday: '09:00',
  intent: '07:00',
  check: '18:00',
};

/** An hour that somebody set. It holds from a day on, so that every day has one hour, before and after. */
export type HourChange = { readonly kind: DueKind; readonly from: Day; /** `HH:MM` */ readonly time: string };

/** The hour of a day on which something is due. */
export function timeOn(kind: DueKind, day: Day, changes: readonly HourChange[]): string {
  const last = changes
    .filter((change) => change.kind === kind && change.from <= day)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
  return last?.time ?? usualTimes[kind];
}

/** `9:00 in Chicago`. */
export const inWords = (time: string, zone: string): string =>
  `${time.replace(/^0/, '')} in ${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}`;
