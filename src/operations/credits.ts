import { mention, number } from '../../blocks/kit.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

type Spending = Asking &
  Pick<Deps, 'notifier' | 'intentConfig'> & { readonly store: Pick<Deps['store'], 'credits' | 'runs'> };

/**
 * Raises the credits of this week, to its end.
 *
 * @param args.runId whose card asked; null where none did
 * @throws Refused where it is no higher than what holds, or this person may not
 */
export async function raiseCap(
  deps: Spending,
  who: Who,
  { to, reason, runId }: { readonly to: number; readonly reason: string; readonly runId: string | null },
): Promise<void> {
  await demand(deps, who, 'approver', everyClient);
  const answer = await deps.store.credits(deps.clock).raise(deps.intentConfig.weeklyCap, to, who.id, reason);
  if (!answer.raised) {
    const by = answer.by ? ` by ${mention(answer.by)}` : '';
    throw new Refused(`The cap of this week is ${number(answer.cap)} already${by}. Nothing was changed.`);
  }
  await redraw(deps, runId);
}

/**
 * An approver compared with ZoomInfo's own count: the lost answers of this run were not charged.
 *
 * @returns credits that are free again
 * @throws Refused where nothing of the run is unsettled, or this person may not
 */
export async function releaseCredits(deps: Spending, who: Who, { runId }: { readonly runId: string }): Promise<number> {
  await demand(deps, who, 'approver', everyClient);
  const released = await deps.store.credits(deps.clock).release(runId, who.id);
  await redraw(deps, runId);
  if (released > 0) return released;
  throw new Refused('Nothing of this run is unsettled any more. Nothing was changed.');
}

async function redraw(deps: Spending, runId: string | null): Promise<void> {
  const run = runId === null ? null : await deps.store.runs.get(runId);
  if (run) await deps.notifier.card(run);
}
