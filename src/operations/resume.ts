import { escaped } from '../../blocks/kit.ts';
import { pauseLine, pausedTitle } from '../../blocks/pauses.ts';
import { scopeWord } from '../../pipeline/pause-scope.ts';
import type { StoredPause } from '../store/pauses.ts';
import { demandFor, openPause, type Pausing } from './pause.ts';
import { pausedName } from './paused.ts';
import { Refused } from './refused.ts';
import type { Target } from './typed-pause.ts';
import type { Who } from './who.ts';

/**
 * Ends a pause by hand. What it passed over is said where the pause was, and offered there.
 * @throws Refused where it is not paused, or this person may not
 */
export async function resume(deps: Pausing, who: Who, target: Target): Promise<StoredPause> {
  const { store, clock } = deps;
  await demandFor(deps, who, target);
  const scope = { client: target.client?.slug ?? null, workflow: target.workflow };
  const open = await openPause(store, scope);
  if (!open || !(await store.pauses.end(open.id, clock.now(), who.id))) {
    throw new Refused(
      `${escaped(pausedTitle(scope, target.client?.name ?? null))} is not paused. Nothing was changed.${await widerPause(deps, scope)}`,
    );
  }
  await store.runs.audit({ who: who.id, what: 'resume', subject: scopeWord(scope), facts: { pause: open.id } });
  await deps.notifier.pause(open.id);
  return (await store.pauses.get(open.id)) ?? open;
}

/** Another pause that holds the same back, so that nobody believes nothing did. */
async function widerPause({ store }: Pausing, scope: Pick<StoredPause, 'client' | 'workflow'>): Promise<string> {
  const others = (await store.pauses.open()).filter(
    ({ client, workflow }) => (client === null && workflow === null) || (scope.client !== null && workflow !== null),
  );
  const lines = await Promise.all(
    others.map(
      async (one) => `${pauseLine(one, await pausedName(store, one))} \`/leadops resume ${scopeWord(one)}\` ends that.`,
    ),
  );
  return lines.map((line) => ` ${line}`).join('');
}

/** Ends every pause whose time is over, once however many processes look, and says what was passed over. */
export async function endPausesOver(deps: Pick<Pausing, 'store' | 'notifier'>, now: Date): Promise<number> {
  let ended = 0;
  for (const { id, until } of await deps.store.pauses.open()) {
    if (until === null || until > now || !(await deps.store.pauses.end(id, until, null))) continue;
    await deps.notifier.pause(id);
    ended += 1;
  }
  return ended;
}

const dayMs = 86_400_000;

/** A process may have died between the end of a pause and its message: those of the last day are said, each once. */
export async function sayEndedPauses({
  store,
  notifier,
  clock,
}: Pick<Pausing, 'store' | 'notifier' | 'clock'>): Promise<void> {
  const ended = await store.pauses.endedSince(new Date(clock.now().getTime() - dayMs));
  for (const { id } of ended) await notifier.pause(id);
}
