import { pauseLine } from '../../blocks/pauses.ts';
import { dueKindsOf, holds, pauseScopeOf, scopeWord } from '../../pipeline/pause-scope.ts';
import { nextDue, type DueTime } from '../../pipeline/calendar/due-times.ts';
import type { Pause } from '../../pipeline/ports/pauses.ts';
import type { Store } from '../store/index.ts';
import type { StoredPause } from '../store/pauses.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { pausedName } from './paused.ts';
import { Refused } from './refused.ts';
import type { Target, TypedPause } from './typed-pause.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type Pausing = Asking & {
  readonly store: Pick<Deps['store'], 'pauses' | 'clients' | 'runs' | 'calendar'>;
  readonly notifier: Pick<Deps['notifier'], 'pause'>;
};

/** What a pause means: what it passes over first, and what goes on in spite of it. */
export type PauseMeans = { readonly next: readonly DueTime[]; readonly underWay: readonly StoredRun[] };
export type Paused = PauseMeans & { readonly pause: StoredPause; readonly name: string | null };

const longestReason = 500;

/**
 * From now on nothing is started of a client, of a kind of run, or at all. What is under way goes on.
 *
 * @throws Refused where no reason is given, the end is not ahead, it is paused already, or this person may not
 */
export async function pause(deps: Pausing, who: Who, { target, until, reason }: TypedPause): Promise<Paused> {
  const { store, clock } = deps;
  await demandFor(deps, who, target);
  if (reason === '') {
    throw new Refused('Why? A pause needs a reason. Nothing was paused.', 'Write it after `because`.');
  }
  if (reason.length > longestReason) {
    throw new Refused(`The reason is longer than ${longestReason} characters. Nothing was paused.`);
  }
  const now = clock.now();
  if (until !== null && until <= now) {
    throw new Refused('That end is not ahead: a day means its start, in Chicago. Nothing was paused.');
  }
  const scope = { client: target.client?.slug ?? null, workflow: target.workflow };
  const begun = await store.pauses.begin({ ...scope, reason, by: who.id, since: now, until });
  if (!begun) throw await pausedAlready(deps, scope);
  await store.runs.audit({
    who: who.id,
    what: 'pause',
    subject: scopeWord(scope),
    facts: { reason, until: until?.toISOString() ?? null },
  });
  await deps.notifier.pause(begun.id);
  return { pause: begun, name: target.client?.name ?? null, ...(await meansOf(store, begun, now)) };
}

/** A client's operators may pause it; what touches all clients needs an approver for all of them. */
export async function demandFor(deps: Asking, who: Who, { client }: Target): Promise<void> {
  await demand(deps, who, client ? 'operator' : 'approver', client?.slug ?? everyClient);
}

/** The open pause of exactly this scope. */
export async function openPause(
  store: Pick<Store, 'pauses'>,
  scope: Pick<Pause, 'client' | 'workflow'>,
): Promise<StoredPause | undefined> {
  return (await store.pauses.open()).find((one) => one.client === scope.client && one.workflow === scope.workflow);
}

async function pausedAlready(
  { store }: Pick<Pausing, 'store'>,
  scope: Pick<Pause, 'client' | 'workflow'>,
): Promise<Refused> {
  const open = await openPause(store, scope);
  const says = open ? pauseLine(open, await pausedName(store, open)) : 'It is paused already.';
  return new Refused(
    `${says} Nothing was changed.`,
    `\`/leadops resume ${scopeWord(scope)}\` ends that pause; then it can be paused anew.`,
  );
}

/** What a pause passes over first, and which runs are under way and go on. */
export async function meansOf(
  store: Pick<Store, 'runs' | 'calendar'>,
  pause: Pick<Pause, 'client' | 'workflow' | 'until'>,
  now: Date,
): Promise<PauseMeans> {
  const hours = await store.calendar.hours();
  const next = dueKindsOf(pause)
    .map((kind) => nextDue(kind, now, hours))
    .filter(({ at }) => pause.until === null || at < pause.until)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const underWay = (await store.runs.open()).filter((run) => {
    const scope = pauseScopeOf(run);
    return scope !== null && !run.dryRun && holds(pause, scope);
  });
  return { next, underWay };
}
