import type { Turn } from '../../connectors/browser/login.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { Log } from '../log.ts';
import type { RunPatch, StoredRun } from '../store/runs/row.ts';
import { makeContext } from './context.ts';
import { canceledBy, end, leave, noteRetry } from './ending.ts';
import { keepLease } from './lease.ts';
import { followProgress } from './progress.ts';
import { Stopped } from './signals.ts';
import { changed, type Attempt, type RunnerState } from './state.ts';

const setbacksAtMost = 5;

const givenUp: RunPatch = {
  error:
    `${setbacksAtMost} times in a row the database answered when the run was taken up, and not when its work was written ` +
    'down. Finished steps are kept. Look at the log of the database, then retry.',
  error_type: 'NETWORK',
};

/**
 * Takes the run under a lease and works on it until it is over, parked or lost.
 *
 * @param deadHolder who had it and is surely dead: its lease is not waited out
 */
export async function execute(state: RunnerState, id: string, attempt: Attempt, deadHolder?: string): Promise<void> {
  const { parts, times, setbacks } = state;
  const { store, holder } = parts;
  const since = performance.now();
  const run = await store.runs.claim(id, holder, times.seconds, deadHolder);
  if (!run) return;
  const log = parts.log.child({ run: id, workflow: run.workflow });
  log.info({ attempt: run.attempt, fence: run.fence, tookOver: deadHolder !== undefined }, 'run taken');
  const lease = keepLease({
    beat: () => store.runs.beat(id, holder, times.seconds, run.fence),
    since,
    times,
    lost: (why) => lose(attempt, why),
    canceled: (who) => attempt.stop.abort(`canceled by ${who}`),
    log,
  });
  try {
    await parts.onChange(run);
    if ((setbacks.get(id) ?? 0) >= setbacksAtMost) await leave(state, run, 'failed', givenUp);
    else if (run.cancelRequestedBy) await leave(state, run, 'canceled', canceledBy(run.cancelRequestedBy));
    else await work(state, { run, attempt, log });
  } catch (error) {
    // The database answers claims but never this run's statements. That is no outage, so the run fails after a few
    // attempts.
    setbacks.set(id, (setbacks.get(id) ?? 0) + 1);
    throw error;
  } finally {
    lease.end();
  }
  await changed(state, id);
}

function lose(attempt: Attempt, why: string) {
  attempt.lost.abort(new Stopped(why));
  attempt.stop.abort(why);
}

async function work(
  state: RunnerState,
  taken: { readonly run: StoredRun; readonly attempt: Attempt; readonly log: Log },
): Promise<void> {
  const { parts, owed, setbacks } = state;
  const { run, attempt, log } = taken;
  const { stop, lost, place } = attempt;
  const own = parts.store.of({ run: run.id, fence: run.fence, signal: lost.signal }, parts.ending);
  const progress = followProgress({ run, store: own, onChange: parts.onChange, log });
  attempt.stands = (login, ahead) => progress.waiting(`waiting for the login ${login}, ${ahead} before it`);
  const turn: Turn = {
    ...place.turn,
    async goesOn() {
      await place.turn.goesOn();
      progress.waiting(null);
    },
  };
  const outputs = owed.of(run);
  let context: Awaited<ReturnType<typeof makeContext<Ports>>> | undefined;
  try {
    const client = run.client ? await parts.store.clients.get(run.client) : null;
    context = await makeContext({
      run,
      client,
      ports: parts.portsFor(run, log, { store: own, signal: lost.signal, turn }),
      store: own,
      signal: stop.signal,
      clock: parts.clock,
      approvalDays: parts.approvalDays,
      retries: parts.retries,
      onProgress: progress.set,
      onRetry: (step, error) => noteRetry(state, run.id, step, error, log),
      inStep: (step) => place.inStep(step),
      unwritten: outputs,
    });
    const summary = await parts.perform(context);
    await progress.flush();
    await leave(state, run, 'success', { summary });
  } catch (error) {
    await progress.flush().catch(() => undefined);
    const advanced = context?.advanced() ?? false;
    if (advanced) setbacks.delete(run.id);
    await end(state, taken, error, { step: context?.failedStep() ?? null, advanced });
  }
  owed.settle(run);
}
