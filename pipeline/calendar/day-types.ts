import { z } from 'zod';
import type { Day, Month } from '../vocabulary.ts';

/* Days and months as they are kept in JSON. */

export const DayText = z.custom<Day>((value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value), {
  error: 'a day is written 2027-03-01',
});

export const MonthText = z.custom<Month>((value) => typeof value === 'string' && /^\d{4}-\d{2}$/.test(value), {
  error: 'a month is written 2027-03',
});
