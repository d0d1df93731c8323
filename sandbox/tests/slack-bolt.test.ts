import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { connectAs } from '../slack/client.ts';
import { startSlack, type SlackOptions, type SlackStandIn } from '../slack/index.ts';

const lakeside = 'C01LAKESIDE';
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';
const secret = 'a signing secret';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Running = { readonly slack: SlackStandIn; readonly app: App };

/** A real Bolt app that knows nothing of the stand-in but its API address and tokens. */
async function inSocketMode(setUp: (app: App) => void, options: SlackOptions = {}): Promise<Running> {
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

async function overHttp(setUp: (app: App) => void, signedWith = secret): Promise<Running> {
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

const button = (text: string, actionId: string, more: object = {}) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text },
  action_id: actionId,
  ...more,
});

const reasonModal: ModalView = {
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

for (const [mode, start] of [
  ['Socket Mode', inSocketMode],
  ['HTTP mode', (setUp: (app: App) => void) => overHttp(setUp)],
] as const) {
  describe(`In ${mode}`, () => {
    test('a slash command reaches the app, and its private answer only the one who typed it', async () => {
      const { slack } = await start((app) => {
        app.command('/leadops', async ({ command, ack, respond }) => {
          await ack();
          await respond(`Hello <@${command.user_id}>: ${command.text}`);
        });
      });
      const dana = connectAs(slack.url, operator);
      await dana.say(lakeside, '/leadops status please');
      const answer = await dana.waitFor('the answer', async () => (await dana.messages(lakeside)).at(-1));
      expect(answer).toMatchObject({ text: `Hello <@${operator}>: status please`, ephemeral: true, isApp: true });
      expect(await connectAs(slack.url, approver).messages(lakeside)).toEqual([]);
      expect(slack.stats()).toMatchObject({ deliveries: { commands: 1 }, acks: 1, responseUrls: { used: 1 } });
    });

    test('a command may be answered in its acknowledgement, privately or to the channel', async () => {
      const { slack } = await start((app) => {
        app.command('/leadops', ({ command, ack }) =>
          ack(command.text === 'aloud' ? { response_type: 'in_channel', text: 'For all' } : 'For you'),
        );
      });
      const dana = connectAs(slack.url, operator);
      await dana.say(lakeside, '/leadops');
      await dana.say(lakeside, '/leadops aloud');
      expect(await dana.messages(lakeside)).toMatchObject([
        { text: 'For you', ephemeral: true },
        { text: 'For all', ephemeral: false },
      ]);
    });

    test('a button asks first, then arrives with its message, and the app changes the message', async () => {
      const { slack, app } = await start((bolt) => {
        bolt.action('cancel', async ({ ack, body, client, respond }) => {
          await ack();
          if (body.type !== 'block_actions' || !body.message || !body.channel) throw new Error('not a click');
          const { ts, metadata } = body.message;
          await client.chat.update({
            channel: body.channel.id,
            ts,
            text: `Canceled by <@${body.user.id}>`,
            blocks: [],
          });
          await respond({ text: `Done ${String(metadata)}`, response_type: 'ephemeral' });
        });
      });
      const posted = await app.client.chat.postMessage({
        channel: lakeside,
        text: 'A run',
        blocks: [
          {
            type: 'actions',
            elements: [
              button('Cancel', 'cancel', {
                style: 'danger',
                confirm: { text: { type: 'plain_text', text: 'Really?' } },
              }),
            ],
          },
        ],
      });
      const dana = connectAs(slack.url, operator);
      const target = { channel: lakeside, ts: posted.ts ?? '' };
      expect(await dana.click(target, 'Cancel', { confirm: 'ask' })).toMatchObject({
        outcome: 'confirm',
        confirm: { text: { text: 'Really?' } },
      });
      expect(slack.stats().deliveries.interactions).toBe(0);
      expect(await dana.click(target, 'Cancel')).toMatchObject({ outcome: 'done' });
      const [changed] = await dana.waitFor('the private note', async () => {
        const seen = await dana.messages(lakeside);
        return seen.length === 2 && seen;
      });
      expect(changed).toMatchObject({ text: `Canceled by <@${operator}>`, blocks: [], edited: true });
      expect(slack.stats().messages).toEqual({ posted: 1, updated: 1, deleted: 0 });
    });

    test('a modal comes back with errors until it is right, and then closes', async () => {
      const received: string[] = [];
      const { slack, app } = await start((bolt) => {
        bolt.action('reject', async ({ ack, body, client }) => {
          await ack();
          if (body.type !== 'block_actions') throw new Error('not a click');
          await client.views.open({ trigger_id: body.trigger_id, view: reasonModal });
        });
        bolt.view('reject', async ({ ack, view }) => {
          const reason = view.state.values['reason']?.['text']?.value ?? '';
          if (reason.length < 5) return ack({ response_action: 'errors', errors: { reason: 'Say a little more.' } });
          received.push(`${view.private_metadata}: ${reason}`);
          await ack();
        });
      });
      const { ts = '' } = await app.client.chat.postMessage({
        channel: lakeside,
        text: 'A suggestion',
        blocks: [{ type: 'actions', elements: [button('Reject', 'reject')] }],
      });
      const dana = connectAs(slack.url, operator);
      await dana.click({ channel: lakeside, ts }, 'Reject');
      await dana.waitFor('the modal', async () => (await dana.modals()).at(-1));
      expect(await dana.submit()).toEqual({
        outcome: 'errors',
        errors: { reason: 'Please complete this required field.' },
      });
      expect(await dana.submit({ Reason: 'no' })).toEqual({
        outcome: 'errors',
        errors: { reason: 'Say a little more.' },
      });
      expect(await dana.submit({ Reason: 'too far away' })).toEqual({ outcome: 'done' });
      expect(await dana.modals()).toEqual([]);
      expect(received).toEqual(['suggestion 3: too far away']);
      expect(slack.stats().views).toMatchObject({ opened: 1, submitted: 2 });
    });

    test('opening the app tells it so, and what it publishes is that person’s Home', async () => {
      const { slack } = await start((app) => {
        app.event('app_home_opened', async ({ event, client }) => {
          await client.views.publish({
            user_id: event.user,
            view: {
              type: 'home',
              blocks: [{ type: 'header', text: { type: 'plain_text', text: `For ${event.user}` } }],
            },
          });
        });
      });
      const dana = connectAs(slack.url, operator);
      await dana.home();
      const home = await dana.waitFor('the Home tab', dana.homeNow);
      expect(home.blocks).toMatchObject([{ type: 'header', text: { text: `For ${operator}` } }]);
      expect(await connectAs(slack.url, approver).homeNow()).toBeNull();
    });

    test('filesUploadV2 puts a file into the channel that people can download', async () => {
      const { slack, app } = await start(() => undefined);
      await app.client.filesUploadV2({
        channel_id: lakeside,
        initial_comment: 'The leads',
        filename: 'leads.csv',
        title: 'Leads of March',
        content: 'First_Name,Zip\nAda,07034\n',
      });
      const dana = connectAs(slack.url, operator);
      const [message] = await dana.messages(lakeside);
      expect(message).toMatchObject({ text: 'The leads', files: [{ name: 'leads.csv', title: 'Leads of March' }] });
      const [file] = await dana.files(lakeside);
      expect(file && (await dana.download(file))).toBe('First_Name,Zip\nAda,07034\n');
      expect(slack.stats().files).toBe(1);
    });

    test('an event that was delivered twice bears the same event_id and the number of the retry', async () => {
      const seen: string[] = [];
      const { slack } = await start((app) => {
        app.event('app_mention', ({ body, context }) => {
          seen.push(`${body.event_id} ${context.retryNum ?? 0}`);
          return Promise.resolve();
        });
      });
      slack.fault({ redeliver: true });
      const dana = connectAs(slack.url, operator);
      await dana.say(lakeside, '@leadops are you there?');
      await dana.waitFor('both deliveries', () =>
        Promise.resolve(seen.length === 2 && slack.stats().redeliveries === 2),
      );
      const [first = '', second = ''] = seen.toSorted();
      expect(first.split(' ')[0]).toBe(second.split(' ')[0]);
      expect([first, second].map((each) => each.split(' ')[1])).toEqual(['0', '1']);
    });
  });
}

test('an external select asks the app, its choice comes with the form, and a closed modal is reported', async () => {
  const heard: string[] = [];
  const external: ModalView = {
    ...reasonModal,
    notify_on_close: true,
    blocks: [
      {
        type: 'input',
        block_id: 'zip',
        label: { type: 'plain_text', text: 'ZIP' },
        element: { type: 'external_select', action_id: 'zip', min_query_length: 1 },
      },
    ],
  };
  const { slack } = await inSocketMode((app) => {
    app.command('/leadops', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: external });
    });
    app.options('zip', ({ ack, payload }) =>
      ack({
        options: ['75034', '75035'].map((zip) => ({
          text: { type: 'plain_text', text: `${payload.value} ${zip}` },
          value: zip,
        })),
      }),
    );
    app.view({ callback_id: 'reject', type: 'view_submission' }, async ({ ack, view }) => {
      heard.push(view.state.values['zip']?.['zip']?.selected_option?.value ?? 'none');
      await ack();
    });
    app.view({ callback_id: 'reject', type: 'view_closed' }, async ({ ack, body }) => {
      heard.push(`closed ${'is_cleared' in body && String(body.is_cleared)}`);
      await ack();
    });
  });
  const dana = connectAs(slack.url, operator);
  const open = async () => {
    await dana.say(lakeside, '/leadops');
    return dana.waitFor('the modal', async () => (await dana.modals()).at(-1));
  };
  const options = await dana.options(await open(), { actionId: 'zip' }, '75');
  expect(options).toMatchObject([{ text: { text: '75 75034' }, value: '75034' }, { value: '75035' }]);
  expect(await dana.submit({ ZIP: JSON.stringify(options[1]) })).toEqual({ outcome: 'done' });
  await open();
  await dana.close();
  await dana.waitFor('the report', () => Promise.resolve(heard.length === 2));
  expect(heard).toEqual(['75035', 'closed false']);
});

test('an app that is invited into a channel hears of it, and may speak there from then on', async () => {
  const { slack, app } = await inSocketMode(
    (bolt) => {
      bolt.event('member_joined_channel', ({ event, client }) =>
        client.chat
          .postMessage({ channel: event.channel, text: `Thanks, <@${event.inviter ?? ''}>` })
          .then(() => undefined),
      );
    },
    { channels: [{ id: lakeside, name: 'lakeside-leads', hasApp: false }] },
  );
  await expect(app.client.chat.postMessage({ channel: lakeside, text: 'hello' })).rejects.toThrow('not_in_channel');
  const dana = connectAs(slack.url, operator);
  await dana.say(lakeside, '/invite @leadops');
  await dana.waitFor('the thanks', async () => (await dana.messages(lakeside)).length === 2);
  expect((await dana.messages(lakeside)).map((message) => message.text)).toEqual([
    `<@U0LEADOPS> was added to the channel by <@${operator}>`,
    `Thanks, <@${operator}>`,
  ]);
});

test('what a person has chosen in a message comes along with their next click, and only with theirs', async () => {
  const states: unknown[] = [];
  const { slack, app } = await inSocketMode((bolt) => {
    bolt.action('mode', ({ ack }) => ack());
    bolt.action('go', async ({ ack, body }) => {
      states.push(
        body.type === 'block_actions' ? body.state?.values['form']?.['mode']?.selected_option?.value : undefined,
      );
      await ack();
    });
  });
  const { ts = '' } = await app.client.chat.postMessage({
    channel: lakeside,
    text: 'Choose',
    blocks: [
      {
        type: 'actions',
        block_id: 'form',
        elements: [
          {
            type: 'static_select',
            action_id: 'mode',
            options: ['now', 'later'].map((value) => ({ text: { type: 'plain_text' as const, text: value }, value })),
          },
          button('Go', 'go'),
        ],
      },
    ],
  });
  const target = { channel: lakeside, ts };
  const dana = connectAs(slack.url, operator);
  await dana.click(target, 'mode', { value: 'later' });
  await dana.click(target, 'Go');
  await connectAs(slack.url, approver).click(target, 'Go');
  expect(states).toEqual(['later', undefined]);
});

test('metadata is kept with a message and given back when asked for', async () => {
  const { app } = await inSocketMode(() => undefined);
  const metadata = { event_type: 'run_card', event_payload: { run: 'r_1', purpose: 'card' } };
  await app.client.chat.postMessage({ channel: lakeside, text: 'one', metadata });
  await app.client.chat.postMessage({ channel: lakeside, text: 'two' });
  const plain = await app.client.conversations.history({ channel: lakeside });
  expect(plain.messages?.map((message) => [message.text, message.metadata])).toEqual([
    ['two', undefined],
    ['one', undefined],
  ]);
  const full = await app.client.conversations.history({ channel: lakeside, include_all_metadata: true, limit: 1 });
  expect(full.has_more).toBe(true);
  const rest = await app.client.conversations.history({
    channel: lakeside,
    include_all_metadata: true,
    cursor: full.response_metadata?.next_cursor ?? '',
  });
  expect(rest.messages).toMatchObject([{ text: 'one', metadata }]);
});

test('every event goes to one of the open sockets, and a socket told to refresh comes back', async () => {
  const first: string[] = [];
  const second: string[] = [];
  const count = (app: App, into: string[]) =>
    app.event('app_mention', ({ event }) => {
      into.push(event.text);
      return Promise.resolve();
    });
  const { slack } = await inSocketMode((app) => count(app, first), { events: ['app_mention'] });
  const other = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  count(other, second);
  await other.start();
  closing.push(() => other.stop());
  const dana = connectAs(slack.url, operator);
  for (const word of ['one', 'two', 'three', 'four']) await dana.say(lakeside, `@leadops ${word}`);
  await dana.waitFor('four mentions', () => Promise.resolve(first.length + second.length === 4));
  expect([first.length, second.length]).toEqual([2, 2]);
  expect(slack.stats().sockets).toEqual({ opened: 2, open: 2 });
  slack.fault({ disconnect: 'refresh' });
  await dana.waitFor('both sockets anew', () => Promise.resolve(slack.stats().sockets.opened === 4));
  await dana.say(lakeside, '@leadops five');
  await dana.waitFor('the fifth mention', () => Promise.resolve(first.length + second.length === 5));
});

test('an app that does not answer a command within three seconds is named to the person', async () => {
  const { slack } = await inSocketMode((app) => {
    app.command('/leadops', () => Promise.resolve());
  });
  const dana = connectAs(slack.url, operator);
  await dana.say(lakeside, '/leadops status');
  const [note] = await dana.messages(lakeside);
  expect(note).toMatchObject({ ephemeral: true });
  expect(note?.text).toContain('did not respond (operation_timeout)');
  expect(slack.stats()).toMatchObject({ timeouts: 1, acks: 0, ackMs: { list: [] } });
});

test('a request signed with another secret is refused by the app', async () => {
  const { slack } = await overHttp((app) => {
    app.command('/leadops', ({ ack }) => ack('never'));
  }, 'some other secret');
  const dana = connectAs(slack.url, operator);
  await dana.say(lakeside, '/leadops status');
  expect((await dana.messages(lakeside)).map((message) => message.text)).toEqual([
    '`/leadops` failed with the error “dispatch_failed”.',
  ]);
});
