import type { StoredRun } from '../store/runs/row.ts';
import type { SlackDeps } from './deps.ts';

/** Why a run cannot be taken up again: a newer one of its key is at it. Null where none is. */
export async function newerRun(deps: SlackDeps, run: StoredRun): Promise<string | null> {
  const live = await deps.store.runs.live(run.key);
  if (!live || live.id === run.id) return null;
  return `A newer run \`${live.id.slice(0, 8)}\` does the same and is ${live.status}. Nothing was retried.`;
}
