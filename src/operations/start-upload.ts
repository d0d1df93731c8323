import { kinds } from '../../pipeline/kinds.ts';
import type { Client, Month } from '../../pipeline/vocabulary.ts';
import { today } from '../clock.ts';
import { demandBison } from './bison-ready.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { monthIsOver } from './start-pull.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/**
 * PT4 of a client's month.
 * @throws Refused where Email Bison or the client is not ready, the month is over, or this person may not
 */
export async function startUpload(
  deps: Starting & Asking & Pick<Deps, 'config'>,
  who: Who,
  args: Asked & { readonly client: Client; readonly month: Month },
): Promise<Started> {
  const { client, month, dryRun } = args;
  await demandBison(deps, client);
  const over = monthIsOver(month, today(deps.clock));
  if (over !== null) throw new Refused(`${over} Nothing was started.`);
  await demand(deps, who, 'operator', client.slug);
  const key = kinds.upload.key({ client: client.slug, month, dryRun });
  return startRun(deps, who, 'upload', args, { workflow: 'upload', client: client.slug, month, key, args: {} });
}
