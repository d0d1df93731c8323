import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { startSlack, type SlackOptions, type SlackStandIn } from '../slack/index.ts';

export const lakeside = 'C01LAKESIDE';
export const operator = 'U01OPERATOR';
export const approver = 'U02APPROVER';
const secret = 'a signing secret';

/** What the test's end closes, the last one first. */
export const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Running = { readonly slack: SlackStandIn; readonly app: App };

/** A real Bolt app that knows nothing of the stand-in but its API address and tokens. */
export async function inSocketMode(setUp: (app: App) => void, options: SlackOptions = {}): Promise<Running> {
  const slack = await startSlack(options);
  closing.push(() => slack.close());
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  setUp(app);
  await app.start();
  closing.push(() => app.stop());
  return { slack, app };
}

/** The same, called over HTTP. */
export async function overHttp(setUp: (app: App) => void, signedWith = secret): Promise<Running> {
  const slack = await startSlack();
  closing.push(() => slack.close());
  const app = new App({
    token: slack.botToken,
    signingSecret: secret,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  setUp(app);
  const server = (await app.start(0)) as Server;
  closing.push(() => app.stop());
  const { port } = server.address() as AddressInfo;
  slack.useHttp({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret: signedWith });
  return { slack, app };
}

export const button = (text: string, actionId: string, more: object = {}) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text },
  action_id: actionId,
  ...more,
});

export const reasonModal: ModalView = {
  type: 'modal',
  callback_id: 'reject',
  title: { type: 'plain_text', text: 'Reject' },
  submit: { type: 'plain_text', text: 'Send' },
  private_metadata: 'suggestion 3',
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Reason' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};
