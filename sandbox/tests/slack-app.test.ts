import { expect, test } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { connectAs } from '../slack/client.ts';
import { approver, button, closing, inSocketMode, lakeside, operator, overHttp, reasonModal } from './bolt-app.ts';

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
