import { App, HTTPReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { makeHolder } from '../runs/holder.ts';
import { teller } from './answers.ts';
import { boltLogger } from './bolt-logger.ts';
import { letter, makeDeliveries } from './deliveries.ts';
import type { SlackDeps } from './deps.ts';
import { troubleOf } from './errors.ts';
import { usualProbing, watchWebApi, type Probing } from './http-standing.ts';
import { startInbox, type Inbox } from './inbox.ts';
import type { Letter } from './letter.ts';
import type { Routes } from './routes.ts';
import { makeSocketReceiver } from './socket-mode/receiver.ts';
import { usualTiming, type Timing } from './socket-mode/timing.ts';
import type { StandingBook } from './standing.ts';
import { readSubmission, type ViewHandler } from './views.ts';

export type SlackConfig = Pick<
  Config,
  'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'SLACK_API_URL'
>;

const away =
  'My database does not answer right now. Nothing was done, and what is running goes on when it is back. Please try again in a minute.';

/** A client of Slack's Web API at the configured address. */
export function makeSlackClient(config: SlackConfig, log: Log, options: WebClientOptions = {}): WebClient {
  return new WebClient(config.SLACK_BOT_TOKEN, { ...clientOptions(config, log), ...options });
}

function clientOptions(config: SlackConfig, log: Log): WebClientOptions {
  return {
    slackApiUrl: `${config.SLACK_API_URL}/`,
    timeout: 10_000,
    retryConfig: { retries: 2, minTimeout: 300, maxTimeout: 2_000 },
    logger: boltLogger(log),
  };
}

export type SlackApp = {
  /** Slack's requests in HTTP mode; null in Socket Mode. */
  readonly requests: RequestListener | null;
  /** Connects, and again whatever ends a connection, until `stop`. Slack need not be there. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** How patient the connection to Slack is; tests shorten it. */
export type SlackPatience = { readonly socket: Timing; readonly probing: Probing };
export const usualPatience: SlackPatience = { socket: usualTiming, probing: usualProbing };

/** Bolt with our routes. Every delivery is a row before it is acknowledged, acknowledged before any work, and done once. */
export function makeSlackApp(
  config: SlackConfig,
  deps: SlackDeps,
  routes: Routes,
  standing: StandingBook,
  patience: SlackPatience = usualPatience,
): SlackApp {
  const { log } = deps;
  const logger = boltLogger(log);
  const options = clientOptions(config, log);
  const socket = config.SLACK_APP_TOKEN
    ? makeSocketReceiver({
        appToken: config.SLACK_APP_TOKEN,
        clientOptions: options,
        standing,
        log,
        timing: patience.socket,
      })
    : null;
  const http = socket
    ? null
    : new HTTPReceiver({
        signingSecret: config.SLACK_SIGNING_SECRET ?? '',
        logger,
        endpoints: ['/slack/events'],
        // The body is read before its signature can be checked, so its size is limited: a stranger must not fill the
        // memory. Slack's requests are far smaller.
        bodyLimit: 1_000_000,
      });
  const app = new App({
    ...(socket ? { receiver: socket } : http ? { receiver: http } : {}),
    // Given to Bolt instead of asked of Slack for each event: an event must not fail because `auth.test` does.
    authorize: () => Promise.resolve({ botToken: config.SLACK_BOT_TOKEN }),
    clientOptions: options,
    logger,
    convoStore: false,
  });
  if (http) {
    app.use(async ({ next }) => {
      standing.here();
      await next();
    });
  }
  const inbox = startInbox({
    store: deps.store.inbox,
    worker: makeHolder(),
    ...makeDeliveries(deps, routes),
    log,
  });
  bind(app, deps, routes, inbox);
  let watching: { stop(): Promise<void> } | undefined;
  return {
    requests: http ? http.requestListener : null,
    async start() {
      if (socket) await socket.start();
      else watching ??= watchWebApi({ slack: deps.slack, standing, log, probing: patience.probing });
    },
    async stop() {
      await watching?.stop();
      await socket?.stop();
      await inbox.stop();
    },
  };
}

function bind(app: App, deps: SlackDeps, routes: Routes, inbox: Inbox): void {
  /** The row, then the acknowledgement, then the work. */
  async function take(it: Letter, answer: { readonly ack: () => Promise<void>; readonly away: () => Promise<void> }) {
    const received = await inbox.receive(it);
    if (received === 'away') return answer.away();
    try {
      await answer.ack();
    } catch (error) {
      deps.log.warn({ trouble: troubleOf(error), kind: it.kind }, 'Slack took no acknowledgement; nothing is done');
      if (received === 'new') inbox.withdraw(it);
      return;
    }
    if (received === 'new') await inbox.work(it);
  }

  for (const name of Object.keys(routes.commands)) {
    app.command(name, async ({ ack, body }) => {
      const { user_id: user, channel_id: channel, text, response_url: responseUrl, trigger_id: moment } = body;
      const it = letter('command', name, idOf('command', moment, user, name), { user, channel, text, responseUrl });
      await take(it, { ack: () => ack(), away: () => ack(away) });
    });
  }
  for (const id of Object.keys(routes.actions)) {
    app.action(id, async ({ ack, body, action }) => {
      const { user, channel, trigger_id: triggerId, response_url: responseUrl } = Clicked.parse(body);
      const { value, action_ts } = Pressed.parse(action);
      const content = { user: user.id, channel: channel?.id ?? null, responseUrl, triggerId, text: value };
      const it = letter('action', id, idOf('action', triggerId ?? action_ts, user.id, id, value), content);
      const tell = teller(
        deps,
        { user: user.id, channel: content.channel || null, responseUrl: responseUrl ?? null },
        it.id,
      );
      await take(it, { ack: () => ack(), away: () => ack().then(() => tell(away)) });
    });
  }
  for (const [id, { check }] of Object.entries<ViewHandler>(routes.views)) {
    app.view(id, async ({ ack, body, view }) => {
      const submission = readSubmission(view);
      const errors = check(submission);
      if (Object.keys(errors).length > 0) {
        await ack({ response_action: 'errors', errors });
        return;
      }
      const user = body.user.id;
      const it = letter('view', id, `view:${view.id}:${view.hash}`, {
        user,
        channel: null,
        responseUrl: null,
        submission,
      });
      // The modal stays open with what was entered, so that it can be sent again.
      const input = view.blocks.find((block) => block.type === 'input')?.block_id;
      const keep = () =>
        input === undefined
          ? ack().then(() => teller(deps, { user, channel: null, responseUrl: null }, it.id)(away))
          : ack({ response_action: 'errors', errors: { [input]: away } });
      await take(it, { ack: () => ack(), away: keep });
    });
  }
  // Bolt acknowledges events by itself, before anything of ours: one that a crash takes is lost, and the next opening of
  // Home publishes it.
  app.event('app_home_opened', async ({ event, body }) => {
    const content = { user: event.user, channel: null, responseUrl: null };
    const it = letter('event', 'app_home_opened', `event:${body.event_id}`, content);
    const now = () => routes.events.app_home_opened(deps, event.user);
    await take(it, { ack: () => Promise.resolve(), away: now });
  });
  app.error((error) => {
    deps.log.error({ err: error }, 'a delivery from Slack failed');
    return Promise.resolve();
  });
}

const Clicked = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
});

const Pressed = z.object({ value: z.string().default(''), action_ts: z.string().optional() });

/**
 * An id for a delivery, by which Slack's second sending of it is recognised; a random one where the delivery has
 * nothing unique.
 */
function idOf(what: string, moment: string | undefined, ...rest: readonly string[]): string {
  return [what, moment ?? randomUUID(), ...rest].join(':');
}
