import { kinds } from '../../pipeline/kinds.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { everyClient } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/**
 * Starts a poll or (`dryRun`) a preview, or answers the live one. It belongs to no client: it needs the role for all.
 * @throws Refused where this person may not
 */
export async function startIntent(
  deps: Starting & Asking & Pick<Deps, 'intentConfig'>,
  who: Who,
  args: Asked & {
    readonly noEmail: boolean;
    /** The due time of the calendar that it is started for. */
    readonly due?: Day;
  },
): Promise<Started> {
  await demand(deps, who, 'operator', everyClient);
  const { dryRun, noEmail, due } = args;
  return startRun(deps, who, dryRun ? 'intent preview' : 'intent run', args, {
    workflow: 'intent',
    client: null,
    month: null,
    key: kinds.intent.key({ dryRun }),
    args: { noEmail, ...(due && { due }) },
    config: deps.intentConfig,
  });
}
