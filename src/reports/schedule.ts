import { addDays, format, parseISO } from 'date-fns';
import { pauseLine } from '../../blocks/pauses.ts';
import { nextDueLine, type NextDue } from '../../blocks/schedule.ts';
import { windowName } from '../../blocks/uploads/words.ts';
import { nextDue } from '../../pipeline/calendar/due-times.ts';
import { businessDayFrom } from '../../pipeline/calendar/holidays.ts';
import { agencyZone, dueKinds, inWords, timeOn, type DueKind, type HourChange } from '../../pipeline/calendar/hours.ts';
import { workflowOf } from '../../pipeline/kinds.ts';
import { monthTitle } from '../../pipeline/month.ts';
import { scopeWord } from '../../pipeline/pause-scope.ts';
import { mondayOf, windowDueOn } from '../../pipeline/renewal.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { today, type Clock } from '../clock.ts';
import { hasBison, hasPulls, hasZoominfoLogin } from '../operations/is-set-up.ts';
import { pausedName } from '../operations/paused.ts';
import type { Deps } from '../operations/deps.ts';
import type { Store } from '../store/index.ts';

export type ScheduleReading = {
  readonly store: Pick<Store, 'calendar' | 'pauses' | 'clients' | 'credentials'>;
  readonly clock: Clock;
  readonly config: Pick<Deps['config'], 'BISON_URL' | 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;
};

/** A quarter of a year ahead. */
const mondays = 13;

/** The next due time of each kind, soonest first, with what stands in its way; and what is paused now. */
export async function calendarStanding(
  reading: ScheduleReading,
): Promise<{ readonly next: readonly NextDue[]; readonly pauses: readonly string[] }> {
  const { store, clock } = reading;
  const now = clock.now();
  const hours = await store.calendar.hours();
  const next: NextDue[] = [];
  for (const kind of dueKinds) {
    const due = nextDue(kind, now, hours);
    const pause = await store.pauses.holding({ workflow: workflowOf[kind], client: null }, due.at);
    next.push({
      due,
      off: await whyOff(reading, kind),
      paused: pause && `paused (\`/leadops resume ${scopeWord(pause)}\`)`,
    });
  }
  const pauses: string[] = [];
  for (const pause of await store.pauses.open()) {
    if (pause.until === null || pause.until > now)
      pauses.push(`⏸️ ${pauseLine(pause, await pausedName(store, pause))}`);
  }
  return { next: next.toSorted((a, b) => a.due.at.getTime() - b.due.at.getTime()), pauses };
}

/** Why a due time of this kind would start nothing here; null: it would. */
export async function whyOff({ store, config }: ScheduleReading, kind: DueKind): Promise<string | null> {
  switch (kind) {
    case 'monthly':
      return (await hasPulls(store)) ? null : 'no active client, or no login for Cole';
    case 'monday':
      return (await hasBison(store, config)) ? null : 'no login for Email Bison';
    case 'intent':
      return (await hasZoominfoLogin(store, config)) ? null : 'no login for ZoomInfo';
    case 'check':
      return (await store.credentials.list()).length > 0 || config.ZOOMINFO_CLIENT_ID
        ? null
        : 'no vendor login is stored';
  }
}

/** What is due next, what is paused, and the Mondays to come. */
export async function scheduleLines(reading: ScheduleReading): Promise<string[]> {
  const { next, pauses } = await calendarStanding(reading);
  return [
    '*Next due*',
    ...next.map(nextDueLine),
    ...(pauses.length === 0 ? [] : ['*Paused*', ...pauses]),
    ...mondayLines(reading.clock, await reading.store.calendar.hours()),
  ];
}

/** The Mondays to come and what is due on each, by the renewal month they work for. */
function mondayLines(clock: Clock, hours: readonly HourChange[]): string[] {
  const day = today(clock);
  const first = parseISO(mondayOf(day));
  // Another hour that somebody set holds from a day on: that of the first Monday is said above, another one beside its day.
  const hourOn = (runsOn: Day) => timeOn('monday', runsOn, hours);
  const usual = hourOn(businessDayFrom(nextDue('monday', clock.now(), hours).day));
  const lines = [
    `*Mondays, ${inWords(usual, agencyZone)}*: what is uploaded and attached when (today is ${shown(day)})`,
  ];
  for (let week = 0; week < mondays; week += 1) {
    const monday = format(addDays(first, 7 * week), 'yyyy-MM-dd') as Day; // formatted as a day
    const runsOn = businessDayFrom(monday);
    if (runsOn < day) continue;
    const due = windowDueOn(monday);
    const moved = runsOn === monday ? '' : `, done on ${shown(runsOn)} (US holiday)`;
    const other = hourOn(runsOn) === usual ? '' : `, at ${hourOn(runsOn)}`;
    const lists = due?.index === 1 ? `PT4 ${monthTitle(due.month)}: its four lists · ` : '';
    const what = due ? `${lists}PT5 *${windowName(due)}*` : '_no window is due_';
    lines.push(`${due?.index === 1 ? '📤' : '•'} ${shown(monday)}${moved}${other} — ${what}`);
  }
  return lines;
}

/** `Mon, Feb 1, 2027`. */
const shown = (day: Day): string => format(parseISO(day), 'EEE, MMM d, yyyy');
