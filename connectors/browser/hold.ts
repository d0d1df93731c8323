import { Retryable } from '../../pipeline/errors.ts';
import type { LeaseHold } from './login.ts';
import type { Log } from './log.ts';

/** A login held from here on, with signs of life going out until it is given back. */
export type Hold = {
  /** `performance.now()` when it was taken. */
  readonly since: number;
  /** Aborted when the lease was lost, or everything ends. */
  readonly signal: AbortSignal;
  /** @throws Retryable where the lease was lost in mid-work · whatever `work` throws */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Gives the login back. */
  end(): Promise<void>;
};

export type HoldTimes = { readonly renewEvery: number; readonly goodFor: number };

export function startHold(lease: LeaseHold, ending: AbortSignal, log: Log, { renewEvery, goodFor }: HoldTimes): Hold {
  const since = performance.now();
  const lost = new AbortController();
  const lose = (why: unknown) => {
    log.warn('the lease of a login was lost');
    lost.abort(why);
  };
  // Measured by this process's own clock, so that work whose lease could not be renewed stops before another process
  // may begin.
  const stopAt = (from: number) =>
    setTimeout(() => lose(new Error('it could not be renewed')), from + goodFor - performance.now());
  let end = stopAt(lease.since ?? since);
  const beat = setInterval(() => {
    const began = performance.now();
    lease
      .renew()
      .then(() => {
        clearTimeout(end);
        if (!lost.signal.aborted) end = stopAt(began);
      })
      .catch((error: unknown) => {
        if (error instanceof Retryable) log.warn('the lease of a login could not be renewed yet');
        else lose(error);
      });
  }, renewEvery);
  return {
    since,
    signal: AbortSignal.any([ending, lost.signal]),
    async during(work) {
      try {
        return await work();
      } catch (error) {
        if (lost.signal.aborted)
          throw new Retryable('NETWORK', 'the lease of a login was lost in mid-work', { cause: error });
        throw error;
      }
    },
    async end() {
      clearInterval(beat);
      clearTimeout(end);
      // The work is done; if the lease cannot be given back it simply runs out.
      await lease.release().catch((error: unknown) => {
        log.warn({ err: error }, 'the lease of a login could not be given back');
      });
    },
  };
}
