import type { Budget } from '../../pipeline/ports/intent.ts';
import { type Run, shortId } from '../../pipeline/run.ts';
import type { Called } from '../../pipeline/vocabulary.ts';
import { calledWords, clip, context, count, escaped, moment, number, section, type Message } from '../kit.ts';
import { runTitle } from '../run-card.ts';
import { budgetLine } from './words.ts';

/** A share of the week's credits is used. */
export function budgetAlert(share: number, budget: Budget, approvers: readonly Called[]): Message {
  const percent = Math.round(share * 100);
  const line = `💳 ${percent} % of this week's ZoomInfo credits are used: ${number(budget.spent + budget.unsettled)} of ${number(budget.cap)}.`;
  const whom = approvers.map(calledWords).join(' ');
  return {
    text: line,
    blocks: [
      section(`*${line}*\n${budgetLine(budget)}`),
      context(`${whom} The week begins anew on Monday, 0:00 in New York.`.trim()),
    ],
  };
}

/** Something of a run that approvers must see. */
export function runAlert(run: Run, text: string, approvers: readonly Called[]): Message {
  const line = `${approvers.map(calledWords).join(' ')} ${runTitle(run, null)}: ${escaped(clip(text, 2_000))}`.trim();
  return {
    text: line,
    blocks: [section(line), context(`The run's card has the details · run \`${shortId(run.id)}\``)],
  };
}

/** Too late to be caught up: said once for all of them, and left. @param due of each, oldest first */
export function missedPolls(due: readonly Date[], approvers: readonly Called[]): Message {
  const [first, last] = [due.at(0), due.at(-1)];
  const which =
    due.length > 1 && first && last
      ? `${count(due.length, 'intent poll')} were missed, the first due ${moment(first)}, the last ${moment(last)}`
      : `The intent poll due ${last ? moment(last) : 'lately'} was missed`;
  const line = `⏰ ${which}: nothing was running then, and it is too late to catch up.`;
  const whom = approvers.map(calledWords).join(' ');
  return { text: line, blocks: [section(line), context(`${whom} \`/leadops intent run\` polls now.`.trim())] };
}
