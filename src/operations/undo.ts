import { argsOf, kinds } from '../../pipeline/kinds.ts';
import { windowOf } from '../../pipeline/renewal.ts';
import type { Client, RenewalWindow } from '../../pipeline/vocabulary.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { startRun, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

type Undoing = Starting & Asking & { readonly store: Pick<Deps['store'], 'evergreen'> };
type Args = { /** The run of PT5 that attached it. */ readonly runId: string; readonly channel: string | null };

/**
 * Takes a window out of the evergreen campaign again, as the run that attached it left it.
 * @throws Refused where it was taken back already, or this person may not
 */
export async function undoEvergreen(deps: Undoing, who: Who, { runId, channel }: Args): Promise<Started> {
  const { run, client, window } = await attached(deps, who, runId);
  const attachment = await deps.store.evergreen.attachment(run.id);
  if (attachment?.state !== 'attached') {
    await deps.notifier.card(run);
    throw new Refused('This window was taken back already. Nothing was done.');
  }
  return startRun(
    deps,
    who,
    'undo',
    { channel, dryRun: false },
    {
      workflow: 'evergreen-undo',
      client: client.slug,
      month: window.month,
      key: kinds['evergreen-undo'].key({ client: client.slug, window }),
      args: { of: run.id },
      parent: run.id,
    },
  );
}

/**
 * Attaches a window again that was taken back: the only way back for it.
 * @throws Refused where nothing of it is taken back, or this person may not
 */
export async function attachAgain(deps: Undoing, who: Who, { runId, channel }: Args): Promise<Started> {
  const { client, window } = await attached(deps, who, runId);
  const lists = await deps.store.evergreen.ofWindow(client.slug, window.start);
  if (!lists.some(({ state }) => state === 'undone')) {
    throw new Refused('Nothing of this window is taken back any more. Nothing was done.');
  }
  return startRun(
    deps,
    who,
    'attach again',
    { channel, dryRun: false },
    {
      workflow: 'evergreen',
      client: client.slug,
      month: window.month,
      key: kinds.evergreen.key({ client: client.slug, window }),
      args: { window: window.start, again: true },
    },
  );
}

async function attached(
  deps: Undoing,
  who: Who,
  runId: string,
): Promise<{ readonly run: StoredRun; readonly client: Client; readonly window: RenewalWindow }> {
  const run = await deps.store.runs.get(runId);
  const client = run?.client ? await deps.store.clients.get(run.client) : null;
  const args = run && argsOf('evergreen', run);
  if (!run || !client || !args) {
    throw new Refused('This run is not there any more. Nothing was done.');
  }
  await demand(deps, who, 'approver', client.slug);
  return { run, client, window: windowOf(args.window) };
}
