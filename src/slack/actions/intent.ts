import { shortId } from '../../../pipeline/run.ts';
import { z } from 'zod';
import { raiseModal, largestCap } from '../../../blocks/intent/raise-modal.ts';
import { number } from '../../../blocks/kit.ts';
import { loadingModal } from '../../../blocks/modals.ts';
import { argsOf, factsOf } from '../../../pipeline/kinds.ts';
import { everyClient } from '../../store/members.ts';
import { raiseCap as raise, releaseCredits as release } from '../../operations/credits.ts';
import { mailArrived, sendAgain as send } from '../../operations/intent-mail.ts';
import { startIntent } from '../../operations/start-intent.ts';
import { demand } from '../../operations/who-may.ts';
import { person } from '../../operations/who.ts';
import { alreadyLive } from '../commands/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { publishHome } from '../home.ts';
import type { Click } from './click.ts';

/** **Run now**, on App Home, under a preview and under a skipped run. A second press is shown the live run. */
export async function runNow(deps: SlackDeps, click: Click): Promise<void> {
  const { user, channel, value } = click;
  const like = value === 'home' ? null : await deps.store.runs.get(value);
  const noEmail = (like && argsOf('intent', like)?.noEmail) ?? false;
  const { created, run } = await startIntent(deps, person(user), { channel, dryRun: false, noEmail });
  if (!created) await click.tell(await alreadyLive(deps, run, null));
  if (channel !== null) return;
  if (created) await click.tell(`Intent polling is started: run \`${shortId(run.id)}\`. Its card shows how it goes.`);
  await publishHome(deps, user);
}

/** The modal opens at once (Slack's trigger lives three seconds) and fills when the budget is read. */
export async function openRaise(deps: SlackDeps, click: Click): Promise<void> {
  await demand(deps, person(click.user), 'approver', everyClient);
  const viewId = await click.openModal(loadingModal('Raise the weekly cap'));
  if (!viewId) return;
  const run = click.value === 'home' ? null : await deps.store.runs.get(click.value);
  const estimate = run && factsOf('intent', run)?.intent.estimate;
  const budget = await deps.store.credits(deps.clock).budget(deps.intentConfig.weeklyCap);
  await click.updateModal(viewId, raiseModal(budget, estimate?.total ?? 0, run?.id ?? ''));
}

export const RaiseMetadata = z.object({ runId: z.string(), cap: z.number() });

const typedCap = (text: string): number => Number(text.trim().replaceAll(',', ''));

/** What is wrong with what was entered, by Slack's block id; checked before the modal closes. */
export function raiseErrors(metadata: unknown, cap: string, reason: string): Record<string, string> {
  const { cap: holds } = RaiseMetadata.parse(metadata);
  const typed = typedCap(cap);
  if (!Number.isInteger(typed) || typed <= holds || typed > largestCap) {
    return { cap: `A whole number above ${number(holds)}, at most ${number(largestCap)}.` };
  }
  return reason.trim() === '' ? { reason: 'Please say why: it is kept with the decision.' } : {};
}

/** The window came back. */
export async function raiseCap(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof RaiseMetadata> & { to: string; reason: string },
): Promise<void> {
  const to = typedCap(request.to);
  const runId = request.runId === '' ? null : request.runId;
  await raise(deps, person(click.user), { to, reason: request.reason.trim(), runId });
  await click.tell(
    `This week's cap is ${number(to)} credits now. *Run now* on the card or on my Home tab polls at once.`,
  );
  if (runId === null) await publishHome(deps, click.user);
}

/** **Release**: the lost answers of this run were not charged. */
export async function releaseCredits(deps: SlackDeps, click: Click): Promise<void> {
  const released = await release(deps, person(click.user), { runId: click.value });
  await click.tell(`${number(released)} credits are free again. A retry may ask ZoomInfo for these records again.`);
}

/** **Send again**. */
export async function sendAgain(deps: SlackDeps, click: Click): Promise<void> {
  const { user, channel, value: batchId } = click;
  const { created, run } = await send(deps, person(user), { batchId, channel });
  if (!created) await click.tell(`It is being sent already (run \`${shortId(run.id)}\`). Nothing new was started.`);
}

/** **It arrived**. */
export function arrived(deps: SlackDeps, click: Click): Promise<void> {
  return mailArrived(deps, person(click.user), { batchId: click.value });
}
