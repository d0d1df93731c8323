import type { Log } from '../log.ts';

export type LeaseTimes = {
  readonly seconds: number;
  /** Milliseconds between two heartbeats. */
  readonly beatMs: number;
  /** Milliseconds before the lease may run out at which all work has been told to stop. */
  readonly marginMs: number;
};

export const usualLease: LeaseTimes = { seconds: 20, beatMs: 5_000, marginMs: 4_000 };

/**
 * Renews the lease of a run. Whoever could not renew stops by its own clock, counted from the start of the last heartbeat
 * that was answered: before the lease runs out at the database, and without asking it.
 *
 * @param since the start of the claim, by `performance.now()`
 * @param lost called once: the run is another's, or may soon be
 */
export function keepLease(parts: {
  readonly beat: () => Promise<{ readonly held: boolean; readonly cancel: string | null }>;
  readonly since: number;
  readonly times: LeaseTimes;
  readonly lost: (why: string) => void;
  readonly canceled: (who: string) => void;
  readonly log: Log;
}): { end(): void } {
  const { times, log } = parts;
  let over = false;
  let beating = false;
  const end = () => {
    over = true;
    clearTimeout(deadline);
    clearInterval(timer);
  };
  const lose = (why: string) => {
    if (over) return;
    end();
    parts.lost(why);
  };
  const stopAt = (from: number) =>
    setTimeout(
      () => lose('its lease could not be renewed in time'),
      from + times.seconds * 1_000 - times.marginMs - performance.now(),
    );
  let deadline = stopAt(parts.since);
  const beat = async () => {
    if (beating) return;
    beating = true;
    const began = performance.now();
    try {
      const { held, cancel } = await parts.beat();
      if (over) return;
      if (!held) return lose('another process took it over');
      clearTimeout(deadline);
      deadline = stopAt(began);
      if (cancel) parts.canceled(cancel);
    } catch (error) {
      log.warn({ err: error }, 'heartbeat missed');
    } finally {
      beating = false;
    }
  };
  const timer = setInterval(() => void beat(), times.beatMs);
  return { end };
}
