import type { DueTime } from '../../pipeline/calendar/due-times.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { noteStarted } from '../operations/start-run.ts';
import { shell } from '../operations/who.ts';
import { makeHolder } from '../runs/holder.ts';
import { handleOnce } from '../scheduler/once.ts';
import type { DueHandler } from '../scheduler/parts.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { Works } from '../wiring/works.ts';

/**
 * The run of one of the calendar's own rows, for a cron elsewhere: started here, or by whoever came first. Null where it is
 * not due yet; that is said.
 *
 * @param said.what `The Monday 2027-02-01`
 * @param said.verb as it is typed: `weekly`
 * @throws InvalidInput where the row is closed without a run
 */
export async function ofTheCalendar(
  { store, clock }: Pick<Works, 'store' | 'clock'>,
  due: DueTime,
  handler: DueHandler,
  said: { readonly what: string; readonly verb: string },
): Promise<StoredRun | null> {
  const { what, verb } = said;
  if (due.at > clock.now()) {
    console.log(`${what} is due ${due.at.toISOString()}. Nothing was started.`);
    return null;
  }
  const outcome = await handleOnce({ store, clock, handler, worker: makeHolder() }, due);
  if (outcome.state === 'paused') {
    console.log(`${what} was passed over: it is paused (leadops schedule says by whom). Nothing was started.`);
    return null;
  }
  const run = outcome.runId === null ? null : await store.runs.get(outcome.runId);
  if (run) {
    if (outcome.state === 'started') await noteStarted(store, shell(), verb, run);
    return run;
  }
  throw new InvalidInput(`${what} is closed as "${outcome.state}". Nothing was started.`, {
    todo: `Write "leadops ${verb}" without --trigger scheduled to run it all the same.`,
  });
}
