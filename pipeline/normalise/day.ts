import { daysIn, monthByName, monthOf } from '../month.ts';
import type { Day } from '../vocabulary.ts';
import { tidy } from './text.ts';

const time = String.raw`(?:[T ,]+\d{1,2}:\d{2}.*)?$`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}`);
const monthFirst = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${time}`);
const eightDigits = /^(\d{4})(\d{2})(\d{2})$/;
const nameFirst = new RegExp(String.raw`^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${time}`);
const nameSecond = new RegExp(String.raw`^(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ](\d{4}|\d{2})${time}`);

/** Two-digit years as spreadsheets read them: 00–29 are 2000–2029, 30–99 are 1930–1999. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 30 ? 2000 : 1900);
}

/** A real day of the years 1800–2100, or null. */
function dayFrom(year: number, month: number, day: number): Day | null {
  if (year < 1800 || year > 2100 || month < 1 || month > 12) return null;
  const of = monthOf(year, month);
  if (day < 1 || day > daysIn(of)) return null;
  // Built from a checked year, month and day: this is what the brand promises.
  return `${of}-${String(day).padStart(2, '0')}` as Day;
}

/**
 * A calendar day as American files write it, month before day: `08/03/2023`, `8/3/23`, `2023-08-03`, `7/5/2020 12:00
 * AM`, `2020-07-05T00:00:00Z`, `20200705`, `3-Aug-2023`, `August 3rd, 2023`. A time of day is cut off, never converted:
 * the day written is the day meant.
 *
 * Serial numbers of spreadsheets (`43831`) are not dates here: our files come straight from the vendor, and a bare
 * number in a date column more likely slipped over from a neighbouring column.
 * @returns null for a blank, an impossible day (02/30) or anything else
 */
export function parseDay(text: string): Day | null {
  const value = tidy(text);
  const iso = yearFirst.exec(value) ?? eightDigits.exec(value);
  if (iso) return dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const american = monthFirst.exec(value);
  if (american) return dayFrom(fullYear(american[3] ?? ''), Number(american[1]), Number(american[2]));
  const named = nameFirst.exec(value);
  if (named) return dayFrom(Number(named[3]), monthByName(named[1] ?? '') ?? 0, Number(named[2]));
  const dayMonth = nameSecond.exec(value);
  if (dayMonth) return dayFrom(fullYear(dayMonth[3] ?? ''), monthByName(dayMonth[2] ?? '') ?? 0, Number(dayMonth[1]));
  return null;
}
