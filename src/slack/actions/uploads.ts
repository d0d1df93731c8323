import { shortId } from '../../../pipeline/run.ts';
import { attachAgain as again, undoEvergreen as undo } from '../../operations/undo.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Undo** on the card of PT5. */
export async function undoEvergreen(deps: SlackDeps, click: Click): Promise<void> {
  const { user, channel, value: runId } = click;
  const { created, run } = await undo(deps, person(user), { runId, channel });
  if (!created)
    await click.tell(`It is being taken back already (run \`${shortId(run.id)}\`). Nothing new was started.`);
}

/** **Attach again**: the only way back for a window that was undone. */
export async function attachAgain(deps: SlackDeps, click: Click): Promise<void> {
  const { user, channel, value: runId } = click;
  const { created, run } = await again(deps, person(user), { runId, channel });
  if (!created) await click.tell(`It is being attached already (run \`${shortId(run.id)}\`). Nothing new was started.`);
}
