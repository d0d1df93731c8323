import { addDays, format, parseISO } from 'date-fns';
import { daysIn, isMonth, monthByName, monthOf } from '../month.ts';
import type { Day } from '../vocabulary.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * A day as people type it: `2027-02-01`, `Feb 1` (the next one), `monday` (the next one), `tomorrow`.
 *
 * @param today the day the words are relative to
 * @returns null where the words name no day
 */
export function typedDay(text: string, today: Day): Day | null {
  const words = text.trim().toLowerCase().replace(/,$/, '');
  if (/^\d{4}-\d{2}-\d{2}$/.test(words)) {
    const [month, number] = [words.slice(0, 7), Number(words.slice(8))];
    return isMonth(month) && number >= 1 && number <= daysIn(month) ? (words as Day) : null; // checked here
  }
  if (words === 'tomorrow') return later(today, 1);
  const weekday = weekdays.findIndex((name) => words.length >= 3 && name.startsWith(words));
  if (weekday >= 0) return later(today, ((weekday - parseISO(today).getDay() + 6) % 7) + 1);
  const [, name = '', number = ''] = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?$/.exec(words) ?? [];
  const month = monthByName(name);
  if (month === undefined) return null;
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1].flatMap((one) => {
    const of = monthOf(one, month);
    return Number(number) >= 1 && Number(number) <= daysIn(of) ? [`${of}-${number.padStart(2, '0')}` as Day] : []; // a day of it
  });
  return days.find((day) => day > today) ?? null;
}

const later = (day: Day, days: number): Day => format(addDays(parseISO(day), days), 'yyyy-MM-dd') as Day; // formatted as a day
