import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import { sleep } from '../sleep.ts';
import { troubleOf } from './errors.ts';
import type { StandingBook } from './standing.ts';

export type Probing = { readonly everyMs: number; readonly whileAwayMs: number };
export const usualProbing: Probing = { everyMs: 15_000, whileAwayMs: 5_000 };

/**
 * How Slack stands in HTTP mode, where no connection says it: by asking `auth.test` now and then. A verified request of
 * Slack's counts as a sign, too.
 */
export function watchWebApi(parts: {
  readonly slack: WebClient;
  readonly standing: StandingBook;
  readonly log: Log;
  readonly probing?: Probing | undefined;
}): { stop(): Promise<void> } {
  const { slack, standing, log, probing = usualProbing } = parts;
  const stopping = new AbortController();

  async function look() {
    try {
      await slack.auth.test();
      if (!standing.now().connected) log.info('Slack answers');
      standing.here();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'rate limited') return;
      const why =
        trouble.kind === 'refused' ? `Slack does not take SLACK_BOT_TOKEN (${trouble.code})` : trouble.message;
      if (standing.now().connected || standing.now().why !== why) log.error({ why }, 'Slack is away; trying again');
      standing.away(why);
    }
  }

  const working = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(standing.now().connected ? probing.everyMs : probing.whileAwayMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
