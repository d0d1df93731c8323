import { z } from 'zod';
import { count } from '../../../blocks/kit.ts';
import { isMonth } from '../../../pipeline/month.ts';
import { cancel } from '../../operations/cancel.ts';
import { openLane as open } from '../../operations/open-lane.ts';
import { Refused } from '../../operations/refused.ts';
import { retry } from '../../operations/retry.ts';
import { startPull } from '../../operations/start-pull.ts';
import { demand, scopeOf } from '../../operations/who-may.ts';
import { person } from '../../operations/who.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { alreadyLive } from '../commands/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { lookAgain, toLookAt } from './check.ts';
import type { Click } from './click.ts';
import { vendorName } from '../../../pipeline/vendors.ts';

/** The database went away between the look at who may and the deed. */
export const cancelNoted =
  'My database does not answer right now. What this run does here stops at its next safe point; it is written down as canceled when the database is back.';

export async function cancelRun(deps: SlackDeps, click: Click): Promise<void> {
  const run = await runOf(deps, click.value);
  if ((await cancel(deps, person(click.user), { run })) === 'noted') await click.tell(cancelNoted);
}

export async function retryRun(deps: SlackDeps, click: Click): Promise<void> {
  await retry(deps, person(click.user), { run: await runOf(deps, click.value) });
}

/** **I looked, take work again** on the card of a run that met a vendor's closed lane. */
export async function openLane(deps: SlackDeps, click: Click): Promise<void> {
  const [id = '', vendor = ''] = click.value.split('|');
  const run = await runOf(deps, id);
  if (vendor === '') throw new Refused('This button does not say which vendor. Nothing was done.');
  if (run.workflow === 'check') return openAfterCheck(deps, click, run, vendor);
  const { opened, woken, left } = await open(deps, person(click.user), { vendor, runId: run.id });
  const others = woken.filter((one) => one !== run.id).length;
  const says = [
    opened ? `${vendorName(vendor)} takes work again.` : `${vendorName(vendor)} was open already.`,
    ...(others > 0 ? [`${count(others, 'other run')} that waited for it ${others === 1 ? 'goes' : 'go'} on.`] : []),
    ...(left === null ? [] : [left]),
  ];
  // Where only this run goes on, its own card says it all.
  if (says.length > 1 || (woken.includes(run.id) && !opened)) await click.tell(says.join(' '));
}

/** The check itself is over: what met the closed lane is looked at again. */
async function openAfterCheck(deps: SlackDeps, click: Click, run: StoredRun, vendor: string): Promise<void> {
  const { woken } = await open(deps, person(click.user), { vendor });
  if (woken.length > 0) {
    const go = woken.length === 1 ? 'goes' : 'go';
    await click.tell(
      `${vendorName(vendor)} takes work again. ${count(woken.length, 'run')} that waited for it ${go} on.`,
    );
  }
  const login = toLookAt(run, vendor);
  if (login !== null) await lookAgain(deps, click, login);
}

const Anyway = z.object({ client: z.string(), month: z.string(), refresh: z.boolean() });

/** **Pull anyway** under a question that came before the start. It may have stood there for months. */
export async function pullAnyway(deps: SlackDeps, click: Click): Promise<void> {
  const wanted = Anyway.safeParse(JSON.parse(click.value));
  const client = wanted.success ? await deps.store.clients.get(wanted.data.client) : null;
  if (!wanted.success || !client || !isMonth(wanted.data.month)) {
    throw new Refused('This question is too old to be answered. Nothing was started.');
  }
  const { month, refresh } = wanted.data;
  const channel = click.channel ?? client.channel;
  const args = { client, month, refresh, channel, dryRun: false, anyway: true };
  try {
    const { created, run } = await startPull(deps, person(click.user), args);
    await click.dismiss(created ? 'Started: its card is in this channel.' : await alreadyLive(deps, run, client.name));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await click.dismiss(error.message);
  }
}

/** **Pick up late verdicts** under a report that is over: a pull that finds everything stored but the verdicts. */
export async function pickUpLate(deps: SlackDeps, click: Click): Promise<void> {
  const { month, ...of } = await runOf(deps, click.value);
  await demand(deps, person(click.user), 'operator', scopeOf(of));
  const client = of.client === null ? null : await deps.store.clients.get(of.client);
  if (!client || month === null) throw new Refused('This run names no client and month. Nothing was started.');
  const channel = click.channel ?? client.channel;
  const args = { client, month, refresh: false, channel, dryRun: false, anyway: true };
  const { created, run } = await startPull(deps, person(click.user), args);
  if (!created) await click.tell(await alreadyLive(deps, run, client.name));
}

async function runOf(deps: SlackDeps, id: string): Promise<StoredRun> {
  const run = await deps.store.runs.get(id);
  if (!run) throw new Refused('This run is not there any more. Nothing was done.');
  return run;
}
