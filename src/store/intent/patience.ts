import pRetry from 'p-retry';
import { Retryable } from '../../../pipeline/errors.ts';

const patience = { retries: 5, minTimeout: 500, randomize: true };

/**
 * What a vendor or a mail server has answered is in our hands: a database that hiccups must not cost it. For statements
 * that may repeat, for the answer to the first may be what was lost.
 */
export function patiently<T>(statement: () => Promise<T>): Promise<T> {
  return pRetry(statement, { ...patience, shouldRetry: ({ error }) => error instanceof Retryable });
}
