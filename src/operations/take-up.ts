import { runTitle } from '../../blocks/run-card.ts';
import { asker, escaped } from '../../blocks/kit.ts';
import { dueWords, uselessWords } from '../../blocks/due-words.ts';
import { monthOfThe15th, stillUseful } from '../../pipeline/calendar/passed-over.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { shortId } from '../../pipeline/run.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { everyClient } from '../store/members.ts';
import type { PassedOver, StoredPause } from '../store/pauses.ts';
import type { StoredRun } from '../store/runs/row.ts';
import { demandBison } from './bison-ready.ts';
import type { Deps } from './deps.ts';
import { hasZoominfoLogin } from './is-set-up.ts';
import { Refused } from './refused.ts';
import { startCheck } from './start-check.ts';
import { startIntent } from './start-intent.ts';
import { startMonth } from './start-month.ts';
import { startPull } from './start-pull.ts';
import type { Started, Starting } from './start-run.ts';
import { startWeek } from './start-week.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type TakingUp = Starting &
  Asking &
  Pick<Deps, 'config' | 'intentConfig'> & { readonly notifier: Pick<Deps['notifier'], 'card' | 'pause'> };

/**
 * Starts what a pause had passed over, once.
 * @throws Refused where somebody did already, it makes no sense any more, it is paused again, or this person may not
 */
export async function takeUp(
  deps: TakingUp,
  who: Who,
  { id, channel }: { readonly id: number; readonly channel: string | null },
): Promise<Started> {
  const { store, clock } = deps;
  const row = await store.pauses.passed(id);
  const pause = row && (await store.pauses.get(row.pause));
  if (!row || !pause) throw new Refused('This is not there any more. Nothing was started.');
  const client = row.client === null ? null : await store.clients.get(row.client);
  await demand(deps, who, 'operator', row.client ?? everyClient);
  const before = await startedSince(deps, row, pause);
  if (before) {
    if (row.runId === null) await store.pauses.taken(row.id, before.id);
    await deps.notifier.pause(pause.id);
    throw new Refused(
      `${escaped(runTitle(before, client?.name ?? null))} was started by ${asker(before.requestedBy)} already (run \`${shortId(before.id)}\`). Nothing new was started.`,
    );
  }
  const useful = stillUseful(row, clock.now());
  if (useful !== 'yes') {
    await deps.notifier.pause(pause.id);
    throw new Refused(`${dueWords(row)}: ${uselessWords[useful]}. Nothing was started.`);
  }
  const started = await start(deps, who, { row, pause, client, channel });
  await store.pauses.taken(row.id, started.run.id);
  await deps.notifier.pause(pause.id);
  return started;
}

/** The run of it that somebody started since the pause ended, by its button or by command. */
async function startedSince(
  { store }: Pick<TakingUp, 'store'>,
  row: PassedOver,
  { endedAt }: StoredPause,
): Promise<StoredRun | null> {
  if (row.runId !== null) return store.runs.get(row.runId);
  const key = keyOf(row);
  const runs = await store.runs.recent({ limit: 200 });
  return (
    runs.find(
      (run) => run.key === key && !run.dryRun && endedAt !== null && run.askedAt.getTime() >= endedAt.getTime(),
    ) ?? null
  );
}

function keyOf({ kind, day, client }: PassedOver): string {
  switch (kind) {
    case 'monthly':
      return client === null
        ? kinds.monthly.key({ month: monthOfThe15th(day) })
        : kinds['pull-leads'].key({ client, month: monthOfThe15th(day) });
    case 'monday':
      return kinds.weekly.key({ monday: day, ...(client !== null && { only: client }) });
    case 'intent':
      return kinds.intent.key({});
    case 'check':
      return kinds.check.key({ login: null });
  }
}

async function start(
  deps: TakingUp,
  who: Who,
  of: {
    readonly row: PassedOver;
    readonly pause: StoredPause;
    readonly client: Client | null;
    readonly channel: string | null;
  },
): Promise<Started> {
  const { row, pause, client, channel } = of;
  const asked = { channel, dryRun: false };
  if (row.client !== null && client === null)
    throw new Refused('This client is not there any more. Nothing was started.');
  switch (row.kind) {
    case 'monthly': {
      const month = monthOfThe15th(row.day);
      if (client === null) return startMonth(deps, who, { ...asked, month });
      return startPull(deps, who, { ...asked, client, month, refresh: false, anyway: true });
    }
    case 'monday': {
      await demandBison(deps, client);
      const part = client && { client, uploads: pause.workflow !== 'evergreen' };
      return startWeek(deps, who, { ...asked, monday: row.day, ...(part && { part }) });
    }
    case 'intent':
      if (!(await hasZoominfoLogin(deps.store, deps.config))) {
        throw new Refused(
          'There is no login for ZoomInfo. Nothing was started.',
          '`leadops credentials set zoominfo` stores it.',
        );
      }
      return startIntent(deps, who, { ...asked, noEmail: false });
    case 'check':
      return startCheck(deps, who, { channel, login: null });
  }
}
