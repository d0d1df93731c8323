import { formatInTimeZone } from 'date-fns-tz';
import { daysBetween } from '../calendar/days-between.ts';
import { intentZone } from '../calendar/hours.ts';
import { parseDay } from '../normalise/day.ts';
import type { Day } from '../vocabulary.ts';

const dayMs = 86_400_000;

/** An instant with its zone: `2026-01-29T02:30:00Z`. */
const instant = /^\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(?:Z|[+-]\d{2}:?\d{2})$/;
const midnight = /^00:00(?::00(?:\.0+)?)?$/;

export function newYorkDay(at: Date): Day {
  // The format is a Day's, of a date that exists.
  return formatInTimeZone(at, intentZone, 'yyyy-MM-dd') as Day;
}

/**
 * The New York day of a signal, out of any of the vendor's forms: `7/5/2020 12:00 AM`, `2020-07-05`, ISO.
 *
 * Only a time of day that names its zone is converted. Midnight is how a bare date is written as a time, whatever zone
 * stands behind it: `2020-07-05T00:00:00Z` is the 5th, not the evening of the 4th.
 * @returns null for nothing, or nothing that can be read
 */
export function signalDay(text: string | null): Day | null {
  const value = text?.trim() ?? '';
  const time = instant.exec(value)?.[1];
  if (time === undefined || midnight.test(time)) return parseDay(value);
  const at = new Date(value.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? null : newYorkDay(at);
}

/** The day so many days earlier. */
export function dayBefore(day: Day, days: number): Day {
  // A calendar day moved by whole days is one.
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10) as Day;
}

/** Whole days a signal is old. The future is 0: the vendor's clock is not ours. */
export function ageInDays(day: Day, today: Day): number {
  return Math.max(0, daysBetween(day, today));
}
