import { Retryable } from '../../pipeline/errors.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import { isGone } from '../runs/holder.ts';
import type { InboxRow, InboxStore } from '../store/inbox.ts';

// Slack waits three seconds for an acknowledgement, and the row must be written before it.
const writeWithinMs = 2_000;
const leaseSeconds = 60;
const renewMs = 20_000;
const longestWaitMs = 10_000;
/** A delivery at which several processes died is given up after so many attempts. */
const mostTries = 5;

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

export type Inbox = {
  /**
   * Writes the row, before Slack hears that anything arrived. `away`: it could not be written in time; whoever did it must
   * be told that nothing was done.
   */
  receive(letter: Letter): Promise<'new' | 'known' | 'away'>;
  /** Works on what was received, until it is done, also where the database goes away meanwhile. Never throws. */
  work(letter: Letter): Promise<void>;
  /** It could not be acknowledged: Slack itself told the person that it failed. */
  withdraw(letter: Letter): void;
  stop(): Promise<void>;
};

/** What people did in Slack, as rows: nothing acknowledged is lost with a process, and nothing is done twice. */
export function startInbox(parts: InboxParts): Inbox {
  const { store, worker, log } = parts;
  const stopping = new AbortController();
  const working = new Set<Promise<void>>();
  const withdrawn = new Map<string, Letter>();
  const here = new Set<string>();

  async function receive(letter: Letter): Promise<'new' | 'known' | 'away'> {
    const inTime = new AbortController();
    const writing = store.receive(letter, worker, leaseSeconds).then(
      (first) => (first ? 'new' : 'known'),
      (error: unknown) => {
        log.error({ err: error, kind: letter.kind }, 'a delivery could not be written down');
        return 'away' as const;
      },
    );
    const late = pause(writeWithinMs, inTime.signal).then(() => 'away' as const);
    const outcome = await Promise.race([writing, late]);
    inTime.abort();
    if (outcome === 'away') withdraw(letter);
    return outcome;
  }

  /**
   * Its person was told that nothing was done. Each sweep tells the database again until it has it, so that no process
   * takes the delivery up.
   */
  function withdraw(letter: Letter) {
    withdrawn.set(letter.id, letter);
    void track(sweepWithdrawn().catch(() => undefined));
  }

  async function sweepWithdrawn() {
    for (const letter of withdrawn.values()) {
      await store.withdraw(letter, worker);
      withdrawn.delete(letter.id);
    }
  }

  async function workOn(letter: Letter, taken: boolean) {
    here.add(letter.id);
    const renewing = setInterval(
      () => void store.hold(letter.id, worker, leaseSeconds).catch(() => undefined),
      renewMs,
    );
    try {
      for (let failures = 0; !stopping.signal.aborted; failures += 1) {
        await pause(failures === 0 ? 0 : Math.min(longestWaitMs, 500 * 2 ** failures), stopping.signal);
        const done = await attempt(letter, taken || failures > 0, failures);
        if (done) return;
      }
    } finally {
      clearInterval(renewing);
      here.delete(letter.id);
    }
  }

  /** Whether there is nothing more to do here. */
  async function attempt(letter: Letter, again: boolean, failures: number): Promise<boolean> {
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
      await close(letter, 'failed');
      return true;
    }
    await close(letter, 'done');
    return true;
  }

  async function close(letter: Letter, outcome: 'done' | 'failed' | 'given up') {
    for (let failures = 0; ; failures += 1) {
      try {
        return await store.close(letter.id, worker, outcome);
      } catch (error) {
        if (!(error instanceof Retryable) || stopping.signal.aborted) {
          log.error({ err: error, kind: letter.kind }, 'a delivery could not be closed; it may be done once more');
          return;
        }
        await pause(Math.min(longestWaitMs, 500 * 2 ** failures), stopping.signal);
      }
    }
  }

  async function sweep() {
    await sweepWithdrawn();
    const gone = (await store.workers()).filter((holder) => isGone(holder, worker));
    for (;;) {
      const taken = stopping.signal.aborted ? null : await store.claim(worker, leaseSeconds, gone);
      if (!taken) return;
      // Our own delivery, whose claim ran out while the database was away: this process is still working on it.
      if (here.has(taken.id)) continue;
      log.warn({ kind: taken.kind, route: taken.route, tries: taken.tries }, 'taken up what another process left');
      if (taken.tries > mostTries || taken.payload === null) {
        await parts.onGivenUp(taken);
        await close(taken, 'given up');
      } else void track(workOn(taken, true));
    }
  }

  function track(work: Promise<void>): Promise<void> {
    working.add(work);
    void work.finally(() => working.delete(work));
    return work;
  }

  const sweeping = (async () => {
    while (!stopping.signal.aborted) {
      await sweep().catch((error: unknown) => log.warn({ err: error }, 'the inbox could not be looked at; it will be'));
      await pause(parts.sweepMs ?? 5_000, stopping.signal);
    }
  })();

  return {
    receive,
    work: (letter) => track(workOn(letter, false)),
    withdraw,
    async stop() {
      stopping.abort();
      await sweeping;
      await Promise.allSettled(working);
    },
  };
}
