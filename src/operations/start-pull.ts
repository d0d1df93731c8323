import { escaped } from '../../blocks/kit.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { monthTitle } from '../../pipeline/month.ts';
import { shortId } from '../../pipeline/run.ts';
import { dueMonday, windowsOf } from '../../pipeline/renewal.ts';
import type { Client, Day, Month } from '../../pipeline/vocabulary.ts';
import { today } from '../clock.ts';
import { Refused } from './refused.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type PullArgs = Asked & {
  readonly client: Client;
  readonly month: Month;
  /** Export again what is stored already. */
  readonly refresh: boolean;
  /** The person was asked about the doubt there is, or wants no questions. */
  readonly anyway: boolean;
};

/** Nothing was started yet: it would surprise somebody. Who is asked and says so starts it with `anyway`. */
export class Doubtful extends Refused {
  readonly doubt: string;
  constructor(doubt: string) {
    super(`${doubt} Nothing was started.`, 'It can be started all the same.');
    this.doubt = doubt;
  }
}

/**
 * Starts PT1 → PT2 → PT3 for a client's month, or answers the live run: two asking in the same moment make one.
 *
 * @throws Refused where nobody may pull it (an inactive client, a month that is over), or this person may not; Doubtful
 */
export async function startPull(deps: Starting & Asking, who: Who, args: PullArgs): Promise<Started> {
  const { client, month, dryRun, refresh } = args;
  const day = today(deps.clock);
  const cannot = client.active ? monthIsOver(month, day) : isInactive(client);
  if (cannot !== null) throw new Refused(`${cannot} Nothing was started.`);
  await demand(deps, who, 'operator', client.slug);
  const key = kinds['pull-leads'].key({ client: client.slug, month });
  const live = await deps.store.runs.live(key);
  if (live?.dryRun && !dryRun) {
    throw new Refused(
      `A dry run of the same month is under way, at the same logins. Nothing was started.`,
      `Ask again when it is done, in some minutes, or end it: \`/leadops cancel ${shortId(live.id)}\`.`,
    );
  }
  if (live) return { created: false, run: live };
  const doubt = dryRun || args.anyway ? null : doubtAbout(month, day, refresh);
  if (doubt !== null) throw new Doubtful(doubt);
  return startRun(deps, who, 'pull', args, {
    workflow: 'pull-leads',
    client: client.slug,
    month,
    key,
    args: { refresh },
  });
}

export const isInactive = (client: Client): string => `${escaped(client.name)} is not active.`;

/** Why nothing is done for a renewal month any more; null where it is to come or has begun. */
export const monthIsOver = (month: Month, day: Day): string | null =>
  month < day.slice(0, 7) ? `${monthTitle(month)} is over: its policies have renewed.` : null;

function doubtAbout(month: Month, day: Day, refresh: boolean): string | null {
  if (refresh) {
    return '`--refresh` exports ZIPs again that are stored already: it costs exports, and rows that were not uploaded are replaced.';
  }
  const due = windowsOf(month).filter((window) => dueMonday(window) <= day);
  if (due.length === 0) return null;
  const which = due.length === 4 ? 'All four windows' : `${due.length} of the four windows`;
  return `${which} of ${monthTitle(month)} were already due for upload: leads pulled now come late.`;
}
