import PQueue from 'p-queue';
import { NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import type { BrowserIdentity } from './chromium.ts';
import type { Log } from './surface.ts';

/** A login of a vendor: `cole:TX`, `clay`. */
export type Login = string;

/** A login held by this process, honoured by every other (src/ keeps it in a row). */
export type LeaseHold = {
  /** Says "still working". @throws where the lease is lost */
  renew(): Promise<void>;
  release(): Promise<void>;
};

export type LoginLease = {
  /** Waits until the login is free, or its holder is dead and its browser ended. */
  acquire(login: Login, browser: BrowserIdentity, signal: AbortSignal): Promise<LeaseHold>;
};

/** A vendor's lane, open or closed until somebody looked (src/ keeps it in a row). */
export type LaneGate = {
  /** The reason it is closed for, or null. */
  isClosed(vendor: string): Promise<string | null>;
  close(vendor: string, reason: string): Promise<void>;
};

export type Lanes = {
  /**
   * Runs `work` when the login is free: one at a time in this process, one process at a time everywhere.
   * @throws NeedsHuman CHECK where the vendor's lane is closed · Retryable where the lease was lost in mid-work
   */
  run<T>(
    vendor: string,
    login: Login,
    browser: BrowserIdentity,
    work: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
};

export type LaneOptions = {
  readonly lease: LoginLease;
  readonly gate: LaneGate;
  readonly log: Log;
  /** Milliseconds between two signs of life. */
  readonly renewEvery?: number;
};

export function makeLanes({ lease, gate, log, renewEvery = 10_000 }: LaneOptions): Lanes {
  const queues = new Map<Login, PQueue>();
  const queueOf = (login: Login): PQueue => {
    const queue = queues.get(login) ?? new PQueue({ concurrency: 1 });
    queues.set(login, queue);
    return queue;
  };
  return {
    async run(vendor, login, browser, work, signal = new AbortController().signal) {
      await refuseClosed(gate, vendor);
      let begun = false;
      const job = queueOf(login).add(async () => {
        signal.throwIfAborted();
        begun = true;
        await refuseClosed(gate, vendor); // Whoever was before us may have closed it.
        const hold = await lease.acquire(login, browser, signal);
        return whileHeld(hold, signal, work);
      });
      // Who only waits may leave at once; who has begun holds the login until everything is closed.
      let leave = (): void => undefined;
      const leaving = new Promise<never>((_, reject) => {
        leave = () => {
          if (!begun) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
      });
      signal.addEventListener('abort', leave);
      job.catch(() => undefined);
      try {
        return await Promise.race([job, leaving]);
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };

  async function whileHeld<T>(
    hold: LeaseHold,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const lost = new AbortController();
    const beat = setInterval(() => {
      hold.renew().catch((error: unknown) => {
        log.warn('the lease of a login was lost');
        lost.abort(error);
      });
    }, renewEvery);
    try {
      return await work(AbortSignal.any([signal, lost.signal]));
    } catch (error) {
      if (lost.signal.aborted)
        throw new Retryable('NETWORK', 'the lease of a login was lost in mid-work', { cause: error });
      throw error;
    } finally {
      clearInterval(beat);
      await hold.release();
    }
  }
}

async function refuseClosed(gate: LaneGate, vendor: string): Promise<void> {
  const reason = await gate.isClosed(vendor);
  if (reason === null) return;
  throw new NeedsHuman('CHECK', `${vendor} is closed: ${reason}. Nothing was done there.`, {
    todo: `Look at the screenshot of that failure. When the page is as it was, or its selectors were adapted, press "Open ${vendor} again": this run and every other that waits for it go on.`,
    facts: { closedLane: vendor },
  });
}
