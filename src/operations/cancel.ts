import { statusWords } from '../../blocks/run-card.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { demand, scopeOf, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/**
 * Cancels a run, which stops at its next safe point.
 *
 * @returns `noted`: the database went away between the look at who may and the deed; what runs here stops, and it is written
 *   down when the database is back
 * @throws Refused where it is over already, or this person may not
 */
export async function cancel(
  deps: Asking & { readonly runner: Pick<Deps['runner'], 'cancel'> },
  who: Who,
  { run }: { readonly run: StoredRun },
): Promise<'canceled' | 'noted'> {
  await demand(deps, who, 'operator', scopeOf(run));
  const status = await deps.runner.cancel(run.id, who.id);
  if (status === null) {
    throw new Refused(
      `This run is ${statusWords[run.status]}; only a running or waiting run can be canceled. Nothing was done.`,
    );
  }
  return status === 'noted' ? 'noted' : 'canceled';
}
