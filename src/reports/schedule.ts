import { addDays, format, parseISO } from 'date-fns';
import { windowName } from '../../blocks/uploads/words.ts';
import { businessDayFrom } from '../../pipeline/calendar/holidays.ts';
import { agencyZone, inWords, usualTimes } from '../../pipeline/calendar/hours.ts';
import { monthTitle } from '../../pipeline/month.ts';
import { mondayOf, windowDueOn } from '../../pipeline/renewal.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { today, type Clock } from '../clock.ts';

/** A quarter of a year ahead. */
const mondays = 13;

/** The Mondays to come and what is due on each, by the renewal month they work for. */
export function scheduleLines(clock: Clock): string[] {
  const day = today(clock);
  const first = parseISO(mondayOf(day));
  const lines = [
    `*Mondays, ${inWords(usualTimes.monday, agencyZone)}*: what is uploaded and attached when (today is ${shown(day)})`,
  ];
  for (let week = 0; week < mondays; week += 1) {
    const monday = format(addDays(first, 7 * week), 'yyyy-MM-dd') as Day; // formatted as a day
    const runsOn = businessDayFrom(monday);
    if (runsOn < day) continue;
    const due = windowDueOn(monday);
    const moved = runsOn === monday ? '' : `, done on ${shown(runsOn)} (US holiday)`;
    const lists = due?.index === 1 ? `PT4 ${monthTitle(due.month)}: its four lists · ` : '';
    const what = due ? `${lists}PT5 *${windowName(due)}*` : '_no window is due_';
    lines.push(`${due?.index === 1 ? '📤' : '•'} ${shown(monday)}${moved} — ${what}`);
  }
  return lines;
}

/** `Mon, Feb 1, 2027`. */
const shown = (day: Day): string => format(parseISO(day), 'EEE, MMM d, yyyy');
