import { troubleOf } from '../errors.ts';
import type { Log } from '../../log.ts';
import { sleep } from '../../sleep.ts';
import type { StandingBook } from '../standing.ts';
import type { Connection } from './connection.ts';
import type { Timing } from './timing.ts';

export type Kept = { stop(): Promise<void> };

/**
 * Keeps a connection to Slack, whatever ends it: the only place that connects. A connection that Slack wants replaced
 * serves on until the next one stands, so that its routine renewals leave no gap.
 *
 * @param open one try; rejects where it fails
 */
export function keepConnected(parts: {
  readonly open: () => Promise<Connection>;
  readonly standing: StandingBook;
  readonly timing: Timing;
  readonly log: Log;
}): Kept {
  const { open, standing, timing, log } = parts;
  const stopping = new AbortController();
  const serving = new Set<Connection>();
  let failures = 0;

  /** One connection, from the asking to its end. Answers how long to wait before the next. */
  async function one(): Promise<number> {
    const connection = await open();
    for (const before of serving) retire(before);
    serving.add(connection);
    void connection.closed.then(() => serving.delete(connection));
    if (stopping.signal.aborted) return 0;
    const opened = Date.now();
    const before = standing.now();
    standing.here();
    if (!before.connected) log.info({ waitedMs: opened - before.since.getTime() }, 'connected to Slack');
    const end = await connection.ending;
    const steady = Date.now() - opened >= timing.steadyMs;
    failures = steady ? 0 : failures + 1;
    switch (end.kind) {
      case 'replace':
        log.debug({ why: end.why }, 'Slack wants the connection replaced');
        return steady ? 0 : waitMs();
      case 'refused':
        connection.close();
        await connection.closed;
        away(end.why);
        return timing.refusedWaitMs;
      case 'lost':
        away(end.why);
        return waitMs();
    }
  }

  function failed(error: unknown): number {
    failures += 1;
    const trouble = troubleOf(error);
    switch (trouble.kind) {
      case 'rate limited':
        away('Slack asks us to come back later');
        // As long as Slack asks for, within limits: the answer may come from a proxy, and neither 0 nor hours would be
        // right.
        return Math.min(Math.max(trouble.retryAfterMs, waitMs()), timing.limitedWaitMs);
      case 'refused':
        away(`Slack refuses the connection (${trouble.code}): is SLACK_APP_TOKEN right, and Socket Mode on?`);
        return timing.refusedWaitMs;
      case 'away':
        away(trouble.message);
        return waitMs();
    }
  }

  function away(why: string) {
    // One that waits to be replaced still serves.
    if ([...serving].some((connection) => connection.isOpen())) return;
    // Said when it begins, and once in a while that it is still so.
    if (standing.now().connected || failures % 20 === 1) log.error({ why, failures }, 'Slack is away; trying again');
    standing.away(why);
  }

  /**
   * Exponential with jitter, because many apps lose Slack in the same moment and must not all come back in the same
   * one.
   */
  function waitMs(): number {
    const most = Math.min(timing.longestWaitMs, timing.firstWaitMs * 2 ** Math.min(Math.max(failures - 1, 0), 10));
    return most * (0.3 + 0.7 * Math.random());
  }

  function retire(connection: Connection) {
    const timer = setTimeout(() => connection.close(), timing.lingerMs);
    void connection.closed.then(() => clearTimeout(timer));
  }

  const working = (async () => {
    while (!stopping.signal.aborted) await sleep(await one().catch(failed), stopping.signal);
  })();

  return {
    async stop() {
      stopping.abort();
      for (const connection of serving) connection.close();
      await working;
      // A connection may have opened while the loop was being stopped: it is closed too.
      for (const connection of serving) connection.close();
    },
  };
}
