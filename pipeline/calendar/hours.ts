/*
 * The zones and hours of the calendar (docs/sop.md#calendar). Hours are what the clock on the wall shows: daylight saving
 * moves the instant and never the hour. Another hour is one edit here; tests/calendar/github-actions.test.ts then asks for
 * the same in .github/workflows/intent-poll.yml or agent-weekly.yml, for teams whose calendar is GitHub's.
 */

/** Months, Mondays and "today" are the agency's. */
export const agencyZone = 'America/Chicago';
/** Intent polling counts its days, weeks and batches in New York. */
export const intentZone = 'America/New_York';

export const mondayTime = '09:00';
export const intentTime = '07:00';

/** `9:00 in Chicago`. */
export const inWords = (time: string, zone: string): string =>
  `${time.replace(/^0/, '')} in ${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}`;
