import { sleep } from '../sleep.ts';
import { isGone } from '../runs/holder.ts';
import { close, leaseSeconds, workOn, type InboxParts, type Letter } from './letter.ts';

// Slack waits three seconds for an acknowledgement, and the row must be written before it.
const writeWithinMs = 2_000;
/** A delivery at which several processes died is given up after so many attempts. */
const mostTries = 5;

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
    const late = sleep(writeWithinMs, inTime.signal).then(() => 'away' as const);
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

  async function work(letter: Letter, taken: boolean) {
    here.add(letter.id);
    await workOn(parts, letter, taken, stopping.signal).finally(() => here.delete(letter.id));
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
        await close(parts, taken, 'given up', stopping.signal);
      } else void track(work(taken, true));
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
      await sleep(parts.sweepMs ?? 5_000, stopping.signal);
    }
  })();

  return {
    receive,
    work: (letter) => track(work(letter, false)),
    withdraw,
    async stop() {
      stopping.abort();
      await sweeping;
      await Promise.allSettled(working);
    },
  };
}
