import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { StandingBook } from '../standing.ts';
import { openConnection, type Delivered } from './connection.ts';
import { keepConnected, type Kept } from './loop.ts';
import { usualTiming, type Timing } from './timing.ts';

/**
 * Socket Mode for Bolt, on a loop of our own. Bolt's receiver is not used: its client (@slack/socket-mode 3.1) gives up
 * for ever when asking for a new address fails, with a rejection that nobody can handle.
 */
export function makeSocketReceiver(parts: {
  readonly appToken: string;
  readonly clientOptions: WebClientOptions;
  readonly standing: StandingBook;
  readonly log: Log;
  readonly timing?: Timing | undefined;
}): Receiver {
  const { standing, log, timing = usualTiming } = parts;
  // No retries of its own: the loop decides how long to wait before the next try.
  const web = new WebClient(parts.appToken, {
    ...parts.clientOptions,
    timeout: timing.connectMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  let app: App | undefined;
  let kept: Kept | undefined;

  async function deliver(delivered: Delivered, ack: ReceiverEvent['ack']) {
    const { payload: body, retry_attempt: retryNum, retry_reason: retryReason } = delivered;
    try {
      await app?.processEvent({ body, ack, ...(retryNum && { retryNum }), ...(retryReason && { retryReason }) });
    } catch (error) {
      log.error({ err: error, type: delivered.type }, 'a delivery from Slack could not be worked on');
    }
  }

  return {
    init(bolt) {
      app = bolt;
    },
    start() {
      kept ??= keepConnected({
        open: async () => {
          const { url } = await web.apps.connections.open({});
          if (!url) throw new Error('Slack answered without an address to connect to');
          return openConnection(url, timing, (delivered, ack) => void deliver(delivered, ack));
        },
        standing,
        timing,
        log,
      });
      return Promise.resolve();
    },
    stop: () => kept?.stop() ?? Promise.resolve(),
  };
}
