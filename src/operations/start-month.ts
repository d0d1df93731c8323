import { monthOfThe15th } from '../../pipeline/calendar/passed-over.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { addMonths, monthTitle } from '../../pipeline/month.ts';
import { dueMonday, windowsOf } from '../../pipeline/renewal.ts';
import type { Day, Month } from '../../pipeline/vocabulary.ts';
import { today, type Clock } from '../clock.ts';
import { everyClient } from '../store/members.ts';
import { Refused } from './refused.ts';
import { monthIsOver } from './start-pull.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/** The renewal month that this month's 15th pulls, by the agency's day (docs/sop.md#calendar). */
export const nextMonth = (clock: Clock): Month => monthOfThe15th(today(clock));

/** The 15th on which a renewal month is pulled. */
export const dayPulling = (month: Month): Day => `${addMonths(month, -2)}-15` as Day; // every month has a 15th

/**
 * PT1 to PT3 of a renewal month for every active client, or the live run of the same month.
 * @throws Refused where the month is over or some of it was due already, and where this person may not start it for all
 */
export async function startMonth(
  deps: Starting & Asking,
  who: Who,
  args: Asked & {
    readonly month: Month;
    /** The due time of the calendar that it is started for. */
    readonly due?: Day;
  },
): Promise<Started> {
  const { month, due, dryRun } = args;
  const day = today(deps.clock);
  const over = monthIsOver(month, day);
  if (over !== null) throw new Refused(`${over} Nothing was started.`);
  await demand(deps, who, 'operator', everyClient);
  const key = kinds.monthly.key({ month, dryRun });
  const live = await deps.store.runs.live(key);
  if (live) return { created: false, run: live };
  if (who.kind !== 'calendar' && !dryRun) refuseLate(month, day);
  return startRun(deps, who, 'monthly', args, {
    workflow: 'monthly',
    client: null,
    month,
    key,
    args: { ...(due && { due }) },
  });
}

/** Leads that come too late for a window are asked about client by client. */
function refuseLate(month: Month, day: Day): void {
  if (windowsOf(month).every((window) => dueMonday(window) > day)) return;
  throw new Refused(
    `Windows of ${monthTitle(month)} were already due for upload: leads pulled now come late. Nothing was started.`,
    `\`/pull-leads <client> ${month}\` pulls it for one client all the same.`,
  );
}
