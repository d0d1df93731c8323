import { addDays, format, parseISO } from 'date-fns';
import { z } from 'zod';
import { InvalidInput } from '../../pipeline/errors.ts';
import { businessDayFrom } from '../../pipeline/calendar/holidays.ts';
import { mondayOf, windowDueOn } from '../../pipeline/renewal.ts';
import type { Day } from '../../pipeline/vocabulary.ts';

const IsoDay = z.iso.date();

/** Every Monday from `from` to `to`, the day its work is done on, and the window that is due. */
export function windowLines(from: string, to: string, json: boolean): string[] {
  const day = (name: string, text: string): Day => {
    if (!IsoDay.safeParse(text).success) {
      throw new InvalidInput(`${name} "${text}" is no day.`, { todo: 'Write it as 2026-01-05.' });
    }
    return text as Day; // just checked
  };
  const first = day('--from', from);
  const last = day('--to', to);
  if (last < first) throw new InvalidInput(`--to ${last} is before --from ${first}.`, { todo: 'Turn them round.' });
  const lines: string[] = [];
  // The first Monday that is not before `from`.
  let date = parseISO(mondayOf(first));
  if (format(date, 'yyyy-MM-dd') < first) date = addDays(date, 7);
  for (; format(date, 'yyyy-MM-dd') <= last; date = addDays(date, 7)) {
    const monday = format(date, 'yyyy-MM-dd') as Day; // formatted as a day
    const runsOn = businessDayFrom(monday);
    const due = windowDueOn(monday);
    const window = due && { month: due.month, start: due.start, end: due.end };
    const moved = runsOn === monday ? '' : `, done on ${runsOn} (holiday)`;
    lines.push(
      json
        ? JSON.stringify({ monday, runsOn, window })
        : `${monday}${moved}: ${window ? `${window.start} to ${window.end}` : 'no window is due'}`,
    );
  }
  return lines;
}
