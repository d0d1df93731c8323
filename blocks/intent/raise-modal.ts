import type { ModalView } from '@slack/types';
import type { Budget } from '../../pipeline/ports/intent.ts';
import { callbackIds } from '../ids.ts';
import { context, count, limits, number, plain, section } from '../kit.ts';
import { budgetLine } from './words.ts';

/** The largest cap that can be typed by mistake and is still taken. */
export const largestCap = 100_000;

/** A higher cap to the end of the week, with a reason. @param needed credits of the run that was skipped; 0: none was */
export function raiseModal(budget: Budget, needed: number, runId: string): ModalView {
  const enough = Math.max(budget.cap + 1, budget.cap - budget.left + needed);
  const short =
    needed > budget.left
      ? `The skipped run may need *${count(needed, 'credit')}*: ${number(needed - budget.left)} more than are left.\n`
      : '';
  return {
    type: 'modal',
    callback_id: callbackIds.raiseCap,
    private_metadata: JSON.stringify({ runId, cap: budget.cap }),
    title: plain('Raise the weekly cap', limits.modalTitle),
    submit: plain('Raise', 24),
    close: plain('Go back', 24),
    blocks: [
      section(`${short}${budgetLine(budget)}`),
      {
        type: 'input',
        block_id: 'cap',
        label: plain('New cap for this week'),
        hint: plain('Credits in all, until Sunday midnight in New York. Next week the usual cap holds again.', 150),
        element: {
          type: 'plain_text_input',
          action_id: 'cap',
          max_length: 7,
          initial_value: String(Math.min(enough, largestCap)),
        },
      },
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Why?'),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          max_length: 300,
          placeholder: plain('e.g. a trade fair next week, we need the callers busy', 150),
        },
      },
      context('The reason is kept in the audit and shown on the card.'),
    ],
  };
}
