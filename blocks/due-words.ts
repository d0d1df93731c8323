import { format, parseISO } from 'date-fns';
import type { DueTime } from '../pipeline/calendar/due-times.ts';
import { monthOfThe15th, type StillUseful } from '../pipeline/calendar/passed-over.ts';
import type { DueKind } from '../pipeline/calendar/hours.ts';
import { monthTitle } from '../pipeline/month.ts';
import type { Day } from '../pipeline/vocabulary.ts';

type Due = Pick<DueTime, 'kind' | 'day'>;

/** `Mon, Feb 1`. */
const dayWords = (day: Day): string => format(parseISO(day), 'EEE, MMM d');

/** `Pull of March 2027`, `Monday run of Feb 1`: what a due time starts. */
export function dueWords({ kind, day }: Due): string {
  switch (kind) {
    case 'monthly':
      return `Pull of ${monthTitle(monthOfThe15th(day))}`;
    case 'monday':
      return `Monday run of ${format(parseISO(day), 'MMM d')}`;
    case 'intent':
      return `Intent poll of ${dayWords(day)}`;
    case 'check':
      return `Sign-in check on ${dayWords(day)}`;
  }
}

/** A button that starts it after all; short, for on a phone it stands beside what it starts. */
export const startNowWords: Readonly<Record<DueKind, string>> = {
  monthly: 'Pull now',
  monday: 'Run now',
  intent: 'Poll now',
  check: 'Check now',
};

/** Why it is not offered. */
export const uselessWords: Readonly<Record<Exclude<StillUseful, 'yes'>, string>> = {
  'month is over': 'its month is over',
  'a later Monday takes it': 'a later Monday takes what it left',
  'its day is over': 'its day is over',
};
