import PQueue from 'p-queue';
import { NeedsHuman } from '../../pipeline/errors.ts';
import type { BrowserIdentity } from './chromium.ts';
import { startHold } from './hold.ts';
import { makeLeftOpen, type Left, type Stay, type StayTimes } from './left-open.ts';
import type { Login, LoginLease, Turn } from './login.ts';
import type { Log } from './log.ts';
import { vendorName } from '../../pipeline/vendors.ts';

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
  run<T, L extends Left>(
    vendor: string,
    login: Login,
    browser: BrowserIdentity,
    work: (signal: AbortSignal, stay: Stay<L>) => Promise<T>,
    signal?: AbortSignal,
    turn?: Turn,
  ): Promise<T>;
  /** Resolves when nothing is open any more that was left open, and its logins are given back. */
  close(): Promise<void>;
};

export type LaneOptions = {
  readonly lease: LoginLease;
  readonly gate: LaneGate;
  readonly log: Log;
  /** Milliseconds between two signs of life. */
  readonly renewEvery?: number;
  /** Milliseconds after the start of a renewal that succeeded for which the login is surely ours; then work has stopped. */
  readonly goodFor?: number;
  readonly stays?: StayTimes;
};

export function makeLanes({ lease, gate, log, renewEvery = 10_000, goodFor = 25_000, stays }: LaneOptions): Lanes {
  const queues = new Map<Login, PQueue>();
  const queueOf = (login: Login): PQueue => {
    const queue = queues.get(login) ?? new PQueue({ concurrency: 1 });
    queues.set(login, queue);
    return queue;
  };
  const leftOpen = makeLeftOpen(stays);
  const holdTimes = { renewEvery, goodFor };
  return {
    async run<T, L extends Left>(
      vendor: string,
      login: Login,
      browser: BrowserIdentity,
      work: (signal: AbortSignal, stay: Stay<L>) => Promise<T>,
      ending = new AbortController().signal,
      turn?: Turn,
    ) {
      await refuseClosed(gate, vendor);
      let begun = false;
      let waiting = false;
      const asked = performance.now();
      const waits = (ahead: number) => {
        if (!waiting) turn?.waits();
        waiting = true;
        turn?.stands(login, ahead);
      };
      const goOn = async () => {
        if (waiting) await (signal.aborted ? turn?.leaves() : turn?.goesOn());
        waiting = false;
      };
      const queue = queueOf(login);
      const before = queue.size + queue.pending;
      if (before > 0) waits(before);
      const signal = turn ? AbortSignal.any([ending, turn.signal]) : ending;
      const job = queue.add(async () => {
        signal.throwIfAborted();
        await refuseClosed(gate, vendor); // The work before ours may have closed the lane while we waited.
        const open = await leftOpen.take(login, turn);
        const place = { waited: () => performance.now() - asked, waits };
        const held =
          open?.held ?? startHold(await lease.acquire(login, browser, signal, place), ending, log, holdTimes);
        begun = true;
        const fate = { unused: open?.left, stays: false };
        try {
          return await held.during(async () => {
            await goOn();
            signal.throwIfAborted();
            const stay: Stay<L> = {
              // What a run leaves at a login is what it finds there: a vendor has one kind of session.
              found: open?.left as L | undefined,
              leave: (left) => (fate.stays = queue.size === 0 && leftOpen.leave(login, turn, { held, left })),
            };
            delete fate.unused;
            return work(held.signal, stay);
          });
        } finally {
          await fate.unused?.close();
          if (!fate.stays) await held.end();
        }
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
        await goOn();
      }
    },
    close: () => leftOpen.close(),
  };
}

async function refuseClosed(gate: LaneGate, vendor: string): Promise<void> {
  const reason = await gate.isClosed(vendor);
  if (reason === null) return;
  throw new NeedsHuman('CHECK', `${vendorName(vendor)} is closed: ${reason}. Nothing was done there.`, {
    todo: `Look at the screenshot of that failure. When the page is as it was, or its selectors were adapted, press "Open ${vendorName(vendor)} again": this run and every other that waits for it go on.`,
    facts: { closedLane: vendor },
  });
}
