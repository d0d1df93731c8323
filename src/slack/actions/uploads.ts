import { windowOf } from '../../../pipeline/renewal.ts';
import type { Client, Day, RenewalWindow } from '../../../pipeline/vocabulary.ts';
import type { StoredRun } from '../../store/runs.ts';
import { startAgain, startUndo } from '../../operations/start-week.ts';
import { mayAct, notAllowed, roleFor, type Desk } from '../desk.ts';
import type { Click } from './click.ts';

/** **Undo** on the card of PT5. */
export async function undoEvergreen(desk: Desk, click: Click): Promise<void> {
  const found = await attachedRun(desk, click);
  if (!found) return;
  const attachment = await desk.store.evergreen.attachment(found.run.id);
  if (attachment?.state !== 'attached') {
    await desk.notifier.card(found.run);
    return click.tell('This window was taken back already. Nothing was done.');
  }
  const { created, run } = await startUndo(
    desk,
    found.client,
    { id: found.run.id, window: found.window },
    asked(click),
  );
  if (!created)
    return click.tell(`It is being taken back already (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`);
  await desk.notifier.card(run);
}

/** **Attach again**: the only way back for a window that was undone. */
export async function attachAgain(desk: Desk, click: Click): Promise<void> {
  const found = await attachedRun(desk, click);
  if (!found) return;
  const lists = await desk.store.evergreen.ofWindow(found.client.slug, found.window.start);
  if (!lists.some(({ state }) => state === 'undone')) {
    return click.tell('Nothing of this window is taken back any more. Nothing was done.');
  }
  const { created, run } = await startAgain(desk, found.client, found.window, asked(click));
  if (!created)
    return click.tell(`It is being attached already (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`);
  await desk.notifier.card(run);
}

const asked = (click: Click) =>
  ({ user: click.user, channel: click.channel, trigger: 'manual', dryRun: false }) as const;

type Found = { readonly run: StoredRun; readonly client: Client; readonly window: RenewalWindow };

async function attachedRun(desk: Desk, click: Click): Promise<Found | undefined> {
  const run = await desk.store.runs.get(click.value);
  const client = run?.client ? await desk.store.clients.get(run.client) : null;
  const start = run?.args.window;
  if (!run || !client || typeof start !== 'string') {
    await click.tell('This run is not there any more. Nothing was done.');
    return undefined;
  }
  if (!mayAct(await roleFor(desk, click.user, client.slug), 'approver')) {
    await click.tell(notAllowed('approver', client.slug));
    return undefined;
  }
  return { run, client, window: windowOf(start as Day) }; // EvergreenArgs took it for a day
}
