import { App, HTTPReceiver, type RespondFn } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { RequestListener } from 'node:http';
import { z } from 'zod';
import { section, type Message } from '../../blocks/kit.ts';
import { Retryable } from '../../pipeline/errors.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Click } from './actions/click.ts';
import { boltLogger } from './bolt-logger.ts';
import type { Desk } from './desk.ts';
import { troubleOf } from './errors.ts';
import { usualProbing, watchWebApi, type Probing } from './http-standing.ts';
import type { Routes } from './routes.ts';
import { makeSocketReceiver } from './socket-mode/receiver.ts';
import { usualTiming, type Timing } from './socket-mode/timing.ts';
import type { StandingBook } from './standing.ts';
import { readSubmission } from './views.ts';

export type SlackConfig = Pick<
  Config,
  'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'SLACK_API_URL'
>;

const away =
  'My database does not answer right now. Nothing was done, and what is running goes on when it is back. Please try again in a minute.';
const trouble = 'Something went wrong on my side, and nothing was done. It is logged; please try again in a minute.';

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

/** Bolt with our routes. Every delivery is acknowledged before any work, and worked on once. */
export function makeSlackApp(
  config: SlackConfig,
  desk: Desk,
  routes: Routes,
  standing: StandingBook,
  patience: SlackPatience = usualPatience,
): SlackApp {
  const { log } = desk;
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
        // Read before the signature can be checked: a stranger's must not fill the memory. Slack's are far smaller.
        bodyLimit: 1_000_000,
      });
  const app = new App({
    ...(socket ? { receiver: socket } : http ? { receiver: http } : {}),
    // Fixed instead of asked for: an event must not fail because auth.test does.
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
  bind(app, desk, routes);
  let watching: { stop(): Promise<void> } | undefined;
  return {
    requests: http ? http.requestListener : null,
    async start() {
      if (socket) await socket.start();
      else watching ??= watchWebApi({ slack: desk.slack, standing, log, probing: patience.probing });
    },
    async stop() {
      await watching?.stop();
      await socket?.stop();
    },
  };
}

function bind(app: App, desk: Desk, routes: Routes): void {
  const { log } = desk;
  for (const [name, handler] of Object.entries(routes.commands)) {
    app.command(name, async ({ ack, body, respond }) => {
      await ack();
      const { user_id: user, channel_id: channel, text } = body;
      const tell = teller(desk, { respond, user, channel });
      const delivery = deliveryOf('command', body.trigger_id, user, name);
      await guarded(desk, delivery, tell, async () => {
        const reply = await handler(desk, { user, channel, text });
        if (reply) await tell(reply);
      });
    });
  }
  for (const [id, handler] of Object.entries(routes.actions)) {
    app.action(id, async ({ ack, body, action, respond, client }) => {
      await ack();
      const clicked = Clicked.parse(body);
      const tell = teller(desk, { respond, user: clicked.user.id, channel: clicked.channel?.id ?? null });
      const { value, action_ts } = Pressed.parse(action);
      const click = makeClick({ client, tell, respond, clicked, value, log });
      const moment = clicked.trigger_id ?? action_ts;
      await guarded(desk, deliveryOf('action', moment, clicked.user.id, id, value), tell, () => handler(desk, click));
    });
  }
  for (const [id, { check, work }] of Object.entries(routes.views)) {
    app.view(id, async ({ ack, body, view, client }) => {
      const submission = readSubmission(view);
      const errors = check(submission);
      if (Object.keys(errors).length > 0) {
        await ack({ response_action: 'errors', errors });
        return;
      }
      await ack();
      const user = body.user.id;
      const tell = teller(desk, { respond: null, user, channel: null });
      const clicked = { user: body.user, trigger_id: undefined };
      const click = makeClick({ client, tell, respond: null, clicked, value: '', log });
      await guarded(desk, `view:${view.id}:${view.hash}`, tell, () => work(desk, click, submission));
    });
  }
  app.event('app_home_opened', async ({ event, body }) => {
    const quiet = () => Promise.resolve();
    await guarded(desk, `event:${body.event_id}`, quiet, () => routes.events.app_home_opened(desk, event.user));
  });
  app.error((error) => {
    log.error({ err: error }, 'a delivery from Slack failed');
    return Promise.resolve();
  });
}

const Clicked = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string().optional(),
});

const Pressed = z.object({ value: z.string().default(''), action_ts: z.string().optional() });

type Tell = (message: string | Message) => Promise<void>;

/** Names a delivery, so that Slack's second sending of it is known; null where nothing tells two apart. */
function deliveryOf(what: string, moment: string | undefined, ...rest: readonly string[]): string | null {
  return moment ? [what, moment, ...rest].join(':') : null;
}

/** Runs the work once per delivery; whatever fails is said to the person and logged, never swallowed. */
async function guarded(desk: Desk, delivery: string | null, tell: Tell, work: () => Promise<void>): Promise<void> {
  try {
    if (delivery !== null && !(await desk.store.messages.firstTime(delivery))) return;
    await work();
  } catch (error) {
    desk.log.error({ err: error, delivery: delivery?.split(':')[0] }, 'a handler failed');
    await tell(error instanceof Retryable ? away : trouble);
  }
}

/** A private answer: the response URL, else an ephemeral message, else a direct one. */
function teller(
  desk: Desk,
  to: { readonly respond: RespondFn | null; readonly user: string; readonly channel: string | null },
): Tell {
  return async (message) => {
    const { text, blocks } = typeof message === 'string' ? { text: message, blocks: [section(message)] } : message;
    const tries = [
      () =>
        to.respond?.({ response_type: 'ephemeral', replace_original: false, text, blocks }) ??
        Promise.reject(new Error('none')),
      () =>
        to.channel
          ? desk.slack.chat.postEphemeral({ channel: to.channel, user: to.user, text, blocks })
          : Promise.reject(new Error('no channel')),
      () => desk.slack.chat.postMessage({ channel: to.user, text, blocks }),
    ];
    for (const attempt of tries) {
      try {
        await attempt();
        return;
      } catch (error) {
        desk.log.debug({ err: error }, 'a private answer took the next way');
      }
    }
    desk.log.warn({ user: to.user }, 'a private answer could not be delivered');
  };
}

function makeClick(parts: {
  client: WebClient;
  tell: Tell;
  respond: RespondFn | null;
  clicked: z.output<typeof Clicked>;
  value: string;
  log: Log;
}): Click {
  const { client, tell, respond, clicked, value, log } = parts;
  return {
    user: clicked.user.id,
    channel: clicked.channel?.id ?? null,
    value,
    tell,
    async openModal(view) {
      try {
        return (await client.views.open({ trigger_id: clicked.trigger_id ?? '', view })).view?.id ?? null;
      } catch (error) {
        log.warn({ trouble: troubleOf(error) }, 'a modal did not open');
        await tell('The window could not be opened in time. Nothing was done; please click again.');
        return null;
      }
    },
    async updateModal(viewId, view) {
      await client.views.update({ view_id: viewId, view });
    },
    async dismiss(text) {
      if (!respond) return tell(text);
      await respond({ replace_original: true, text, blocks: [section(text)] }).catch(() => tell(text));
    },
  };
}
