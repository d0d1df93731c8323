import { Retryable, SessionExpired } from '../../../pipeline/errors.ts';

/**
 * From the press that Bison acts on: a session that ends now must not make the session begin anew, for that would press again.
 * Whether it was done, its check has to say.
 */
export async function decisive<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SessionExpired)) throw error;
    throw new Retryable('NETWORK', `Bison ended the session while "${what}" was under way`, { cause: error });
  }
}
