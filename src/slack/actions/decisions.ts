import { chosenText } from '../../../blocks/choice.ts';
import { rejectModal } from '../../../blocks/modals.ts';
import { escaped, mention, moment } from '../../../blocks/kit.ts';
import { gapRound, payloadOf } from '../../../pipeline/questions.ts';
import { suggestionTitle } from '../../../blocks/suggestion.ts';
import { roles, type Role } from '../../../pipeline/vocabulary.ts';
import type { Approval } from '../../store/approvals.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { mayAct, notAllowed, roleFor, scopeOf, standsForOwner, type SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** Approve: compare-and-set. The second click is told who decided and when. */
export function approve(deps: SlackDeps, click: Click): Promise<void> {
  return approveWith(deps, click, null);
}

/** A question with several answers: its id, and which one was pressed. The answer is kept as the decision's reason. */
export function answerChoice(deps: SlackDeps, click: Click): Promise<void> {
  const [id = '', ...value] = click.value.split('|');
  return approveWith(deps, { ...click, value: id }, value.join('|'));
}

async function approveWith(deps: SlackDeps, click: Click, reason: string | null): Promise<void> {
  const found = await findQuestion(deps, click);
  if (!found) return;
  const changed = await deps.store.approvals.decide({
    ids: [found.approval.id],
    state: 'approved',
    by: click.user,
    reason,
    now: deps.clock.now(),
  });
  if (changed.length === 0) return tellDecided(deps, click, found.approval.id);
  await afterDecision(deps, found.run);
}

/** Reject a suggestion asks for a reason first; a yes-or-no question is answered at once. */
export async function reject(deps: SlackDeps, click: Click): Promise<void> {
  const found = await findQuestion(deps, click);
  if (!found) return;
  if (found.approval.state !== 'pending') return tellDecided(deps, click, found.approval.id);
  if (found.approval.kind === 'suggestion') {
    await click.openModal(rejectModal(found.approval.id, found.approval.payload));
    return;
  }
  await rejectWith(deps, click, found.approval.id, null);
}

/** The modal came back. */
export async function rejectWith(
  deps: SlackDeps,
  click: Click,
  approvalId: string,
  reason: string | null,
): Promise<void> {
  const found = await findQuestion(deps, { ...click, value: approvalId });
  if (!found) return;
  const changed = await deps.store.approvals.decide({
    ids: [approvalId],
    state: 'rejected',
    by: click.user,
    reason,
    now: deps.clock.now(),
  });
  if (changed.length === 0) return tellDecided(deps, click, approvalId);
  await afterDecision(deps, found.run);
}

/** Exactly the marked set that closes the gap; never the alternatives beside it. */
export async function approveAll(deps: SlackDeps, click: Click): Promise<void> {
  const [runId = '', round = ''] = click.value.split('|');
  const run = await deps.store.runs.get(runId);
  if (!run) return click.tell('This run is not there any more. Nothing was approved.');
  const ofRound = await deps.store.approvals.ofRound(runId, gapRound(Number(round)));
  const set = ofRound.filter((approval) => approval.marked && approval.state === 'pending');
  const [latest] = ofRound.filter((approval) => approval.marked && approval.decidedBy);
  if (set.length === 0) {
    const who = latest?.decidedBy ? ` Last decided by ${mention(latest.decidedBy)}${when(latest)}.` : '';
    return click.tell(`Nothing of this set is open any more.${who} Nothing was approved by your click.`);
  }
  const role = await roleFor(deps, click.user, scopeOf(run));
  const needed = set.map((approval) => approval.requiredRole).toSorted((a, b) => rank(b) - rank(a))[0] ?? 'approver';
  if (!mayAct(role, needed)) return click.tell(notAllowed(needed, scopeOf(run)));
  const changed = await deps.store.approvals.decide({
    ids: set.map((approval) => approval.id),
    state: 'approved',
    by: click.user,
    reason: null,
    now: deps.clock.now(),
    facts: { together: set.length },
  });
  if (changed.length < set.length) {
    await click.tell(
      `${changed.length} of ${set.length} were approved; the others were decided by somebody else in this moment.`,
    );
  }
  await afterDecision(deps, run);
}

/** "Try again" on a run that waits for a person's deed. */
export async function tryAgain(deps: SlackDeps, click: Click): Promise<void> {
  await approve(deps, click);
}

async function findQuestion(
  deps: SlackDeps,
  click: Click,
): Promise<{ approval: Approval; run: StoredRun } | undefined> {
  const approval = await deps.store.approvals.get(click.value);
  const run = approval && (await deps.store.runs.get(approval.runId));
  if (!approval || !run) {
    await click.tell('This question is not there any more. Nothing was done.');
    return undefined;
  }
  const role = await roleFor(deps, click.user, scopeOf(run));
  if (mayAct(role, approval.requiredRole) || (await ownsLogin(deps, approval, click.user))) return { approval, run };
  await click.tell(notAllowed(approval.requiredRole, scopeOf(run)));
  return undefined;
}

/** The owner of the vendor login that a question is about may answer it, whatever their role; so may who stands in for them. */
async function ownsLogin(deps: SlackDeps, approval: Approval, user: string): Promise<boolean> {
  const [site, state = ''] = payloadOf('human', approval)?.login?.split(':') ?? [];
  if (site === undefined) return false;
  return standsForOwner(deps, user, site, state);
}

/** Already decided, expired or overtaken: who, when, and that this click did nothing. */
async function tellDecided(deps: SlackDeps, click: Click, id: string): Promise<void> {
  const now = await deps.store.approvals.get(id);
  const suggestion = now && payloadOf('suggestion', now);
  const what = suggestion ? `“${escaped(suggestionTitle(suggestion))}”` : 'This';
  const by = now?.decidedBy ? ` by ${mention(now.decidedBy)}` : '';
  switch (now?.state) {
    case 'approved':
    case 'rejected':
      if (now.kind === 'choice') {
        return click.tell(
          `“${escaped(chosenText(now, now.reason ?? ''))}” was already chosen${by}${when(now)}. Your click changed nothing.`,
        );
      }
      return click.tell(`${what} was already ${now.state}${by}${when(now)}. Your click changed nothing.`);
    case 'superseded':
      return click.tell(`${what} no longer fits: the report was worked out anew. Please use its newest state.`);
    default:
      return click.tell(
        `${what} has expired${now ? ` ${moment(now.expiresAt)}` : ''}. Nothing was decided; start the pull again for new suggestions.`,
      );
  }
}

async function afterDecision(deps: SlackDeps, run: StoredRun): Promise<void> {
  deps.runner.nudge();
  await deps.notifier.refreshGap(run.id);
  const now = await deps.store.runs.get(run.id);
  if (now) await deps.notifier.card(now);
}

const when = (approval: Approval) => (approval.decidedAt ? ` ${moment(approval.decidedAt)}` : '');
const rank = (role: Role) => roles.indexOf(role);
