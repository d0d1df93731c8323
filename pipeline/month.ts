import { format } from 'date-fns';
import type { Day, Month } from './vocabulary.ts';

const pattern = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** `YYYY-MM` from a year and a month 1–12; months outside 1–12 roll into the neighbouring years. */
export function monthOf(year: number, month: number): Month {
  const index = year * 12 + (month - 1);
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as Month;
}

export function isMonth(text: string): text is Month {
  return pattern.test(text);
}

export function yearOf(month: Month): number {
  return Number(month.slice(0, 4));
}

/** 1–12. */
export function monthNumber(month: Month): number {
  return Number(month.slice(5, 7));
}

export function addMonths(month: Month, count: number): Month {
  return monthOf(yearOf(month), monthNumber(month) + count);
}

/** 28–31. */
export function daysIn(month: Month): number {
  return new Date(Date.UTC(yearOf(month), monthNumber(month), 0)).getUTCDate();
}

/** Day `day` of the month, cut to the month's last. */
export function dayOf(month: Month, day: number): Day {
  return `${month}-${String(Math.min(day, daysIn(month))).padStart(2, '0')}` as Day;
}

/** `March 2027`. */
export function monthTitle(month: Month): string {
  return format(new Date(yearOf(month), monthNumber(month) - 1, 1), 'MMMM yyyy');
}

const names = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** 1–12 for `March`, `mar`, `sept`; undefined for anything else. At least three letters. */
export function monthByName(text: string): number | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length < 3) return undefined;
  const index = names.findIndex((full) => full.startsWith(name) || (name === 'sept' && full === 'september'));
  return index < 0 ? undefined : index + 1;
}

/**
 * A renewal month as people type it: `2026-12`, `December 2026`, `dec` (the first December not past), `next` (the
 * month the calendar pulls: this month + 2, docs/sop.md#calendar).
 *
 * @param today the business day the words are relative to
 * @returns undefined where the words name no month
 */
export function parseMonth(text: string, today: Day): Month | undefined {
  const words = text.trim().toLowerCase();
  if (isMonth(words)) return words;
  const thisMonth = today.slice(0, 7) as Month;
  if (words === 'next') return addMonths(thisMonth, 2);
  const [name, year, ...rest] = words.split(/[\s,-]+/);
  if (name === undefined || rest.length > 0) return undefined;
  const number = monthByName(name);
  if (number === undefined) return undefined;
  if (year !== undefined) return /^\d{4}$/.test(year) ? monthOf(Number(year), number) : undefined;
  const sameYear = monthOf(yearOf(thisMonth), number);
  return sameYear >= thisMonth ? sameYear : addMonths(sameYear, 12);
}
