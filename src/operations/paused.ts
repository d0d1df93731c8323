import { pauseLine } from '../../blocks/pauses.ts';
import { pauseScopeOf, scopeWord } from '../../pipeline/pause-scope.ts';
import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Pause } from '../../pipeline/ports/pauses.ts';
import type { Deps } from './deps.ts';

type Looking = { readonly store: Pick<Deps['store'], 'pauses' | 'clients'>; readonly clock: Deps['clock'] };
type Wanted = {
  readonly workflow: WorkflowName;
  readonly client: string | null;
  readonly args: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
};

/** What keeps such a run from being started now, and how that is ended; null: nothing. A dry run is never kept. */
export async function pausedNow(
  { store, clock }: Looking,
  run: Wanted,
): Promise<{ readonly reason: string; readonly todo: string } | null> {
  const scope = run.dryRun ? null : pauseScopeOf(run);
  const pause = scope && (await store.pauses.holding(scope, clock.now()));
  if (!pause) return null;
  return {
    reason: `⏸️ ${pauseLine(pause, await pausedName(store, pause))}`,
    todo: `\`/leadops resume ${scopeWord(pause)}\` ends the pause.`,
  };
}

/** The client's name; null for a pause of no client. */
export async function pausedName(
  store: Pick<Deps['store'], 'clients'>,
  { client }: Pick<Pause, 'client'>,
): Promise<string | null> {
  return client === null ? null : ((await store.clients.get(client))?.name ?? client);
}
