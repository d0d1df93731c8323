import { setTimeout as pause } from 'node:timers/promises';
import pRetry from 'p-retry';
import { FailedTry } from './failed-try.ts';

/** A longer `Retry-After` is not sat out here, milliseconds: the run waits, where somebody can cancel it. */
export const longestWait = 60_000;

export type Tries = {
  /** After the first. */
  readonly retries: number;
  /** Before the second try, milliseconds; then twice as long each time, and up to twice that by chance. */
  readonly firstMs: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  readonly mayTryAgain: (failed: FailedTry) => boolean;
  /** A try failed, and there will be another. */
  readonly onAgain: (failed: FailedTry, retriesLeft: number) => void;
};

/** Work against a vendor's API, tried again where it failed in a way that may pass, after as long as the vendor asks. */
export function again<T>(tries: Tries, work: () => Promise<T>): Promise<T> {
  const { retries, firstMs, signal, onAgain } = tries;
  const passes = (error: Error): error is FailedTry =>
    error instanceof FailedTry && tries.mayTryAgain(error) && (error.retryAfterMs ?? 0) <= longestWait;
  return pRetry(work, {
    retries,
    minTimeout: firstMs,
    randomize: true,
    ...(signal && { signal }),
    shouldRetry: ({ error }) => passes(error),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (!passes(error) || retriesLeft === 0) return;
      onAgain(error, retriesLeft);
      // Where the work is stopped meanwhile, p-retry says so.
      await pause(error.retryAfterMs ?? 0, undefined, signal && { signal }).catch(() => undefined);
    },
  });
}
