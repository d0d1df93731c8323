import type { KnownBlock } from '@slack/types';
import { predictedOf, SuggestionPayload, type GapFacts } from '../pipeline/gap-report.ts';
import { inBatches } from '../pipeline/in-batches.ts';
import { monthTitle } from '../pipeline/month.ts';
import type { ApprovalState, Month } from '../pipeline/vocabulary.ts';
import { bookLines } from './books.ts';
import { actionIds } from './ids.ts';
import {
  actions,
  bar,
  button,
  confirm,
  context,
  count,
  divider,
  escaped,
  fit,
  limits,
  mention,
  moment,
  number,
  section,
  type Message,
} from './kit.ts';
import { suggestionFacts, suggestionTitle, yieldOf } from './suggestion.ts';

/** A suggestion as a question, open or decided. */
export type SuggestionView = {
  readonly id: string;
  readonly round: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly marked: boolean;
  readonly state: ApprovalState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly expiresAt: Date;
};

export type GapView = {
  readonly runId: string;
  readonly clientName: string;
  readonly facts: GapFacts;
  /** All questions of the run's gap rounds, oldest first. */
  readonly suggestions: readonly SuggestionView[];
  /** The run works on a top-up now. */
  readonly working: boolean;
  readonly over: boolean;
};

// Two blocks a suggestion; the rest of the 50 is the frame around them.
const shownOpen = 16;
const shownDecided = 8;

/** PT3's report: one message a run, updated each round and after every decision. */
export function gapReport(view: GapView): Message {
  const { facts } = view;
  const open = view.suggestions.filter((suggestion) => suggestion.state === 'pending');
  const decided = view.suggestions.filter((one) => one.state === 'approved' || one.state === 'rejected');
  const sentence = gapSentence(view);
  const blocks: KnownBlock[] = [
    section(`*${escaped(sentence)}*`),
    section(
      [
        bar(facts.cleaned, facts.target, 24),
        `🎯 Target ${number(facts.target)} · 🧼 Cleaned ${number(facts.cleaned)} · ${gapWords(facts)}`,
      ].join('\n'),
    ),
    context(bookLines(facts.books, facts.raw)),
    ...facts.rounds.map((round) => context(roundLine(round))),
    ...decidedBlocks(decided),
    ...(open.length > 0 && !view.over ? openBlocks(view, open) : closingBlocks(view)),
  ];
  return { text: sentence, blocks: fit(blocks) };
}

function gapSentence({ facts, clientName, working, over, suggestions }: GapView): string {
  const where = `${clientName}, ${monthTitle(facts.month as Month)}`;
  if (facts.gap === 0) {
    const more = facts.cleaned - facts.target;
    return more > 0
      ? `✅ ${where}: target met, ${number(more)} over (kept in reserve; a larger package would use them).`
      : `✅ ${where}: target met exactly.`;
  }
  const short = `${where}: ${count(facts.gap, 'cleaned lead')} short of ${number(facts.target)}.`;
  if (working) return `⏳ ${short} A top-up is running.`;
  if (over || facts.closed) return `📉 ${short}`;
  const waiting = suggestions.filter((suggestion) => suggestion.state === 'pending').length;
  return waiting > 0 ? `📉 ${short} Please decide.` : `📉 ${short}`;
}

function gapWords(facts: GapFacts): string {
  if (facts.gap > 0) return `📉 Missing *${number(facts.gap)}*`;
  return facts.cleaned > facts.target ? `📈 Over by *${number(facts.cleaned - facts.target)}*` : '🏁 Exactly on target';
}

function roundLine(round: GapFacts['rounds'][number]): string {
  const spent = `${count(round.exports, 'export')}, ${count(round.records, 'record')}`;
  const held = round.got >= round.predicted.low && round.got <= round.predicted.high;
  const { low, middle, high } = round.predicted;
  return (
    `🔁 Round ${round.round}: ${count(round.approved, 'suggestion')} approved · predicted ${number(middle)} ` +
    `(${number(low)}–${number(high)}), got *${number(round.got)}* ${held ? '✔️ within range' : '⚠️ outside the range'} · ${spent}`
  );
}

function decidedBlocks(decided: readonly SuggestionView[]): KnownBlock[] {
  if (decided.length === 0) return [];
  const lines = decided.slice(-shownDecided * 3).map(decidedLine);
  const more = decided.length - lines.length;
  const blocks: KnownBlock[] = [];
  // A section holds 3,000 characters: a few lines each keeps far below.
  for (const some of inBatches(lines, shownDecided)) blocks.push(section(some.join('\n')));
  if (more > 0) blocks.push(context(`… and ${count(more, 'earlier decision')} in the run's details.`));
  return blocks;
}

function decidedLine(view: SuggestionView): string {
  const suggestion = SuggestionPayload.parse(view.payload);
  const who = `${view.decidedBy ? mention(view.decidedBy) : 'somebody'}${view.decidedAt ? ` ${moment(view.decidedAt)}` : ''}`;
  const title = escaped(suggestionTitle(suggestion));
  if (view.state === 'rejected') {
    return `🚫 ~${title}~ — rejected by ${who}${view.reason ? `: “${escaped(view.reason)}”` : ''}`;
  }
  const got = typeof view.result?.got === 'number' ? ` → got *${number(view.result.got)}*` : '';
  const stayed = typeof view.result?.stayed === 'string' ? ` ⚠️ not moved: ${escaped(view.result.stayed)}` : '';
  return `☑️ ${title} ${yieldOf(suggestion)}${got}${stayed} — approved by ${who}`;
}

function openBlocks(view: GapView, open: readonly SuggestionView[]): KnownBlock[] {
  const { facts, runId } = view;
  const marked = open.filter((suggestion) => suggestion.marked);
  const others = open.filter((suggestion) => !suggestion.marked);
  const shownMarked = marked.slice(0, shownOpen);
  const shownOthers = others.slice(0, Math.max(0, Math.min(5, shownOpen - shownMarked.length)));
  const hidden = open.length - shownMarked.length - shownOthers.length;
  const blocks: KnownBlock[] = [divider()];
  if (marked.length > 0) {
    // Of what is left of the set: a rejection takes its leads along.
    const left = payloadsOf(marked);
    const predicted = predictedOf(left);
    const ofRound = view.suggestions.filter(
      (one) => one.marked && one.state !== 'rejected' && one.round === marked[0]?.round,
    );
    const closes = closing(predictedOf(payloadsOf(ofRound)), facts.gap);
    const sum = (of: 'exports' | 'validations') => left.reduce((total, { cost }) => total + cost[of], 0);
    const cost = `${count(Math.min(facts.cost.exports, sum('exports')), 'export')} and about ${count(sum('validations'), 'validation')}`;
    blocks.push(
      section(
        `*Suggested: ${count(marked.length, 'step')} — ${yieldOf(predicted)} cleaned leads, ${closes}*\nCosts ${cost}.`,
      ),
      actions(
        button(`Approve all (${marked.length})`, actionIds.approveAll, `${runId}|${facts.round}`, {
          style: 'primary',
          confirm: confirm(
            `Approve all ${marked.length}?`,
            `Predicted ${yieldOf(predicted)} cleaned leads for ${cost}. The top-up starts at once.`,
            'Approve all',
          ),
        }),
        button('Pick ZIPs …', actionIds.pickZips, `${runId}|${facts.round}`),
      ),
    );
  } else {
    blocks.push(actions(button('Pick ZIPs …', actionIds.pickZips, `${runId}|${facts.round}`)));
  }
  blocks.push(...shownMarked.flatMap(oneSuggestion));
  if (shownOthers.length > 0) {
    blocks.push(context('Alternatives, not part of the set:'));
    blocks.push(...shownOthers.flatMap(oneSuggestion));
  }
  if (hidden > 0) blocks.push(context(`… and ${number(hidden)} more: Approve all takes the set, Pick ZIPs … any ZIP.`));
  const [first] = open;
  if (first) blocks.push(context(`Open questions expire ${moment(first.expiresAt)}. Nothing is approved by silence.`));
  return blocks.slice(0, limits.messageBlocks);
}

/** What the report says about a set of suggestions: judged by its whole range, not by the middle estimate alone. */
function closing({ low, middle }: { readonly low: number; readonly middle: number }, gap: number): string {
  if (low >= gap) return 'closes the gap';
  return middle >= gap ? 'should close the gap' : 'does not close the gap by itself';
}

const payloadsOf = (views: readonly SuggestionView[]) => views.map(({ payload }) => SuggestionPayload.parse(payload));

function oneSuggestion(view: SuggestionView): KnownBlock[] {
  const suggestion = SuggestionPayload.parse(view.payload);
  const title = suggestionTitle(suggestion);
  return [
    section(`*${escaped(title)}*  *${yieldOf(suggestion)}*\n${escaped(suggestionFacts(suggestion))}`),
    actions(
      button('Approve', actionIds.approve, view.id, { style: 'primary', label: `Approve: ${title}` }),
      button('Reject', actionIds.reject, view.id, { label: `Reject: ${title}` }),
    ),
  ];
}

function closingBlocks(view: GapView): KnownBlock[] {
  return view.working ? [] : [...whyItEnds(view), ...lateVerdicts(view)];
}

function whyItEnds({ facts, suggestions }: GapView): KnownBlock[] {
  if (facts.gap === 0) return [];
  if (facts.nothingLeft) {
    return [context('Nothing is left to suggest within the client’s rules. An approver was told.')];
  }
  const expired = suggestions.some((suggestion) => suggestion.state === 'expired');
  return expired ? [context('The open questions expired unanswered; the gap stays as it is.')] : [];
}

/** E-mails that were paid for and had no verdict when the time was up: free to look at again. */
function lateVerdicts({ facts, over, runId }: GapView): KnownBlock[] {
  if (!over || facts.unverified === 0) return [];
  return [
    context(
      `⏱️ ${count(facts.unverified, 'row')} had no e-mail verdict when the time was up. Looking again costs nothing.`,
    ),
    actions(button('Pick up late verdicts', actionIds.pickUpLate, runId)),
  ];
}
