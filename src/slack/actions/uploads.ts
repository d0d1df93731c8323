import { argsOf } from '../../../pipeline/kinds.ts';
import { windowOf } from '../../../pipeline/renewal.ts';
import type { Client, RenewalWindow } from '../../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { startAgain, startUndo } from '../../operations/start-week.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Undo** on the card of PT5. */
export async function undoEvergreen(deps: SlackDeps, click: Click): Promise<void> {
  const found = await attachedRun(deps, click);
  if (!found) return;
  const attachment = await deps.store.evergreen.attachment(found.run.id);
  if (attachment?.state !== 'attached') {
    await deps.notifier.card(found.run);
    return click.tell('This window was taken back already. Nothing was done.');
  }
  const { created, run } = await startUndo(
    deps,
    found.client,
    { id: found.run.id, window: found.window },
    asked(click),
  );
  if (!created)
    return click.tell(`It is being taken back already (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`);
  await deps.notifier.card(run);
}

/** **Attach again**: the only way back for a window that was undone. */
export async function attachAgain(deps: SlackDeps, click: Click): Promise<void> {
  const found = await attachedRun(deps, click);
  if (!found) return;
  const lists = await deps.store.evergreen.ofWindow(found.client.slug, found.window.start);
  if (!lists.some(({ state }) => state === 'undone')) {
    return click.tell('Nothing of this window is taken back any more. Nothing was done.');
  }
  const { created, run } = await startAgain(deps, found.client, found.window, asked(click));
  if (!created)
    return click.tell(`It is being attached already (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`);
  await deps.notifier.card(run);
}

const asked = (click: Click) =>
  ({ user: click.user, channel: click.channel, trigger: 'manual', dryRun: false }) as const;

type Found = { readonly run: StoredRun; readonly client: Client; readonly window: RenewalWindow };

async function attachedRun(deps: SlackDeps, click: Click): Promise<Found | undefined> {
  const run = await deps.store.runs.get(click.value);
  const client = run?.client ? await deps.store.clients.get(run.client) : null;
  const start = run && argsOf('evergreen', run)?.window;
  if (!run || !client || !start) {
    await click.tell('This run is not there any more. Nothing was done.');
    return undefined;
  }
  if (!mayAct(await roleFor(deps, click.user, client.slug), 'approver')) {
    await click.tell(notAllowed('approver', client.slug));
    return undefined;
  }
  return { run, client, window: windowOf(start) };
}
