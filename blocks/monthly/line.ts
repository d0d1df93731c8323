import { factsOf } from '../../pipeline/kinds.ts';
import type { MonthlyClient } from '../../pipeline/monthly-facts.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Called } from '../../pipeline/vocabulary.ts';
import { calledWords, clip, count, escaped, moment, number, whoWords } from '../kit.ts';

/** A client of a month's pulls, as it stands now. */
export type MonthLine = Pick<MonthlyClient, 'name' | 'paused' | 'note'> & {
  /** The client's newest pull of the month, whoever asked for it; null where there is none. */
  readonly run: Run | null;
  /** Where its card is. */
  readonly channel: string | null;
  /** Who is called to decide, or to see to a login. */
  readonly called: readonly Called[];
};

/** What must be seen first comes first. */
export const standings = [
  'failed',
  'short',
  'person',
  'ended short',
  'canceled',
  'not started',
  'paused',
  'later',
  'work',
  'queued',
  'done',
] as const;
export type Standing = (typeof standings)[number];

export function standingOf({ run, paused }: MonthLine): Standing {
  if (run === null) return paused ? 'paused' : 'not started';
  switch (run.status) {
    case 'waiting':
      return run.errorType === null && gapOf(run) ? 'short' : 'person';
    case 'queued':
      if (run.wakeAt === null) return 'queued';
      return run.awayTries > 0 ? 'later' : 'work';
    case 'running':
      return 'work';
    case 'success':
      return gapOf(run) ? 'ended short' : 'done';
    case 'failed':
    case 'skipped':
      return 'failed';
    case 'canceled':
      return 'canceled';
  }
}

const marks: Readonly<Record<Standing, string>> = {
  failed: '❌',
  short: '✋',
  person: '✋',
  'ended short': '⚠️',
  canceled: '🚫',
  'not started': '⚠️',
  paused: '⏸️',
  later: '🔁',
  work: '⏳',
  queued: '🕓',
  done: '✅',
};

/** Longer reasons stand on the client's own card. */
const mostOfAReason = 240;
const reason = (text: string) => escaped(clip(text, mostOfAReason));

/** `✋ *Lakeside* in #lakeside: 2,090 short (12,910 of 15,000), waits for @Marcus`. */
export function lineWords(line: MonthLine): string {
  const standing = standingOf(line);
  // A channel of people's own has no name to point at.
  const where = line.channel?.startsWith('C') ? ` in <#${line.channel}>` : '';
  return `${marks[standing]} *${escaped(line.name)}*${where}: ${says[standing](line)}`;
}

const says: Readonly<Record<Standing, (line: MonthLine) => string>> = {
  failed: ({ run }) => `failed. ${reason(run?.error ?? 'Its card says more.')}`,
  short: ({ run, called }) => `${shortBy(run)}, waits for ${whom(called)}`,
  person: ({ run, called }) => `waits for ${whom(called)}${run?.error ? `. ${reason(run.error)}` : ''}`,
  'ended short': ({ run }) => `ended ${shortBy(run)}`,
  canceled: ({ run }) => `canceled${run?.cancelRequestedBy ? ` by ${whoWords(run.cancelRequestedBy)}` : ''}`,
  'not started': ({ note }) => (note === null ? 'not started' : `not started: ${reason(note)}`),
  paused: ({ paused }) => (paused ? pausedWords(paused) : 'paused'),
  later: ({ run }) =>
    `tries again ${run?.wakeAt ? moment(run.wakeAt, '{time}') : 'later'}. ${reason(run?.error ?? '')}`.trim(),
  work: ({ run }) => `at work${run?.progress.phase ? `: ${run.progress.phase}` : ''}${soFar(run)}`,
  queued: ({ run }) => `waits for its turn${soFar(run)}`,
  done: ({ run }) => doneWords(run),
};

function pausedWords({ by, until, reason: why }: NonNullable<MonthLine['paused']>): string {
  const end = until === null ? 'until somebody resumes it' : `until ${moment(new Date(until))}`;
  return `paused by ${whoWords(by)} ${end}: ${reason(why)}`;
}

function doneWords(run: Run | null): string {
  const facts = run && factsOf('pull-leads', run)?.gapFacts;
  if (!facts) return reason(typeof run?.summary.outcome === 'string' ? run.summary.outcome : 'done');
  const over = facts.cleaned - facts.target;
  const have = `done, ${number(facts.cleaned)} of ${number(facts.target)} cleaned leads`;
  return over > 0 ? `${have} (${number(over)} over, kept in reserve)` : have;
}

/** The gap of the last report; 0 or null: there is none. */
const gapOf = (run: Run | null) => (run ? (factsOf('pull-leads', run)?.gapFacts.gap ?? null) : null);

function shortBy(run: Run | null): string {
  const facts = run && factsOf('pull-leads', run)?.gapFacts;
  return facts ? `*${number(facts.gap)} short* (${number(facts.cleaned)} of ${number(facts.target)})` : 'short';
}

/** A top-up is under way: what it is to fill. */
const soFar = (run: Run | null) => (gapOf(run) ? `, ${shortBy(run)} so far` : '');

const whom = (called: readonly Called[]) =>
  called.length > 0 ? called.map(calledWords).join(' or ') : 'an approver (nobody has that role)';

/** `1 of 2 done, 1 short and waiting`: computed from the lines, so that it is as true as they are. */
export function headline(lines: readonly MonthLine[], dryRun: boolean): string {
  if (lines.length === 0) return 'no client is active';
  const many = (...those: readonly Standing[]) => lines.filter((line) => those.includes(standingOf(line))).length;
  const parts = [
    [many('ended short'), 'ended short'],
    [many('short'), 'short and waiting'],
    [many('person'), 'waiting for a person'],
    [many('work', 'queued'), 'at work'],
    [many('later'), 'trying again later'],
    [many('failed'), 'failed'],
    [many('canceled'), 'canceled'],
    [many('paused'), 'paused'],
    [many('not started'), 'not started'],
  ] as const;
  const rest = parts.filter(([some]) => some > 0).map(([some, word]) => `${number(some)} ${word}`);
  return [`${number(many('done'))} of ${number(lines.length)} ${dryRun ? 'looked at' : 'done'}`, ...rest].join(', ');
}

/** The mark of all together: what must be seen first. */
export function headMark(lines: readonly MonthLine[]): string {
  const all = lines.map(standingOf);
  if (all.includes('failed')) return marks.failed;
  if (all.some((one) => one === 'short' || one === 'person')) return marks.short;
  if (all.some((one) => one === 'work' || one === 'queued' || one === 'later')) return marks.work;
  return all.every((one) => one === 'done') ? marks.done : marks['ended short'];
}

/** Rows that have no room. */
export const leftOut = (left: number): string => `… and ${count(left, 'more client')}, on their own cards.`;
