import { agencyDay } from '../../pipeline/calendar/agency-day.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { mondayOf } from '../../pipeline/renewal.ts';
import type { Client, Day } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { everyClient } from '../store/members.ts';
import { demandBison } from './bison-ready.ts';
import type { Deps } from './deps.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/** A Monday: PT4 where it is due, then PT5, for every active client or (`part`) one. */
export function startWeek(
  deps: Starting,
  who: Who,
  args: Asked & {
    readonly monday: Day;
    /** The due time of the calendar that it is started for. */
    readonly due?: Day;
    /** A client's part of it alone; `uploads`: with PT4. */
    readonly part?: { readonly client: Client; readonly uploads: boolean };
  },
): Promise<Started> {
  const { monday, due, part, dryRun } = args;
  return startRun(deps, who, 'weekly', args, {
    workflow: 'weekly',
    client: null,
    month: null,
    key: kinds.weekly.key({ monday, dryRun, ...(part && { only: part.client.slug }) }),
    args: {
      monday,
      clients: part ? [part.client.slug] : null,
      uploads: part?.uploads ?? true,
      ...(due && { due }),
    },
  });
}

/**
 * PT5 with every window that is due by this week's Monday, of one client or (null) all of them.
 * @throws Refused where Email Bison or the client is not ready, or this person may not: all clients need the role for all
 */
export async function startEvergreen(
  deps: Starting & Asking & Pick<Deps, 'config'>,
  who: Who,
  args: Asked & { readonly client: Client | null },
): Promise<Started> {
  const { client, dryRun } = args;
  await demandBison(deps, client);
  await demand(deps, who, 'operator', client?.slug ?? everyClient);
  const monday = thisMonday(deps.clock);
  return startRun(deps, who, 'evergreen', args, {
    workflow: 'weekly',
    client: null,
    month: null,
    key: kinds.weekly.key({ monday, evergreen: client?.slug ?? 'all', dryRun }),
    args: { monday, clients: client === null ? null : [client.slug], uploads: false },
  });
}

/** The Monday of this week, by the agency's day. */
export const thisMonday = (clock: Clock): Day => mondayOf(agencyDay(clock.now()));
