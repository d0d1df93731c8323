import type { KnownBlock } from '@slack/types';
import { kinds } from '../pipeline/kinds.ts';
import type { DueTime } from '../pipeline/calendar/due-times.ts';
import type { StillUseful } from '../pipeline/calendar/passed-over.ts';
import { scopeWord } from '../pipeline/pause-scope.ts';
import type { Pause } from '../pipeline/ports/pauses.ts';
import { shortId, type Run } from '../pipeline/run.ts';
import { dueWords, startNowWords, uselessWords } from './due-words.ts';
import { actionIds } from './ids.ts';
import {
  actions,
  button,
  clip,
  confirm,
  context,
  count,
  escaped,
  fit,
  limits,
  mention,
  moment,
  section,
  whoWords,
  type Message,
} from './kit.ts';
import { runTitle } from './run-card.ts';

type Ended = { readonly endedAt: Date | null; readonly endedBy: string | null };

/** What is paused, as a sentence begins: `Lakeside Insurance`, `Intent polling`, `Everything`. */
export function pausedTitle(
  { client, workflow }: Pick<Pause, 'client' | 'workflow'>,
  clientName: string | null,
): string {
  if (client !== null) return clientName ?? client;
  return workflow === null ? 'Everything' : kinds[workflow].title;
}

/** `*Lakeside Insurance* is paused by @Dana until Feb 1, 2027 at 12:00 AM: the contract is being renewed.` */
export function pauseLine(pause: Pause, clientName: string | null): string {
  const until = pause.until === null ? '' : ` until ${moment(pause.until)}`;
  return `*${escaped(pausedTitle(pause, clientName))}* is paused by ${whoWords(pause.by)}${until}: ${sentence(pause.reason)}`;
}

const sentence = (text: string): string => {
  const safe = escaped(text);
  return /[.!?…]$/.test(safe) ? safe : `${safe}.`;
};

/** What a pause means, a line each: what it passes over first, what goes on, and how it is ended. */
export function pauseMeans(
  pause: Pause,
  { next, underWay }: { readonly next: readonly DueTime[]; readonly underWay: readonly Run[] },
): string[] {
  const over =
    next.length === 0
      ? `Nothing of it is due ${pause.until === null ? 'that would be passed over' : 'before then'}; what people start by hand is refused.`
      : `Passed over first: ${next.map((due) => `${dueWords(due)}, due ${moment(due.at)}`).join(' · ')}. What people start by hand is refused; dry runs are not.`;
  const goesOn =
    underWay.length === 0
      ? []
      : [
          `${count(underWay.length, 'run')} under way ${underWay.length === 1 ? 'goes' : 'go'} on (\`/leadops cancel\` stops one): ${listed(underWay)}.`,
        ];
  const ends =
    pause.until === null
      ? `It lasts until somebody ends it: \`/leadops resume ${scopeWord(pause)}\`.`
      : `It ends by itself then, or sooner by \`/leadops resume ${scopeWord(pause)}\`. What was passed over is offered then.`;
  return [over, ...goesOn, ends];
}

const shown = 5;
const listed = (runs: readonly Run[]): string =>
  runs
    .slice(0, shown)
    .map((run) => `${runTitle(run, run.client)} \`${shortId(run.id)}\``)
    .join(', ') + (runs.length > shown ? ` and ${runs.length - shown} more` : '');

/** The message about a pause that began; without its button once it is over. */
export function pauseBegan(pause: Pause & Ended, clientName: string | null, means: readonly string[]): Message {
  const line = `⏸️ ${pauseLine(pause, clientName)}`;
  if (pause.endedAt !== null) {
    const how = pause.endedBy === null ? 'by itself' : `by ${whoWords(pause.endedBy)}`;
    return { text: line, blocks: [section(line), context(`Ended ${how} ${moment(pause.endedAt)}.`)] };
  }
  const name = pausedTitle(pause, clientName);
  const resume = button('Resume', actionIds.resumePause, String(pause.id), {
    confirm: confirm(
      `Resume ${name}?`,
      'What is due from now on is started again. What was passed over is offered.',
      'Resume',
    ),
    label: `Resume ${name}`,
  });
  return { text: line, blocks: [section(line), context(...means), actions(resume)] };
}

/** Something that was passed over, as it stands now. */
export type PassedLine = {
  readonly id: number;
  readonly due: Pick<DueTime, 'kind' | 'day'>;
  /** Null where no row says when. */
  readonly at: Date | null;
  /** The client whose part it is; null: all of it. */
  readonly clientName: string | null;
  readonly useful: StillUseful;
  /** The run that somebody started since. */
  readonly taken: Run | null;
};

/** The message about a pause that is over: what it passed over, and a button for each that still makes sense. */
export function pauseEnded(pause: Pause & Ended, clientName: string | null, passed: readonly PassedLine[]): Message {
  const name = `*${escaped(pausedTitle(pause, clientName))}*`;
  const why = `It was paused by ${whoWords(pause.by)} since ${moment(pause.since)}: ${sentence(pause.reason)}`;
  const how = pause.endedBy === null ? 'the pause is over' : `${whoWords(pause.endedBy)} ended the pause`;
  const line = `▶️ ${name} goes on: ${how}, ${passed.length === 0 ? 'and nothing was passed over' : `and ${count(passed.length, 'due time')} ${passed.length === 1 ? 'was' : 'were'} passed over`}.`;
  const offered = passed.filter((one) => one.useful === 'yes' || one.taken !== null);
  const useless = passed.filter((one) => one.useful !== 'yes' && one.taken === null);
  const blocks: KnownBlock[] = [
    section(line),
    ...offered.map((one) =>
      one.taken
        ? section(
            `✅ ${passedWords(one, clientName)} — started by ${starter(one.taken)} (run \`${shortId(one.taken.id)}\`)`,
          )
        : section(
            `• ${passedWords(one, clientName)}`,
            button(startNowWords[one.due.kind], actionIds.takeUp, String(one.id), {
              style: 'primary',
              label: `Start now: ${dueWords(one.due)}`,
            }),
          ),
    ),
    ...(useless.length === 0 ? [] : [section(clip(uselessLines(useless, clientName).join('\n'), limits.sectionText))]),
    context(why),
  ];
  return { text: line, blocks: fit(blocks) };
}

const starter = (run: Run): string =>
  run.requestedBy === null ? 'somebody at the command line' : mention(run.requestedBy);

function passedWords({ due, at, clientName }: PassedLine, ofPause: string | null): string {
  const whose = clientName === null || clientName === ofPause ? '' : ` for ${escaped(clientName)}`;
  return `${dueWords(due)}${whose}${at === null ? '' : `, due ${moment(at)}`}`;
}

function uselessLines(passed: readonly PassedLine[], ofPause: string | null): string[] {
  return passed.map((one) =>
    one.useful === 'yes' ? '' : `• ${passedWords(one, ofPause)}: not offered, ${uselessWords[one.useful]}`,
  );
}

/** The same for a shell: with what is typed for each. */
export function passedLines(
  passed: readonly (PassedLine & { readonly command: string })[],
  ofPause: string | null,
): string[] {
  if (passed.length === 0) return ['Nothing was passed over.'];
  return passed.map((one) => {
    const what = `• ${passedWords(one, ofPause)}`;
    if (one.taken) return `${what}: started already, run ${shortId(one.taken.id)}`;
    return one.useful === 'yes' ? `${what}: ${one.command}` : `${what}: not offered, ${uselessWords[one.useful]}`;
  });
}
