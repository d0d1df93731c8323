import type { Budget } from '../../pipeline/ports/intent.ts';
import { type Run, shortId } from '../../pipeline/run.ts';
import type { Called } from '../../pipeline/vocabulary.ts';
import { calledWords, clip, context, escaped, number, section, type Message } from '../kit.ts';
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
