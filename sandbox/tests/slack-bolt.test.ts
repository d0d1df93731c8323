import { describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import { connectAs } from '../slack/client.ts';
import { approver, button, inSocketMode, lakeside, operator, overHttp, reasonModal } from './bolt-app.ts';

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
