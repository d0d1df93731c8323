import { chosenText } from '../../blocks/choice.ts';
import { escaped, mention, moment } from '../../blocks/kit.ts';
import { suggestionTitle } from '../../blocks/suggestion.ts';
import { payloadOf } from '../../pipeline/questions.ts';
import { roles, type Role } from '../../pipeline/vocabulary.ts';
import type { Approval } from '../store/approvals.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { demand, isAllowed, notAllowed, scopeOf, standsForOwner, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type Deciding = Asking &
  Pick<Deps, 'runner' | 'notifier'> & {
    readonly store: Pick<Deps['store'], 'approvals' | 'runs' | 'clients' | 'credentials'>;
  };

/**
 * Decides a question: compare-and-set, so that of two who decide in the same moment one does. The run goes on.
 *
 * @param args.reason of a rejection; of a question with several answers, which one was chosen
 * @throws Refused where it is decided, expired or overtaken already, or this person may not
 */
export async function decide(
  deps: Deciding,
  who: Who,
  args: { readonly approvalId: string; readonly state: 'approved' | 'rejected'; readonly reason: string | null },
): Promise<void> {
  const { run } = await openQuestion(deps, who, args.approvalId);
  const { approvalId, state, reason } = args;
  const now = deps.clock.now();
  const changed = await deps.store.approvals.decide({ ids: [approvalId], state, by: who.id, reason, now });
  if (changed.length === 0) throw new Refused(await decidedAlready(deps, approvalId));
  await goOn(deps, run);
}

/**
 * A question that this person may decide. It may be decided meanwhile; `decide` says so.
 * @throws Refused where it is gone, or this person may not
 */
export async function openQuestion(
  deps: Deciding,
  who: Who,
  approvalId: string,
): Promise<{ readonly approval: Approval; readonly run: StoredRun }> {
  const approval = await deps.store.approvals.get(approvalId);
  const run = approval && (await deps.store.runs.get(approval.runId));
  if (!approval || !run) throw new Refused('This question is not there any more. Nothing was done.');
  const may = await isAllowed(deps, who, approval.requiredRole, scopeOf(run));
  if (may || (await ownsLogin(deps, approval, who))) return { approval, run };
  throw notAllowed(approval.requiredRole, scopeOf(run));
}

/**
 * Approves exactly the marked set of a round that closes the gap; never the alternatives beside it.
 *
 * @returns how many were approved, of how many: somebody else may have decided some in the same moment
 * @throws Refused where nothing of the set is open any more, or this person may not
 */
export async function approveSet(
  deps: Deciding,
  who: Who,
  { runId, round }: { readonly runId: string; /** The round's name. */ readonly round: string },
): Promise<{ readonly approved: number; readonly of: number }> {
  const run = await deps.store.runs.get(runId);
  if (!run) throw new Refused('This run is not there any more. Nothing was approved.');
  const marked = (await deps.store.approvals.ofRound(runId, round)).filter((approval) => approval.marked);
  const set = marked.filter((approval) => approval.state === 'pending');
  if (set.length === 0) {
    const latest = marked.find((approval) => approval.decidedBy);
    const last = latest?.decidedBy ? ` Last decided by ${mention(latest.decidedBy)}${when(latest)}.` : '';
    throw new Refused(`Nothing of this set is open any more.${last} Nothing was approved by your click.`);
  }
  const needed = set.map((approval) => approval.requiredRole).toSorted((a, b) => rank(b) - rank(a))[0] ?? 'approver';
  await demand(deps, who, needed, scopeOf(run));
  const changed = await deps.store.approvals.decide({
    ids: set.map((approval) => approval.id),
    state: 'approved',
    by: who.id,
    reason: null,
    now: deps.clock.now(),
    facts: { together: set.length },
  });
  await goOn(deps, run);
  return { approved: changed.length, of: set.length };
}

/** After a decision: the run is looked at now, and what shows its questions follows. */
export async function goOn(deps: Pick<Deciding, 'runner' | 'notifier' | 'store'>, run: StoredRun): Promise<void> {
  deps.runner.nudge();
  await deps.notifier.refreshGap(run.id);
  const now = await deps.store.runs.get(run.id);
  if (now) await deps.notifier.card(now);
}

/** The owner of the vendor login that a question is about may answer it, whatever their role; so may who stands in for them. */
async function ownsLogin(deps: Deciding, approval: Approval, who: Who): Promise<boolean> {
  const [site, state = ''] = payloadOf('human', approval)?.login?.split(':') ?? [];
  return site !== undefined && who.kind === 'person' && standsForOwner(deps, who.id, site, state);
}

/** Already decided, expired or overtaken: who, when, and that nothing was changed by this. */
export async function decidedAlready(deps: Deciding, id: string): Promise<string> {
  const now = await deps.store.approvals.get(id);
  const suggestion = now && payloadOf('suggestion', now);
  const what = suggestion ? `“${escaped(suggestionTitle(suggestion))}”` : 'This';
  const by = now?.decidedBy ? ` by ${mention(now.decidedBy)}` : '';
  switch (now?.state) {
    case 'approved':
    case 'rejected':
      if (now.kind === 'choice') {
        return `“${escaped(chosenText(now, now.reason ?? ''))}” was already chosen${by}${when(now)}. Your click changed nothing.`;
      }
      return `${what} was already ${now.state}${by}${when(now)}. Your click changed nothing.`;
    case 'superseded':
      return `${what} no longer fits: the report was worked out anew. Please use its newest state.`;
    default:
      return `${what} has expired${now ? ` ${moment(now.expiresAt)}` : ''}. Nothing was decided; start the pull again for new suggestions.`;
  }
}

const when = (approval: Approval) => (approval.decidedAt ? ` ${moment(approval.decidedAt)}` : '');
const rank = (role: Role) => roles.indexOf(role);
