import type { WorkflowName } from '../../pipeline/kinds.ts';
import type { RunStatus } from '../../pipeline/vocabulary.ts';
import { isAway } from '../store/db.ts';
import type { NewRun, StoredRun } from '../store/runs/row.ts';
import { execute } from './attempt.ts';
import { usualLease } from './lease.ts';
import { makeLook } from './look.ts';
import { makeOwedOutputs } from './owed.ts';
import { makePlace, makePlaces, type Places } from './places.ts';
import { changed, type Attempt, type RunnerParts, type RunnerState } from './state.ts';

export type Runner = {
  /** Writes the run and hands it out; a live run of the same key is answered instead. */
  start<Name extends WorkflowName>(run: NewRun<Name>): Promise<{ readonly created: boolean; readonly run: StoredRun }>;
  /** Something may have become ready (an answer, a retry): look now instead of at the next sweep. */
  nudge(): void;
  /** `noted`: the database is away. What runs here stops, and the run is canceled when the database is back. */
  cancel(id: string, who: string): Promise<RunStatus | 'noted' | null>;
  retry(id: string, who: string): Promise<RunStatus | null>;
  /** Stops taking work, lets what is running reach its next row, and gives its leases back. */
  stop(): Promise<void>;
};

/**
 * Takes queued runs, works on them under a lease, parks them on questions, and picks up what a dead process left. The
 * rows are the truth; what is in memory here can be lost at any moment.
 *
 * A database that is away is no error of a run. The attempt that meets it for longer than its retries ends without a word,
 * and the next look finds a run that is ours and that nobody here works at: it is taken again.
 */
export function startRunner(parts: RunnerParts): Runner {
  const { store } = parts;
  const places = makePlaces(parts.lanes);
  const jobs = new Set<Promise<void>>();
  let stopping = false;
  const take = (id: string, deadHolder?: string) => {
    if (stopping || state.here.has(id)) return;
    const job = work(state, places, id, deadHolder);
    jobs.add(job);
    void job.finally(() => jobs.delete(job));
  };
  const look = makeLook(() => state, take);
  const state: RunnerState = {
    parts,
    times: parts.lease ?? usualLease,
    here: new Map(),
    wishes: new Map(),
    owed: makeOwedOutputs(),
    setbacks: new Map(),
    nudge: look.nudge,
    isStopping: () => stopping,
  };
  if (!parts.resting) look.nudge();
  const timer = parts.resting ? undefined : setInterval(look.nudge, parts.sweepMs);

  return {
    async start(run) {
      const started = await store.runs.start(run);
      if (started.created) take(started.run.id);
      return started;
    },
    nudge: look.nudge,
    cancel: (id, who) => cancel(state, id, who),
    async retry(id, who) {
      const status = await store.runs.retry(id, who);
      if (status) {
        await changed(state, id);
        take(id);
      }
      return status;
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      for (const { stop } of state.here.values()) stop.abort('the process is ending');
      await look.done();
      await Promise.all(jobs);
    },
  };
}

/** One attempt of this process at the run: it waits for a place, works, and leaves. Never throws. */
async function work(state: RunnerState, places: Places, id: string, deadHolder?: string): Promise<void> {
  const { here, parts } = state;
  const stop = new AbortController();
  const place = makePlace(places, stop.signal, (login, ahead) => attempt.stands(login, ahead));
  const attempt: Attempt = { stop, lost: new AbortController(), place, stands: () => undefined };
  here.set(id, attempt);
  await place.take();
  try {
    if (!state.isStopping()) await execute(state, id, attempt, deadHolder);
  } catch (error) {
    if (isAway(error)) parts.log.warn({ run: id, err: error }, 'the database is away; the run goes on when it is back');
    else parts.log.error({ run: id, err: error }, 'the run could not be worked on');
  } finally {
    place.leave();
    here.delete(id);
    if (attempt.lost.signal.aborted && !parts.resting) setImmediate(state.nudge);
  }
}

async function cancel(state: RunnerState, id: string, who: string): Promise<RunStatus | 'noted' | null> {
  const stop = () => state.here.get(id)?.stop.abort(`canceled by ${who}`);
  try {
    const status = await state.parts.store.runs.cancel(id, who);
    stop();
    if (status) await changed(state, id);
    return status;
  } catch (error) {
    if (!isAway(error)) throw error;
    state.wishes.set(id, who);
    stop();
    return 'noted';
  }
}
