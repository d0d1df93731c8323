import pRetry from 'p-retry';
import { Retryable } from '../../../pipeline/errors.ts';

/** Tries where the process is ending. */
const atLeast = 5;

/**
 * Writes down what a vendor or a mail server has answered. The answer exists only in this process, so the write is
 * repeated for as long as the database is away. For statements that may repeat, for the answer to the first may be what
 * was lost.
 *
 * @param ending the process ends: a few tries more, and what is still not written is lost
 * @throws Retryable only where the process is ending
 */
export function patiently<T>(statement: () => Promise<T>, ending?: AbortSignal): Promise<T> {
  return pRetry(statement, {
    retries: Infinity,
    minTimeout: 500,
    maxTimeout: 2_000,
    randomize: true,
    shouldRetry: ({ error, attemptNumber }) =>
      error instanceof Retryable && (ending?.aborted !== true || attemptNumber < atLeast),
  });
}
