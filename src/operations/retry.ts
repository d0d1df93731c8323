import { statusWords } from '../../blocks/run-card.ts';
import { shortId, triesAgain } from '../../pipeline/run.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { pausedNow } from './paused.ts';
import { Refused } from './refused.ts';
import { isInactive } from './start-pull.ts';
import { demand, scopeOf, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

type Retrying = Asking & {
  readonly store: Pick<Deps['store'], 'runs' | 'clients' | 'pauses'>;
  readonly runner: Pick<Deps['runner'], 'retry' | 'nudge'>;
};

/**
 * Takes a failed or canceled run up again, from the step that failed; one that would try again by itself later tries now.
 * @throws Refused where it is neither, a newer run does the same, its client is not active, it is paused, or this person may not
 */
export async function retry(deps: Retrying, who: Who, { run }: { readonly run: StoredRun }): Promise<void> {
  await demand(deps, who, 'operator', scopeOf(run));
  const cannot = await cannotRetry(deps, run);
  if (cannot !== null) throw new Refused(cannot);
  if (triesAgain(run) && (await deps.store.runs.tryNow(run.id, who.id)) !== null) {
    deps.runner.nudge();
    return;
  }
  if ((await deps.runner.retry(run.id, who.id)) === null) {
    throw new Refused(
      `This run is ${statusWords[run.status]}; only a failed or canceled run can be retried. Nothing was done.`,
    );
  }
}

/** Why a run is not taken up again, whoever asks; null where it may be. */
export async function cannotRetry(
  { store, clock }: Pick<Retrying, 'store' | 'clock'>,
  run: StoredRun,
): Promise<string | null> {
  const live = await store.runs.live(run.key);
  if (live && live.id !== run.id) {
    return `A newer run \`${shortId(live.id)}\` does the same and is ${statusWords[live.status]}. Nothing was retried.`;
  }
  const client = run.client === null ? null : await store.clients.get(run.client);
  if (client && !client.active) return `${isInactive(client)} Nothing was retried.`;
  const paused = await pausedNow({ store, clock }, run);
  return paused && `${paused.reason} Nothing was retried. ${paused.todo}`;
}
