import { targetOf } from '../../target.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { keepReserve, type ReservePorts } from '../pull/keep-reserve.ts';
import { bookOf } from '../pull/pt1-raw-pull.ts';
import type { Client, Month } from '../../vocabulary.ts';

export type TakeOutPorts = ReservePorts &
  Using<{ uploads: 'waiting' | 'suppress'; suppressions: 'among'; leads: 'counts' | 'saveMonth' }>;
export type ClearPorts = TakeOutPorts & Using<{ bison: true; uploads: 'dropPlanned'; suppressions: 'learn' }>;

export type Cleared = {
  /** Leads taken out because their person must not be written to. */
  readonly suppressed: number;
  /** Bison could be asked who unsubscribed or bounced. */
  readonly asked: boolean;
  readonly cleaned: number;
  readonly target: number;
  readonly reserve: number;
};

/**
 * Who may be uploaded: nobody who was forgotten, unsubscribed or bounced, and no more than the target. Bison is asked first,
 * so that what happened there since the last upload counts.
 */
export async function clear(context: RunContext<Client, ClearPorts>, month: Month): Promise<Cleared> {
  const { ports, client, step } = context;
  const workspace = workspaceOf(client);
  context.progress({ phase: 'Check', detail: 'asking Bison who unsubscribed or bounced' });
  // Lists that were never sent are given up first, so that their people are checked like everybody else.
  await step('give up what never left', () => ports.uploads.dropPlanned({ client: client.slug, month }));
  // Once for each attempt, because a retry may come days later.
  const asked = await step(`learn who must not be written to, attempt ${context.run.attempt}`, async () => {
    const known = await (await ports.bison(workspace)).suppressed(workspace);
    if (known === null) return false;
    await ports.suppressions.learn(known.unsubscribed, 'unsubscribed', client.slug);
    await ports.suppressions.learn(known.bounced, 'bounced', client.slug);
    return true;
  });
  return step('take them out', async () => ({ asked, ...(await takeOut(context, month)) }));
}

/** Whoever leaves makes room for somebody of the reserve, who is looked at too. */
export async function takeOut(context: InStep<Client, TakeOutPorts>, month: Month): Promise<Omit<Cleared, 'asked'>> {
  const { ports, client } = context;
  const key = { client: client.slug, month };
  const book = bookOf(context, month);
  const target = targetOf(client);
  let suppressed = 0;
  for (;;) {
    const reserve = await keepReserve(context, book, target);
    const waiting = await ports.uploads.waiting(key);
    const gone = await ports.suppressions.among(waiting.map(({ email }) => email));
    const ids = waiting.filter(({ email }) => gone.has(email)).map(({ id }) => id);
    const left = ids.length > 0 ? await ports.uploads.suppress(key, ids) : 0;
    suppressed += left;
    // A lead that could not leave (a list took it meanwhile) must not keep us here.
    if (left > 0) continue;
    const { cleaned = 0 } = await ports.leads.counts(book);
    await ports.leads.saveMonth(book, { count: cleaned, target, gap: Math.max(0, target - cleaned), reserve });
    return { suppressed, cleaned, target, reserve };
  }
}
