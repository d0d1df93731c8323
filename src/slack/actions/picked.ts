import type { SuggestionPayload } from '../../../pipeline/gap-report.ts';
import { gapRound } from '../../../pipeline/questions.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import type { SlackDeps } from '../deps.ts';

export type Picked = SuggestionPayload;

/**
 * Writes picked ZIPs as questions of the round and answers them at once, through the same compare-and-set as a click.
 *
 * @returns what the person should know, or null when all went through
 */
export async function pickedOutcome(
  deps: SlackDeps,
  run: StoredRun,
  round: number,
  picked: readonly Picked[],
  user: string,
  requiredRole: 'operator' | 'approver',
): Promise<string | null> {
  const name = gapRound(round);
  const now = deps.clock.now();
  const soon = new Date(now.getTime() + 3_600_000);
  await deps.store.approvals.ask(
    run.id,
    name,
    picked.map((suggestion) => ({
      key: suggestion.id,
      kind: 'suggestion',
      payload: suggestion,
      marked: false,
      requiredRole,
    })),
    soon,
  );
  const keys = new Set(picked.map((suggestion) => suggestion.id));
  const questions = (await deps.store.approvals.ofRound(run.id, name)).filter((question) => keys.has(question.key));
  const changed = await deps.store.approvals.decide({
    ids: questions.map((question) => question.id),
    state: 'approved',
    by: user,
    reason: null,
    now,
    facts: { picked: true },
  });
  deps.runner.nudge();
  await deps.notifier.refreshGap(run.id);
  if (changed.length === picked.length) return null;
  const before = questions.filter((question) => !changed.some((one) => one.id === question.id));
  const list = before.map((question) => `${question.key.replace('zip:', '')} (${question.state})`).join(', ');
  return `${changed.length} of ${picked.length} ZIPs are being pulled. Decided before, and left as they are: ${list}.`;
}
