import { addDays, format, parseISO } from 'date-fns';
import { formatInTimeZone } from 'date-fns-tz';
import { hourLines, kindTitles, type HourPreview } from '../../blocks/schedule.ts';
import { escaped, whoWords } from '../../blocks/kit.ts';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { dueKinds, timeOn, zones, type DueKind, type HourChange } from '../../pipeline/calendar/hours.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { wrong, type Typed } from './typed.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type SettingHour = Asking & {
  readonly store: Pick<Deps['store'], 'calendar' | 'runs' | 'clients' | 'credentials'>;
  readonly notifier: Pick<Deps['notifier'], 'tellTeam'>;
};

export type TypedHour = { readonly kind: DueKind; /** `HH:MM` */ readonly time: string };

/** Due times that are shown, and the days in which so many of the rarest (the 15th) come. */
const shown = 5;
const shownDays = 170;

/** `monday 8:30`. @throws Refused where it names no due time, or no time of day */
export function typedHour([kind = '', time = '', ...more]: readonly string[], what: Typed): TypedHour {
  const found = dueKinds.find((one) => one === kind.toLowerCase());
  const known = dueKinds.map((one) => `\`${one}\``).join(', ');
  if (kind === '') throw wrong(`Which hour: of ${known}?`, what);
  if (!found) throw wrong(`“${escaped(kind)}” is none of ${known}.`, what);
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined || more.length > 0) {
    throw wrong(`“${escaped([time, ...more].join(' '))}” is no time of day, such as 9:00 or 18:30.`, what);
  }
  return { kind: found, time: `${hour.padStart(2, '0')}:${minute ?? '00'}` };
}

/**
 * What another hour would mean: the next due times as they are and as they would be. Changes nothing.
 * @throws Refused where it is that hour already, or this person may not
 */
export async function previewHour(deps: SettingHour, who: Who, typed: TypedHour): Promise<HourPreview> {
  await demand(deps, who, 'admin', everyClient);
  const hours = await deps.store.calendar.hours();
  const change = changeOf(deps, typed);
  const from = timeOn(typed.kind, change.from, hours);
  if (from === typed.time) {
    throw new Refused(`${kindTitles[typed.kind]} is set to ${typed.time} already. Nothing was changed.`);
  }
  const now = deps.clock.now();
  const next = (all: readonly HourChange[]) =>
    dueTimes(now, addDays(now, shownDays), [typed.kind], all).slice(0, shown);
  const others = hours.filter((one) => !(one.kind === change.kind && one.from === change.from));
  return { kind: typed.kind, from, to: typed.time, before: next(hours), after: next([...others, change]) };
}

/**
 * Another hour from tomorrow on, in the zone of the kind: today keeps its hour, so that nothing comes twice or never.
 * @throws Refused where it is that hour already, or this person may not
 */
export async function setHour(deps: SettingHour, who: Who, typed: TypedHour): Promise<HourPreview> {
  const preview = await previewHour(deps, who, typed);
  const change = changeOf(deps, typed);
  await deps.store.calendar.setHour(change, who.id);
  await deps.store.runs.audit({
    who: who.id,
    what: 'schedule set',
    subject: typed.kind,
    facts: { from: preview.from, to: preview.to, fromDay: change.from },
  });
  const [line = ''] = hourLines(preview);
  await deps.notifier.tellTeam(
    `hour of ${typed.kind} from ${change.from}: ${preview.to}`,
    `🕰️ ${line} Set by ${whoWords(who.id)}.`,
  );
  return preview;
}

function changeOf({ clock }: Pick<SettingHour, 'clock'>, { kind, time }: TypedHour): HourChange {
  const today = formatInTimeZone(clock.now(), zones[kind], 'yyyy-MM-dd');
  return { kind, time, from: format(addDays(parseISO(today), 1), 'yyyy-MM-dd') as Day }; // formatted as a day
}
