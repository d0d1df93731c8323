import { agencyDay } from '../../pipeline/calendar/agency-day.ts';
import { kinds, type WorkflowName } from '../../pipeline/kinds.ts';
import { mondayOf } from '../../pipeline/renewal.ts';
import type { Client, Day, Month, RenewalWindow, Trigger } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Runner } from '../runs/runner.ts';
import type { NewRun } from '../store/runs/row.ts';

type Starter = { readonly runner: Pick<Runner, 'start'>; readonly clock: Clock };

/** Who asks, and where the card goes (null: the client's channel, or client success). */
export type Asked = {
  readonly user: string | null;
  readonly channel: string | null;
  readonly trigger: Trigger;
  readonly dryRun: boolean;
};

function newRun<Name extends WorkflowName>(
  clock: Clock,
  asked: Asked,
  run: Pick<NewRun<Name>, 'workflow' | 'client' | 'month' | 'key' | 'args'>,
): NewRun<Name> {
  return {
    ...run,
    trigger: asked.trigger,
    requestedBy: asked.user,
    channel: asked.channel,
    dryRun: asked.dryRun,
    askedAt: clock.now(),
  };
}

/** PT4 of a client's month. */
export function startUpload({ runner, clock }: Starter, client: Pick<Client, 'slug'>, month: Month, asked: Asked) {
  const key = kinds.upload.key({ client: client.slug, month, dryRun: asked.dryRun });
  return runner.start(newRun(clock, asked, { workflow: 'upload', client: client.slug, month, key, args: {} }));
}

/**
 * A Monday: PT4 where it is due, then PT5; or by command PT5 alone, of one client or all.
 *
 * @param scope `all`: the calendar's Monday; else whose evergreen campaign is brought up to it (null: everybody's)
 */
export function startWeek(
  { runner, clock }: Starter,
  monday: Day,
  scope: 'all' | { readonly evergreen: string | null },
  asked: Asked,
  due?: Day,
) {
  const only = scope === 'all' ? null : scope.evergreen;
  const key = kinds.weekly.key({
    monday,
    ...(scope !== 'all' && { evergreen: only ?? 'all' }),
    dryRun: asked.dryRun,
  });
  const args = { monday, clients: only === null ? null : [only], uploads: scope === 'all', ...(due && { due }) };
  return runner.start(newRun(clock, asked, { workflow: 'weekly', client: null, month: null, key, args }));
}

/** **Undo** of a run of PT5; its card is beside that one's. */
export function startUndo(
  { runner, clock }: Starter,
  client: Pick<Client, 'slug'>,
  of: { readonly id: string; readonly window: RenewalWindow },
  asked: Asked,
) {
  const run = newRun(clock, asked, {
    workflow: 'evergreen-undo',
    client: client.slug,
    month: of.window.month,
    key: kinds['evergreen-undo'].key({ client: client.slug, window: of.window }),
    args: { of: of.id },
  });
  return runner.start({ ...run, parent: of.id });
}

/** **Attach again**: what was taken back goes in once more. */
export function startAgain(
  { runner, clock }: Starter,
  client: Pick<Client, 'slug'>,
  window: RenewalWindow,
  asked: Asked,
) {
  return runner.start(
    newRun(clock, asked, {
      workflow: 'evergreen',
      client: client.slug,
      month: window.month,
      key: kinds.evergreen.key({ client: client.slug, window }),
      args: { window: window.start, again: true },
    }),
  );
}

/** The Monday of this week, by the agency's day. */
export const thisMonday = (clock: Clock): Day => mondayOf(agencyDay(clock.now()));
