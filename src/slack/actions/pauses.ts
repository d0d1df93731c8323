import { takeUp as take } from '../../operations/take-up.ts';
import { Refused } from '../../operations/refused.ts';
import { resume } from '../../operations/resume.ts';
import { person } from '../../operations/who.ts';
import { alreadyLive } from '../commands/reply.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Resume** on the message about a pause. */
export async function resumePause(deps: SlackDeps, click: Click): Promise<void> {
  const { store } = deps;
  const pause = await store.pauses.get(Number(click.value));
  if (!pause) throw new Refused('This pause is not there any more. Nothing was changed.');
  if (pause.endedAt !== null) {
    await deps.notifier.pause(pause.id);
    throw new Refused('This pause is over already. Nothing was changed.');
  }
  const client = pause.client === null ? null : await store.clients.get(pause.client);
  await resume(deps, person(click.user), { client, workflow: pause.workflow });
}

/** A button of the message about a pause that is over: starts what was passed over. */
export async function takeUp(deps: SlackDeps, click: Click): Promise<void> {
  const { user, channel, value } = click;
  const { created, run } = await take(deps, person(user), { id: Number(value), channel });
  if (!created) await click.tell(await alreadyLive(deps, run, run.client));
}
