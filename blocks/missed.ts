import { dueKinds, type DueKind } from '../pipeline/calendar/hours.ts';
import { monthOfThe15th } from '../pipeline/calendar/passed-over.ts';
import { monthTitle } from '../pipeline/month.ts';
import type { Called, Day, Month } from '../pipeline/vocabulary.ts';
import { calledWords, context, count, moment, section, type Message } from './kit.ts';

/** A due time of the calendar that nobody was there for. */
export type Missed = { readonly kind: DueKind; readonly day: Day; readonly at: Date };

/** What was missed, as the subject of a sentence, and what does it now. */
type Words = { readonly subject: string; readonly todo: string };

const monthsOf = (all: readonly Missed[]): Month[] => all.map(({ day }) => monthOfThe15th(day));

const words: Readonly<Record<DueKind, (all: readonly Missed[]) => Words>> = {
  monthly: (all) => ({
    subject: `The pulls of ${monthsOf(all).map(monthTitle).join(' and ')}`,
    todo: `${monthsOf(all)
      .map((month) => `\`/leadops monthly ${month}\``)
      .join(' and ')} starts them for every client.`,
  }),
  monday: (all) => ({
    subject:
      all.length === 1
        ? `The uploads of Monday ${all.map(({ day }) => day).join()}`
        : `The uploads of ${all.length} Mondays (${all.map(({ day }) => day).join(', ')})`,
    todo: 'The next Monday catches up; `/leadops upload <client> <month>` and `/leadops evergreen` do it now.',
  }),
  intent: (all) => ({
    subject: all.length === 1 ? 'An intent poll' : count(all.length, 'intent poll'),
    todo: '`/leadops intent run` polls now.',
  }),
  check: (all) => ({
    subject: all.length === 1 ? 'A sign-in check' : count(all.length, 'sign-in check'),
    todo: '`/leadops check` looks now.',
  }),
};

function due(all: readonly Missed[]): string {
  const [first, last] = [all.at(0)?.at, all.at(-1)?.at];
  if (!first || !last) return '';
  return first === last ? `due ${moment(first)}` : `the first due ${moment(first)}, the last ${moment(last)}`;
}

/**
 * Too late to be caught up: what was found missed together is said together, and what to do now.
 *
 * @param missed oldest first
 * @param approvers who are called
 */
export function missedMessage(missed: readonly Missed[], approvers: readonly Called[]): Message {
  const said = dueKinds.flatMap((kind) => {
    const all = missed.filter((one) => one.kind === kind);
    const was = all.length === 1 && (kind === 'intent' || kind === 'check') ? 'was' : 'were';
    return all.length === 0 ? [] : [{ ...words[kind](all), was, when: due(all) }];
  });
  const whom = approvers.map(calledWords).join(' ');
  const called = whom === '' ? [] : [context(whom)];
  const why = 'nothing was running then, and it is too late to begin by itself.';
  const [only, ...more] = said;
  if (only && more.length === 0) {
    const line = `⏰ ${only.subject} ${only.was} missed, ${only.when}: ${why}`;
    return { text: line, blocks: [section(`${line} ${only.todo}`), ...called] };
  }
  const head = `⏰ ${count(missed.length, 'due time')} were missed: ${why}`;
  const rows = said.map(({ subject, when, todo }) => `• *${subject}*, ${when}. ${todo}`);
  return {
    text: `${head} ${said.map(({ subject }) => subject).join('; ')}.`,
    blocks: [section(`*${head}*\n${rows.join('\n')}`), ...called],
  };
}
