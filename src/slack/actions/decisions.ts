import { rejectModal } from '../../../blocks/modals.ts';
import { gapRound } from '../../../pipeline/questions.ts';
import { approveSet, decide, decidedAlready, openQuestion } from '../../operations/decide.ts';
import { Refused } from '../../operations/refused.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Approve**, and **Try again** on a run that waits for a person's deed. */
export function approve(deps: SlackDeps, click: Click): Promise<void> {
  return decide(deps, person(click.user), { approvalId: click.value, state: 'approved', reason: null });
}

/** A question with several answers: its id, and which one was pressed. The answer is kept as the decision's reason. */
export function answerChoice(deps: SlackDeps, click: Click): Promise<void> {
  const [approvalId = '', ...value] = click.value.split('|');
  return decide(deps, person(click.user), { approvalId, state: 'approved', reason: value.join('|') });
}

/** **Reject**: a suggestion asks for a reason first; a yes-or-no question is answered at once. */
export async function reject(deps: SlackDeps, click: Click): Promise<void> {
  const { approval } = await openQuestion(deps, person(click.user), click.value);
  if (approval.state !== 'pending') throw new Refused(await decidedAlready(deps, approval.id));
  if (approval.kind === 'suggestion') {
    await click.openModal(rejectModal(approval.id, approval.payload));
    return;
  }
  await decide(deps, person(click.user), { approvalId: approval.id, state: 'rejected', reason: null });
}

/** **Approve all**: the marked set of a round. */
export async function approveAll(deps: SlackDeps, click: Click): Promise<void> {
  const [runId = '', round = ''] = click.value.split('|');
  const { approved, of } = await approveSet(deps, person(click.user), { runId, round: gapRound(Number(round)) });
  if (approved === of) return;
  await click.tell(`${approved} of ${of} were approved; the others were decided by somebody else in this moment.`);
}
