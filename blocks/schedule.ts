import { format, parseISO } from 'date-fns';
import { formatInTimeZone } from 'date-fns-tz';
import type { DueTime } from '../pipeline/calendar/due-times.ts';
import { businessDayFrom } from '../pipeline/calendar/holidays.ts';
import { zones, type DueKind } from '../pipeline/calendar/hours.ts';
import { windowDueOn } from '../pipeline/renewal.ts';
import { dueWords } from './due-words.ts';
import { actionIds } from './ids.ts';
import { actions, button, context, moment, section, type Message } from './kit.ts';
import { windowName } from './uploads/words.ts';

/** A kind of due time, and what is to come of it. */
export type NextDue = {
  readonly due: DueTime;
  /** Why it would start nothing; null: it is set up. */
  readonly off: string | null;
  /** What holds it back then, as a sentence; null: nothing. */
  readonly paused: string | null;
};

const city = (kind: DueKind): string => (zones[kind].split('/').at(-1) ?? '').replaceAll('_', ' ');

/** `Fri, Jan 15, 9:00 in Chicago`: the wall's time in the zone it is set in. */
export const zoneTime = ({ kind, at }: DueTime): string =>
  `${formatInTimeZone(at, zones[kind], 'EEE, MMM d, H:mm')} in ${city(kind)}`;

/** `a US holiday: the work of Mon, Jan 18`; empty where nothing moved. */
const movedWords = ({ kind, day }: Pick<DueTime, 'kind' | 'day'>): string =>
  kind === 'monday' && businessDayFrom(day) !== day
    ? `moved by a US holiday from ${format(parseISO(day), 'EEE, MMM d')}`
    : '';

/** What it will do, in a few words. */
function doesWords({ kind, day }: DueTime): string {
  switch (kind) {
    case 'monthly':
      return 'PT1–PT3 for every active client';
    case 'monday': {
      const window = windowDueOn(day);
      if (!window) return 'no window is due; what was left is caught up';
      return `${window.index === 1 ? 'PT4, the month’s four lists; ' : ''}PT5 ${windowName(window)}`;
    }
    case 'intent':
      return 'within the week’s credits';
    case 'check':
      return 'every vendor login';
  }
}

/** One line: what, when for the reader and in its zone, and what stands in its way. */
export function nextDueLine({ due, off, paused }: NextDue): string {
  const mark = off !== null ? '⚪' : paused !== null ? '⏸️' : '•';
  const when = `${mark} *${dueWords(due)}* — ${moment(due.at, '{date_short_pretty} at {time}')} (${zoneTime(due)})`;
  if (off !== null) return `${when} · *not set up:* ${off}`;
  return [when, doesWords(due), movedWords(due), paused ?? ''].filter((part) => part !== '').join(' · ');
}

/** Another hour of a kind, before it takes effect. */
export type HourPreview = {
  readonly kind: DueKind;
  /** `09:00`. */
  readonly from: string;
  readonly to: string;
  /** The next due times, as it is and as it would be. */
  readonly before: readonly DueTime[];
  readonly after: readonly DueTime[];
};

export const kindTitles: Readonly<Record<DueKind, string>> = {
  monthly: 'The 15th’s pulls',
  monday: 'The Monday run',
  intent: 'Intent polling',
  check: 'The evening check',
};

/** The next due times, as they are and as they would be, a line each. */
export function hourLines({ kind, from, to, before, after }: HourPreview): string[] {
  return [
    `*${kindTitles[kind]}*: ${to.replace(/^0/, '')} instead of ${from.replace(/^0/, '')}, in ${city(kind)}. It holds from tomorrow on.`,
    ...before.map((due) => {
      // Only the hour is another: the same days are due.
      const instead = after.find(({ day }) => day === due.day) ?? due;
      const moved = movedWords(due);
      const hours =
        instead.at.getTime() === due.at.getTime()
          ? `${wall(due, 'H:mm zzz')}, as today began with it`
          : `${wall(due, 'H:mm')} → *${wall(instead, 'H:mm')}* ${wall(instead, 'zzz')}`;
      return `• ${wall(due, 'EEE, MMM d, yyyy')}: ${hours}${moved === '' ? '' : ` (${moved})`}`;
    }),
  ];
}

const wall = ({ kind, at }: DueTime, form: string): string => formatInTimeZone(at, zones[kind], form);

export function hourQuestion(preview: HourPreview): Message {
  const [first = '', ...rest] = hourLines(preview);
  return {
    text: first,
    blocks: [
      section(first),
      section(rest.join('\n')),
      actions(
        button('Use this hour', actionIds.useHour, `${preview.kind}|${preview.to}`, { style: 'primary' }),
        button('Leave it', actionIds.forget, 'hour'),
      ),
      context('Nothing is changed yet. Daylight saving moves the instant, never the hour on the wall.'),
    ],
  };
}
