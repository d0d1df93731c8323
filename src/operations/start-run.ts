import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { Trigger } from '../../pipeline/vocabulary.ts';
import type { NewRun, StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { pausedNow } from './paused.ts';
import { Refused } from './refused.ts';
import { askedBy, type Who } from './who.ts';

/** What it takes to start a run, or to be shown the one that is live. */
export type Starting = Pick<Deps, 'clock'> & {
  readonly store: Pick<Deps['store'], 'runs' | 'pauses' | 'clients'>;
  readonly runner: Pick<Deps['runner'], 'start'>;
  readonly notifier: Pick<Deps['notifier'], 'card'>;
};

/** `created` is false where a run of the same key is live already: that one, and nothing new was started. */
export type Started = { readonly created: boolean; readonly run: StoredRun };

/** How a run is asked for. `channel`: where its card goes; null: where cards of its kind go. */
export type Asked = { readonly channel: string | null; readonly dryRun: boolean; readonly trigger?: Trigger };

/**
 * Starts a run and shows its card. What the command line starts is noted in the audit: no message names who typed it.
 *
 * @param verb what was asked for, as the audit names it
 * @throws Refused where it is paused and somebody asks by hand; what the calendar starts was asked before (src/scheduler)
 */
export async function startRun<Name extends WorkflowName>(
  deps: Starting,
  who: Who,
  verb: string,
  asked: Asked,
  run: Pick<NewRun<Name>, 'workflow' | 'client' | 'month' | 'key' | 'args' | 'config' | 'parent'>,
): Promise<Started> {
  const paused = who.kind === 'calendar' ? null : await pausedNow(deps, { ...run, dryRun: asked.dryRun });
  if (paused) throw new Refused(`${paused.reason} Nothing was started.`, paused.todo);
  const started = await deps.runner.start({
    ...run,
    trigger: asked.trigger ?? (who.kind === 'calendar' ? 'scheduled' : 'manual'),
    requestedBy: askedBy(who),
    channel: asked.channel,
    dryRun: asked.dryRun,
    askedAt: deps.clock.now(),
  });
  if (!started.created) return started;
  await deps.notifier.card(started.run);
  if (who.kind === 'shell') await noteStarted(deps.store, who, verb, started.run);
  return started;
}

/** Notes in the audit that somebody at the command line started a run. */
export async function noteStarted(
  store: Pick<Deps['store'], 'runs'>,
  who: Who,
  verb: string,
  { id, key, dryRun, trigger }: StoredRun,
): Promise<void> {
  await store.runs.audit({ who: who.id, what: verb, runId: id, subject: key, facts: { dryRun, trigger } });
}
