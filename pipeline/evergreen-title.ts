import { monthByName, monthOf, monthTitle, monthNumber, yearOf } from './month.ts';
import { windowsOf } from './renewal.ts';
import { ordinal } from './clay-columns.ts';
import type { Day, Month, RenewalWindow } from './vocabulary.ts';

const monthName = (window: RenewalWindow) => monthTitle(window.month).split(' ')[0] ?? '';
const dayNumber = (day: Day) => Number(day.slice(8, 10));

/** `Evergreen, Last Upload: February 1–7`, with an en dash (docs/sop.md#campaign-title). */
export function evergreenTitle(window: RenewalWindow): string {
  return `Evergreen, Last Upload: ${monthName(window)} ${dayNumber(window.start)}–${dayNumber(window.end)}`;
}

const title =
  /evergreen\s*,?\s*last\s+upload\s*:?\s*([a-z.]+)\s+(\d{1,2})(?:st|nd|rd|th)?\s*[-–—−]\s*([a-z.]+\s+)?(\d{1,2})(?:st|nd|rd|th)?\s*$/i;

/** Whether a campaign's name is an evergreen one, whatever window it names. */
export function isEvergreenTitle(text: string): boolean {
  return /^\s*evergreen\b.*last\s+upload/i.test(text);
}

/**
 * The window a title names. A title has no year: the nearest one to `near` is meant, so that December's title read in
 * January is last December's.
 *
 * @returns null for a title that names no window of ours (days 1–7, 8–14, 15–21, 22 to the end)
 */
export function parseEvergreenTitle(text: string, near: Day): RenewalWindow | null {
  const match = title.exec(text.trim());
  const month = monthByName(match?.[1] ?? '');
  if (!match || month === undefined) return null;
  const endMonth = match[3] ? monthByName(match[3].trim()) : month;
  if (endMonth !== month) return null;
  const [start, end] = [Number(match[2]), Number(match[4])];
  const year = yearOf(near.slice(0, 7) as Month); // the first seven characters of a day are its month
  const candidates = [year - 1, year, year + 1].flatMap((one) => windowsOf(monthOf(one, month)));
  const named = candidates.filter((window) => dayNumber(window.start) === start && endsOn(window, end));
  return named.toSorted((a, b) => distance(a, near) - distance(b, near))[0] ?? null;
}

/** February's last window may be written to the 28th or the 29th, whichever year the writer had in mind. */
function endsOn(window: RenewalWindow, day: number): boolean {
  const end = dayNumber(window.end);
  return end === day || (monthNumber(window.month) === 2 && window.index === 4 && (day === 28 || day === 29));
}

function distance(window: RenewalWindow, near: Day): number {
  return Math.abs(Date.parse(window.start) - Date.parse(near));
}

/**
 * `(February 1st - 7th renewals)`; with the year where another year's list bears that name, and a number for what came
 * later (docs/sop.md#list-names).
 */
export function listName(
  window: RenewalWindow,
  options: { readonly year?: boolean; readonly part?: number } = {},
): string {
  const { year = false, part = 1 } = options;
  const days = `${ordinal(dayNumber(window.start))} - ${ordinal(dayNumber(window.end))}`;
  const name = `(${monthName(window)} ${days}${year ? ` ${yearOf(window.month)}` : ''} renewals)`;
  return part > 1 ? `${name} ${part}` : name;
}
