import { z } from 'zod';
import { raiseModal, largestCap } from '../../../blocks/intent/raise-modal.ts';
import { escaped, mention, number } from '../../../blocks/kit.ts';
import { loadingModal } from '../../../blocks/modals.ts';
import { newYorkDay } from '../../../pipeline/intent/days.ts';
import { deliveryState } from '../../../pipeline/intent/delivery.ts';
import { argsOf, factsOf, kinds } from '../../../pipeline/kinds.ts';
import type { Batch } from '../../../pipeline/ports/intent.ts';
import type { Role } from '../../../pipeline/vocabulary.ts';
import { startPoll } from '../commands/intent.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import { everyClient } from '../../store/members.ts';
import { publishHome } from '../home.ts';
import type { Click } from './click.ts';

/** Intent polling, its budget and its mails belong to no client: only a role for all of them counts. */
async function allowed(deps: SlackDeps, click: Click, needed: Role): Promise<boolean> {
  if (mayAct(await roleFor(deps, click.user, everyClient), needed)) return true;
  await click.tell(notAllowed(needed, everyClient));
  return false;
}

/** **Run now**, on App Home, under a preview and under a skipped run. A second press is shown the live run. */
export async function runNow(deps: SlackDeps, click: Click): Promise<void> {
  if (!(await allowed(deps, click, 'operator'))) return;
  const like = click.value === 'home' ? null : await deps.store.runs.get(click.value);
  const { created, says } = await startPoll(deps, {
    user: click.user,
    channel: click.channel,
    dryRun: false,
    noEmail: (like && argsOf('intent', like)?.noEmail) ?? false,
  });
  if (!created || click.channel === null) await click.tell(says);
  if (click.channel === null) await publishHome(deps, click.user);
}

/** The modal opens at once (Slack's trigger lives three seconds) and fills when the budget is read. */
export async function openRaise(deps: SlackDeps, click: Click): Promise<void> {
  if (!(await allowed(deps, click, 'approver'))) return;
  const viewId = await click.openModal(loadingModal('Raise the weekly cap'));
  if (!viewId) return;
  const run = click.value === 'home' ? null : await deps.store.runs.get(click.value);
  const estimate = run && factsOf('intent', run)?.intent.estimate;
  const budget = await deps.store.credits(deps.clock).budget(deps.intentConfig.weeklyCap);
  await click.updateModal(viewId, raiseModal(budget, estimate?.total ?? 0, run?.id ?? ''));
}

export const RaiseMetadata = z.object({ runId: z.string(), cap: z.number() });

/** What is wrong with what was entered, by Slack's block id; checked before the modal closes. */
export function raiseErrors(metadata: unknown, cap: string, reason: string): Record<string, string> {
  const { cap: holds } = RaiseMetadata.parse(metadata);
  const typed = Number(cap.trim().replaceAll(',', ''));
  if (!Number.isInteger(typed) || typed <= holds || typed > largestCap) {
    return { cap: `A whole number above ${number(holds)}, at most ${number(largestCap)}.` };
  }
  return reason.trim() === '' ? { reason: 'Please say why: it is kept with the decision.' } : {};
}

export async function raiseCap(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof RaiseMetadata> & { to: string; reason: string },
): Promise<void> {
  if (!(await allowed(deps, click, 'approver'))) return;
  const to = Number(request.to.trim().replaceAll(',', ''));
  const cap = deps.intentConfig.weeklyCap;
  const answer = await deps.store.credits(deps.clock).raise(cap, to, click.user, request.reason.trim());
  if (!answer.raised) {
    const by = answer.by ? ` by ${mention(answer.by)}` : '';
    return click.tell(`The cap of this week is ${number(answer.cap)} already${by}. Nothing was changed.`);
  }
  await click.tell(
    `This week's cap is ${number(to)} credits now. *Run now* on the card or on my Home tab polls at once.`,
  );
  const run = request.runId === '' ? null : await deps.store.runs.get(request.runId);
  if (run) await deps.notifier.card(run);
  else await publishHome(deps, click.user);
}

/** An approver compared with ZoomInfo's own count: the lost answers of this run were not charged. */
export async function releaseCredits(deps: SlackDeps, click: Click): Promise<void> {
  if (!(await allowed(deps, click, 'approver'))) return;
  const released = await deps.store.credits(deps.clock).release(click.value, click.user);
  const run = await deps.store.runs.get(click.value);
  if (run) await deps.notifier.card(run);
  await click.tell(
    released > 0
      ? `${number(released)} credits are free again. A retry may ask ZoomInfo for these records again.`
      : 'Nothing of this run is unsettled any more. Nothing was changed.',
  );
}

/** **Send again**: a run of its own, so that a crash or a second press sends nothing twice. */
export async function sendAgain(deps: SlackDeps, click: Click): Promise<void> {
  const batch = await undelivered(deps, click);
  if (!batch) return;
  const origin = await deps.store.intentBatches.origin(batch.id);
  const { created, run } = await deps.runner.start({
    workflow: 'intent-send',
    client: null,
    month: null,
    key: kinds['intent-send'].key({ batch: batch.id }),
    trigger: 'manual',
    requestedBy: click.user,
    channel: click.channel ?? origin.channel,
    dryRun: false,
    args: { batch: batch.id, by: argsOf('intent', origin)?.noEmail ? 'slack' : 'email' },
    askedAt: deps.clock.now(),
    parent: origin.id,
  });
  if (!created) return click.tell(`It is being sent already (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`);
  await deps.notifier.card(run);
}

/** **It arrived**: somebody looked for the mail and found it. */
export async function arrived(deps: SlackDeps, click: Click): Promise<void> {
  const batch = await undelivered(deps, click);
  if (!batch) return;
  if (deliveryState(batch) !== 'maybe') {
    return click.tell(`The mail of ${escaped(batch.id)} was surely not sent to everybody. Nothing was changed.`);
  }
  const today = newYorkDay(deps.clock.now());
  if (await deps.store.intentBatches.delivered(batch.id, 'person', today)) {
    await deps.store.runs.audit({ who: click.user, what: 'mail arrived', subject: batch.id, runId: batch.runId });
  }
  const run = await deps.store.runs.get(batch.runId);
  if (run) await deps.notifier.card(run);
}

async function undelivered(deps: SlackDeps, click: Click): Promise<Batch | undefined> {
  if (!(await allowed(deps, click, 'operator'))) return undefined;
  const batch = await deps.store.intentBatches.find(click.value);
  if (batch && batch.deliveredBy === null) return batch;
  await click.tell(
    batch
      ? `${escaped(batch.id)} is delivered already. Nothing was sent.`
      : 'This batch is not there any more. Nothing was sent.',
  );
  const run = batch && (await deps.store.runs.get(batch.runId));
  if (run) await deps.notifier.card(run);
  return undefined;
}
