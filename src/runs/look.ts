import { isAway } from '../store/db.ts';
import { isGone } from './holder.ts';
import { changed, type RunnerState } from './state.ts';
import { writeWish } from './wishes.ts';

/** Milliseconds until a database that was away is asked again. */
const awayMs = 1_000;

/** Works on a run, once there is a place; `deadHolder` had it and is surely dead. */
type Take = (id: string, deadHolder?: string) => void;

/** Looks for open runs: one look at a time, and at most one more waits. */
export function makeLook(
  state: () => RunnerState,
  take: Take,
): { readonly nudge: () => void; readonly done: () => Promise<void> } {
  let sweeping: Promise<void> = Promise.resolve();
  let waiting = false;

  function nudge() {
    if (waiting || state().isStopping()) return;
    waiting = true;
    sweeping = sweeping
      .then(() => {
        waiting = false;
        return state().isStopping() ? undefined : sweep(state(), take);
      })
      .catch((error: unknown) => {
        state().parts.log.warn({ err: error }, 'the look for open runs failed; the next one comes');
        if (isAway(error)) setTimeout(nudge, awayMs).unref();
      });
  }

  return { nudge, done: () => sweeping };
}

/** Takes up what waits: cancels that could not be written, answers that came too late, queued runs, runs of the dead. */
async function sweep(state: RunnerState, take: Take): Promise<void> {
  const { parts } = state;
  const { store, holder } = parts;
  for (const id of [...state.wishes.keys()]) if (await writeWish(state, id)) await changed(state, id);
  await store.approvals.expire(parts.clock.now());
  for (const run of await store.runs.open()) {
    if (run.status === 'queued') {
      if (!run.wakeAt || run.wakeAt.getTime() <= Date.now()) take(run.id);
    } else if (run.status === 'running' && run.leaseHolder) {
      // A run that is ours and that nobody here works at: its attempt could not write how it ended, so it is taken
      // again. A run of another holder is left alone unless that holder is surely dead; whether a lease has run out is
      // decided by the claim.
      const free = run.leaseHolder === holder || isGone(run.leaseHolder, holder);
      take(run.id, free ? run.leaseHolder : undefined);
    }
  }
}
