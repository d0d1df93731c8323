import type { Button, KnownBlock } from '@slack/types';
import { kinds } from '../pipeline/kinds.ts';
import { payloadOf, type Asked, type PayloadOf } from '../pipeline/questions.ts';
import { isLive, type Run, shortId, triesAgain } from '../pipeline/run.ts';
import type { RunStatus } from '../pipeline/vocabulary.ts';
import { monthTitle } from '../pipeline/month.ts';
import { choiceBlocks } from './choice.ts';
import { actionIds } from './ids.ts';
import {
  actions,
  asker,
  bar,
  button,
  confirm,
  context,
  duration,
  escaped,
  mention,
  moment,
  number,
  section,
  whoWords,
  type Message,
} from './kit.ts';
import { vendorName } from '../pipeline/vendors.ts';

/** A status as a badge. */
export const marks: Readonly<Record<RunStatus, string>> = {
  queued: '🕓',
  running: '⏳',
  waiting: '✋',
  success: '✅',
  failed: '❌',
  skipped: '⏭️',
  canceled: '🚫',
};

/** `Lead pull · Lakeside Insurance · March 2027`. */
export function runTitle(run: Run, clientName: string | null): string {
  const parts = [kinds[run.workflow].title, clientName, run.month ? monthTitle(run.month) : null];
  return parts.filter((part) => part !== null).join(' · ') + (run.dryRun ? ' · dry run' : '');
}

/** A status in a sentence: "this run is …". */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  queued: 'queued',
  running: 'running',
  waiting: 'waiting for a person',
  success: 'done',
  failed: 'failed',
  skipped: 'skipped',
  canceled: 'canceled',
};

/** A run that sleeps is queued for later; to people it is at work. */
export function shownStatus(run: Run): RunStatus {
  return run.status === 'queued' && run.wakeAt !== null ? 'running' : run.status;
}

/** The outcome in one plain sentence: the first thing a notification, a phone and the card say. */
export function runSentence(run: Run, clientName: string | null): string {
  const title = runTitle(run, clientName);
  if (triesAgain(run)) return `${title} is held up: ${run.error ?? ''}`;
  const outcome = typeof run.summary.outcome === 'string' ? run.summary.outcome : '';
  switch (shownStatus(run)) {
    case 'queued':
      return `${title} is queued.`;
    case 'running':
      return `${title} is running: ${run.progress.phase ?? 'starting'}.`;
    case 'waiting':
      return run.errorType ? `${title} needs a person: ${run.error ?? ''}` : `${title} waits for a decision.`;
    case 'success':
      return `${title} is done. ${outcome}`.trim();
    case 'failed':
      return `${title} failed: ${run.error ?? 'unknown error'}`;
    case 'skipped':
      return `${title} was skipped. ${run.error ?? ''}`.trim();
    case 'canceled':
      return `${title} was canceled. What was finished is kept.`;
  }
}

/** A question of the run itself (not of its gap report): a person must look, or say yes or no. */
export type RunQuestion = Asked & { readonly id: string };

/** What a workflow adds to the card of its runs. */
export type CardAdditions = {
  /** Said instead of the run's own sentence, with its mark: how runs of its stand. */
  readonly head?: string;
  readonly blocks: readonly KnownBlock[];
  readonly buttons: readonly Button[];
};

/**
 * The one card of a run, in every state it can be in.
 *
 * @param now machine time, for the time spent
 */
export function runCard(
  run: Run,
  clientName: string | null,
  now: Date,
  questions: readonly RunQuestion[] = [],
  additions: CardAdditions = { blocks: [], buttons: [] },
): Message {
  const human = run.status === 'waiting' ? questions.find(({ kind }) => kind === 'human') : undefined;
  const said = human && payloadOf('human', human)?.message;
  // What to do stands with the question's buttons; the headline would say it a second time.
  const shown = said === undefined ? run : { ...run, error: said };
  const sentence = additions.head ?? `${marks[shownStatus(run)]} ${runSentence(shown, clientName)}`;
  const blocks: KnownBlock[] = [section(`*${escaped(sentence)}*`)];
  const phases = phaseLines(run);
  if (phases.length > 0) blocks.push(section(phases.join('\n')));
  if (triesAgain(run) && run.wakeAt) {
    blocks.push(section(`🔁 Next try *${moment(run.wakeAt)}*. What is finished is kept; nothing needs to be done.`));
  }
  if (run.status === 'waiting') blocks.push(...questions.flatMap((question) => questionBlocks(run.id, question)));
  blocks.push(...additions.blocks, context(footer(run, now)), actions(...additions.buttons, ...cardButtons(run)));
  return { text: sentence, blocks };
}

/**
 * The same question for the owner of the vendor login it is about, in a message of their own; locked once it is decided.
 *
 * @param decision who decided when; null while it is open
 * @param insteadOf the owner, where this goes to who stands in while they are away
 */
export function ownerCard(
  run: Run,
  clientName: string | null,
  question: RunQuestion,
  decision: { readonly by: string | null; readonly at: Date | null } | null,
  insteadOf: string | null = null,
): Message {
  const whose = insteadOf === null ? 'Your login' : `For ${mention(insteadOf)}, who is away: the login`;
  const { login = '', message: said = '' } = payloadOf('human', question) ?? {};
  const title = runTitle(run, clientName);
  if (decision) {
    const who = decision.by ? ` by ${mention(decision.by)}` : '';
    const sentence = `☑️ ${whose} ${escaped(login)}: taken care of${who}. ${escaped(title)} goes on.`;
    return { text: sentence, blocks: [section(sentence), context(decision.at ? moment(decision.at) : 'just now')] };
  }
  const sentence = `🔑 ${whose} ${escaped(login)} needs you: ${escaped(title)} waits. ${escaped(said)}`;
  return {
    text: sentence,
    blocks: [section(`*${sentence}*`), ...questionBlocks(run.id, question), context(footer(run, new Date()))],
  };
}

function questionBlocks(runId: string, question: RunQuestion): KnownBlock[] {
  const { id, kind } = question;
  switch (kind) {
    case 'human': {
      const human = payloadOf(kind, question);
      return human ? humanBlocks(runId, id, human) : [];
    }
    case 'choice': {
      const choice = payloadOf(kind, question);
      return choice ? choiceBlocks(id, choice) : [];
    }
    case 'question': {
      const asked = payloadOf(kind, question);
      return asked ? yesOrNoBlocks(id, asked) : [];
    }
    case 'suggestion':
      // The gap report asks it.
      return [];
  }
}

function humanBlocks(runId: string, id: string, { need, todo, login, closedLane }: PayloadOf<'human'>): KnownBlock[] {
  return [
    section(`🙋 ${escaped(todo)}`),
    actions(
      // Where the lane is closed the primary button is the one that opens it: trying again would only meet the closed
      // lane.
      button('Try again', actionIds.tryAgain, id, closedLane === undefined ? { style: 'primary' } : {}),
      need === 'AUTH' && login ? button('Update the login …', actionIds.updateLogin, `${id}|${login}`) : undefined,
      closedLane === undefined
        ? undefined
        : button(`Open ${vendorName(closedLane)} again`, actionIds.openLane, laneValue(runId, closedLane), {
            style: 'primary',
          }),
    ),
  ];
}

function yesOrNoBlocks(id: string, { question, facts, yes, no }: PayloadOf<'question'>): KnownBlock[] {
  return [
    section([`❓ *${escaped(question)}*`, ...facts.map((fact) => `• ${escaped(fact)}`)].join('\n')),
    actions(button(yes, actionIds.approve, id, { style: 'primary' }), button(no, actionIds.reject, id)),
  ];
}

function phaseLines(run: Run): string[] {
  const { progress } = run;
  const lines = (progress.finished ?? []).map((entry) => `✅ ${entry.phase} — ${escaped(entry.outcome)}`);
  if (shownStatus(run) === 'running' && progress.phase) {
    const of = progress.of ?? 0;
    const far = of > 0 ? `${number(progress.done ?? 0)} of ${number(of)}` : progress.done ? number(progress.done) : '';
    const counted = far === '' ? '' : ` — ${far} ${progress.unit ?? ''}`.trimEnd();
    lines.push(`▶️ *${progress.phase}*${counted}${progress.detail ? ` · ${escaped(progress.detail)}` : ''}`);
    if (of > 0) lines.push(bar(progress.done ?? 0, of));
  }
  return lines;
}

/** Who asked for the run and when, how long it took, and its id. */
export function footer(run: Run, now: Date): string {
  const spent = run.startedAt ? ` · ${duration((run.finishedAt ?? now).getTime() - run.startedAt.getTime())}` : '';
  const attempt = run.attempt > 1 ? ` · attempt ${run.attempt}` : '';
  const canceled =
    run.status === 'canceled' && run.cancelRequestedBy ? ` · canceled by ${whoWords(run.cancelRequestedBy)}` : '';
  return `Asked by ${asker(run.requestedBy)} ${moment(run.askedAt)}${spent}${attempt}${canceled} · run \`${shortId(run.id)}\``;
}

const laneValue = (runId: string, vendor: string) => `${runId}|${vendor}`;

/** What can be done with a run as it stands. */
export function cardButtons(run: Run): Button[] {
  const details = button('Details', actionIds.runDetails, run.id);
  const { closedLane } = run.summary;
  if (run.status === 'failed' && run.errorType === 'SELECTOR_MISS' && typeof closedLane === 'string') {
    const open = `Open ${vendorName(closedLane)} again and retry`;
    return [button(open, actionIds.openLane, laneValue(run.id, closedLane), { style: 'primary' }), details];
  }
  if (run.status === 'failed' || run.status === 'canceled') {
    const text = run.status === 'failed' ? 'Retry from the failed step' : 'Take up again';
    return [button(text, actionIds.retryRun, run.id, { style: 'primary' }), details];
  }
  if (!isLive(run)) return [details];
  return [
    ...(triesAgain(run) ? [button('Try now', actionIds.retryRun, run.id, { style: 'primary' })] : []),
    details,
    button('Cancel', actionIds.cancelRun, run.id, {
      style: 'danger',
      confirm: confirm(
        'Cancel this run?',
        'It stops at the next safe point. What is finished so far is kept, and nothing is asked of a vendor again.',
        'Cancel the run',
        'Keep it going',
      ),
    }),
  ];
}
