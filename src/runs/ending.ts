import { evidenceOf } from '../../connectors/browser/evidence.ts';
import { NeedsHuman, VendorChanged } from '../../pipeline/errors.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { personRound, type Question } from '../../pipeline/questions.ts';
import { Skipped } from '../../pipeline/workflow.ts';
import type { RunStatus } from '../../pipeline/vocabulary.ts';
import type { Log } from '../log.ts';
import { isAway, isTakenOver } from '../store/db.ts';
import type { RunPatch, StoredRun } from '../store/runs/row.ts';
import { triedLater, type Later } from './later.ts';
import { explain, inSentences } from './outcome.ts';
import { Asleep, Parked, Stopped } from './signals.ts';
import type { Attempt, RunnerState } from './state.ts';
import { writeWish } from './wishes.ts';

/** Ends or parks the run, if this process still has it. */
export async function leave(state: RunnerState, run: StoredRun, status: RunStatus, patch: RunPatch): Promise<void> {
  const { store, log, holder } = state.parts;
  const now = await store.runs.leave(run.id, holder, status, patch, run.fence);
  log.info({ run: run.id, status: now ?? 'taken over' }, 'run left');
  state.setbacks.delete(run.id);
  if (now === 'success' || now === 'canceled' || now === 'skipped') await store.files.clear(run.id);
  if (now === 'queued' && patch.wake_seconds === undefined && !state.isStopping()) setImmediate(state.nudge);
}

/** What becomes of a run whose attempt did not reach its end. */
export async function end(
  state: RunnerState,
  { run, attempt, log }: { readonly run: StoredRun; readonly attempt: Attempt; readonly log: Log },
  error: unknown,
  { step, advanced }: { readonly step: string | null; /** It finished a step. */ readonly advanced: boolean },
): Promise<void> {
  if (attempt.lost.signal.aborted || isTakenOver(error)) {
    log.warn({ step, why: String(attempt.stop.signal.reason) }, 'stopped working on the run; nothing was said of it');
    return;
  }
  if (error instanceof Parked) {
    await leave(state, run, 'waiting', { round: error.round });
    return;
  }
  if (error instanceof Asleep) {
    await leave(state, run, 'queued', { wake_seconds: error.milliseconds / 1_000 });
    setTimeout(state.nudge, error.milliseconds).unref();
    return;
  }
  if (error instanceof Stopped || attempt.stop.signal.aborted) {
    // Before the run is queued again: somebody would take it up as if nobody had canceled it.
    await writeWish(state, run.id);
    const now = await state.parts.store.runs.get(run.id);
    // A run that stops because its process ends is not canceled: it is queued again, and the next process takes it at
    // once.
    if (now?.cancelRequestedBy) await leave(state, run, 'canceled', canceledBy(now.cancelRequestedBy));
    else await leave(state, run, 'queued', {});
    return;
  }
  if (error instanceof Skipped) {
    // What it said of itself meanwhile stays where it has nothing more to say.
    const more = Object.keys(error.summary).length > 0 ? { summary: error.summary } : {};
    await leave(state, run, 'skipped', { ...more, error: error.message });
    return;
  }
  if (isAway(error)) throw error;
  const later = triedLater(error, advanced ? 0 : run.awayTries, state.parts.laterTries);
  if (later) await tryLater(state, run, error, { step, later, log });
  else await fail(state, run, error, step, log);
}

/** The run sleeps and is tried again; the error has its row all the same, with its pictures. */
async function tryLater(
  state: RunnerState,
  run: StoredRun,
  error: unknown,
  { step, later, log }: { readonly step: string | null; readonly later: Later; readonly log: Log },
): Promise<void> {
  const { type, message } = explain(error);
  log.warn({ step, type, tries: later.tries, waitMs: later.waitMs, err: error }, 'the run is tried again later');
  await state.parts.store.runs.error(run.id, { step, type, message, ...picturesOf(error) });
  const patch = { error: later.says, error_type: type, wake_seconds: later.waitMs / 1_000, away_tries: later.tries };
  await leave(state, run, 'queued', patch);
  setTimeout(state.nudge, later.waitMs).unref();
}

async function fail(state: RunnerState, run: StoredRun, error: unknown, step: string | null, log: Log): Promise<void> {
  const { parts } = state;
  const { store } = parts;
  const failure = explain(error, run.awayTries);
  log.error({ step, type: failure.type, err: error }, 'run stopped');
  await store.runs.error(run.id, { step, type: failure.type, message: failure.message, ...picturesOf(error) });
  const patch: RunPatch = { error: inSentences(failure), error_type: failure.type };
  // Its card opens that vendor's lane again, and no other's.
  if (error instanceof VendorChanged) await store.runs.mergeSummary(run.id, { closedLane: error.vendor });
  if (!(error instanceof NeedsHuman) || kinds[run.workflow].unattended) {
    await leave(state, run, 'failed', patch);
    return;
  }
  const asked = (await store.approvals.ofRun(run.id)).filter((row) => row.kind === 'human').length;
  const expiry = new Date(parts.clock.now().getTime() + parts.approvalDays * 86_400_000);
  const round = personRound(asked + 1);
  await store.approvals.ask(run.id, round, [humanQuestion(error, step)], expiry);
  await leave(state, run, 'waiting', { ...patch, round });
}

/** A failed attempt has its row, so that its pictures are found, and go when their time is over. */
export function noteRetry({ parts }: RunnerState, runId: string, step: string, error: Error, log: Log): void {
  log.warn({ step, err: error }, 'trying again');
  const { type, message } = explain(error);
  const row = { step, type, message: `${message} It was tried again.`, ...picturesOf(error) };
  parts.store.runs
    .error(runId, row)
    .catch((lost: unknown) => log.warn({ err: lost }, 'a failed attempt was not noted'));
}

function humanQuestion(error: NeedsHuman, step: string | null): Question {
  return {
    key: 'again',
    kind: 'human',
    payload: { need: error.need, message: error.message, todo: error.todo ?? '', step, ...error.facts },
    marked: true,
    requiredRole: 'operator',
  };
}

export const canceledBy = (who: string): RunPatch => ({ error: `Canceled by <@${who}>.` });

/** Keys of the pictures a connector took before it threw. */
export function picturesOf(error: unknown): { screenshot?: string; tree?: string; trace?: string } {
  const column = { screenshot: 'screenshot', aria: 'tree', trace: 'trace' } as const;
  return Object.fromEntries(evidenceOf(error).map(({ kind, key }) => [column[kind], key]));
}
