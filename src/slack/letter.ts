import { Retryable } from '../../pipeline/errors.ts';
import type { Log } from '../log.ts';
import { sleep } from '../sleep.ts';
import type { InboxRow, InboxStore } from '../store/inbox.ts';

export const leaseSeconds = 60;
const renewMs = 20_000;
const longestWaitMs = 10_000;

export type Letter = Omit<InboxRow, 'tries'>;

export type InboxParts = {
  readonly store: InboxStore;
  readonly worker: string;
  /** Must be safe to repeat. `again`: it may have been begun before. Retryable: the database is away, it is kept. */
  readonly work: (letter: Letter, again: boolean) => Promise<void>;
  /** Says to the person that it is kept and done later. Never throws, like the next two. */
  readonly onLate: (letter: Letter) => Promise<void>;
  readonly onFailed: (letter: Letter, error: unknown) => Promise<void>;
  readonly onGivenUp: (letter: Letter) => Promise<void>;
  readonly log: Log;
  readonly sweepMs?: number;
};

/**
 * Works on a letter until it is done, also where the database goes away meanwhile.
 *
 * @param taken it may have been begun before
 * @param stopping the process ends: nothing is begun again
 */
export async function workOn(parts: InboxParts, letter: Letter, taken: boolean, stopping: AbortSignal): Promise<void> {
  const { store, worker } = parts;
  const renewing = setInterval(() => void store.hold(letter.id, worker, leaseSeconds).catch(() => undefined), renewMs);
  try {
    for (let failures = 0; !stopping.aborted; failures += 1) {
      await sleep(failures === 0 ? 0 : Math.min(longestWaitMs, 500 * 2 ** failures), stopping);
      const done = await attempt(parts, letter, taken || failures > 0, failures, stopping);
      if (done) return;
    }
  } finally {
    clearInterval(renewing);
  }
}

/** Whether there is nothing more to do here. */
async function attempt(
  parts: InboxParts,
  letter: Letter,
  again: boolean,
  failures: number,
  stopping: AbortSignal,
): Promise<boolean> {
  const { store, worker, log } = parts;
  try {
    if (failures > 0 && !(await store.hold(letter.id, worker, leaseSeconds))) return true;
    await parts.work(letter, again);
  } catch (error) {
    if (error instanceof Retryable) {
      log.warn({ err: error, kind: letter.kind, route: letter.route }, 'a delivery waits for the database');
      if (failures === 0) await parts.onLate(letter);
      return false;
    }
    await parts.onFailed(letter, error);
    await close(parts, letter, 'failed', stopping);
    return true;
  }
  await close(parts, letter, 'done', stopping);
  return true;
}

export async function close(
  { store, worker, log }: InboxParts,
  letter: Letter,
  outcome: 'done' | 'failed' | 'given up',
  stopping: AbortSignal,
): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await store.close(letter.id, worker, outcome);
    } catch (error) {
      if (!(error instanceof Retryable) || stopping.aborted) {
        log.error({ err: error, kind: letter.kind }, 'a delivery could not be closed; it may be done once more');
        return;
      }
      await sleep(Math.min(longestWaitMs, 500 * 2 ** failures), stopping);
    }
  }
}
