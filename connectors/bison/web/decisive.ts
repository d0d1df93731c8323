import { Retryable, SessionExpired } from '../../../pipeline/errors.ts';

/**
 * Wraps everything from the press that Bison acts on. If the session ends during it, the work must not begin anew,
 * because that would press again: the error is passed on, and the workflow's `check` looks whether it was done.
 */
export async function decisive<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SessionExpired)) throw error;
    throw new Retryable('NETWORK', `Bison ended the session while "${what}" was under way`, { cause: error });
  }
}
