import { escaped } from '../../blocks/kit.ts';
import { argsOf, kinds } from '../../pipeline/kinds.ts';
import { newYorkDay } from '../../pipeline/intent/days.ts';
import { deliveryState } from '../../pipeline/intent/delivery.ts';
import type { Batch } from '../../pipeline/ports/intent.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { startRun, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

type Mailing = Starting & Asking & { readonly store: Pick<Deps['store'], 'intentBatches'> };

/**
 * Sends a batch's mail again, by a run of its own: a crash or a second press sends nothing twice.
 * @throws Refused where it is delivered already, or this person may not
 */
export async function sendAgain(
  deps: Mailing,
  who: Who,
  { batchId, channel }: { readonly batchId: string; readonly channel: string | null },
): Promise<Started> {
  const batch = await undelivered(deps, who, batchId);
  const origin = await deps.store.intentBatches.origin(batch.id);
  return startRun(
    deps,
    who,
    'send again',
    { channel: channel ?? origin.channel, dryRun: false },
    {
      workflow: 'intent-send',
      client: null,
      month: null,
      key: kinds['intent-send'].key({ batch: batch.id }),
      args: { batch: batch.id, by: argsOf('intent', origin)?.noEmail ? 'slack' : 'email' },
      parent: origin.id,
    },
  );
}

/**
 * Somebody looked for a mail whose fate nobody knows, and found it: it is delivered.
 * @throws Refused where it surely was not sent, is delivered already, or this person may not
 */
export async function mailArrived(deps: Mailing, who: Who, { batchId }: { readonly batchId: string }): Promise<void> {
  const batch = await undelivered(deps, who, batchId);
  if (deliveryState(batch) !== 'maybe') {
    throw new Refused(`The mail of ${escaped(batch.id)} was surely not sent to everybody. Nothing was changed.`);
  }
  if (await deps.store.intentBatches.delivered(batch.id, 'person', newYorkDay(deps.clock.now()))) {
    await deps.store.runs.audit({ who: who.id, what: 'mail arrived', subject: batch.id, runId: batch.runId });
  }
  await redraw(deps, batch);
}

async function undelivered(deps: Mailing, who: Who, batchId: string): Promise<Batch> {
  await demand(deps, who, 'operator', everyClient);
  const batch = await deps.store.intentBatches.find(batchId);
  if (!batch) throw new Refused('This batch is not there any more. Nothing was sent.');
  if (batch.deliveredBy === null) return batch;
  await redraw(deps, batch);
  throw new Refused(`${escaped(batch.id)} is delivered already. Nothing was sent.`);
}

async function redraw(deps: Mailing, batch: Batch): Promise<void> {
  const run = await deps.store.runs.get(batch.runId);
  if (run) await deps.notifier.card(run);
}
