import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { words } from '../../sandbox/demo/look.ts';
import { connectAs, type Person } from '../../sandbox/slack/client.ts';
import { startSlack, type SlackStandIn } from '../../sandbox/slack/index.ts';
import { makeLog } from '../../src/log.ts';
import { makeSlackClient } from '../../src/slack/app.ts';
import { startOutbox, type Outbox } from '../../src/slack/outbox/index.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let slack: SlackStandIn;
let reader: Person;
let runId: string;
let outboxes: Outbox[] = [];
const log = makeLog(process.env.TEST_LOG ?? 'silent');
const to = 'C01LAKESIDE';

beforeAll(async () => {
  it = await openTestStore();
  await it.store.clients.save(lakeside);
});
afterAll(() => it.close());
beforeEach(async () => {
  slack = await startSlack({ rateLimits: 'off' });
  reader = connectAs(slack.url, 'U01OPERATOR');
  const { run } = await it.store.runs.start(newRun({ requestedBy: 'U01OPERATOR', channel: to }));
  runId = run.id;
});
afterEach(async () => {
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  outboxes = [];
  await slack.close();
  await it.empty('slack_messages', 'agent_runs');
});

function outbox(worker = 'one', options: { lookMs?: number; timeout?: number } = {}): Outbox {
  const config = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
    SLACK_APP_TOKEN: 'x',
  };
  const client = makeSlackClient(config, log, {
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    ...(options.timeout && { timeout: options.timeout }),
  });
  const started = startOutbox({
    messages: it.store.messages,
    files: it.store.files,
    slack: client,
    worker,
    elsewhere: () => Promise.resolve([to, 'U01OPERATOR', 'U03ADMIN']),
    log,
    pollMs: 100,
    ...(options.lookMs && { lookMs: options.lookMs }),
  });
  outboxes.push(started);
  return started;
}

const want = (purpose: string, text: string, under?: string) =>
  it.store.messages.want({
    runId,
    purpose,
    channel: to,
    text,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
    ...(under && { under }),
  });
const shown = async () => (await reader.messages(to)).filter((message) => message.isApp).map((message) => message.text);
const sees = (what: string[]) =>
  reader.waitFor(what.join(), async () => JSON.stringify(await shown()) === JSON.stringify(what), 20_000);

test('a message is posted once, follows its content, and its last state is always shown', async () => {
  outbox();
  await want('card', 'state 1');
  await sees(['state 1']);
  for (let state = 2; state <= 40; state += 1) await want('card', `state ${state}`);
  await sees(['state 40']);
  const { messages } = slack.stats();
  expect(messages.posted).toBe(1);
  expect(messages.updated).toBeLessThan(10);
});

test('two processes that look at the same time post it once', async () => {
  await want('card', 'hello');
  await want('thread: plan', 'the plan', 'card');
  outbox('one');
  outbox('two');
  await sees(['hello']);
  const [card] = await reader.messages(to);
  if (!card) throw new Error('no card');
  await reader.waitFor('the reply', async () => (await reader.thread(card)).length === 2);
  expect(slack.stats().messages.posted).toBe(2);
});

test('a post whose answer was lost is found in the channel instead of posted again', async () => {
  slack.fault({ method: 'chat.postMessage', dropAfterPost: true, times: 1 });
  await want('card', 'hello');
  outbox();
  await reader.waitFor(
    'recorded',
    async () => (await it.store.messages.find(runId, 'card'))?.shownRevision === 1,
    20_000,
  );
  await want('card', 'hello again');
  await sees(['hello again']);
  expect(slack.stats().messages.posted).toBe(1);
});

test('Slack’s outage and its limits only delay a message', async () => {
  slack.fault({ method: 'chat.postMessage', rateLimited: 2, retryAfter: 1 });
  slack.fault({ method: 'chat.postMessage', status: 500, times: 2 });
  await want('card', 'hello');
  outbox();
  await sees(['hello']);
  expect(slack.stats().rateLimited).toBeGreaterThan(0);
});

test('after a long outage what waited is there within seconds', async () => {
  await want('card', 'hello');
  const [claimed] = await it.store.messages.claim('before', 1, 60);
  if (!claimed) throw new Error('nothing to claim');
  const longAway = { error: 'away', attempts: 40, retryAt: new Date(), givenUp: false, posting: false };
  await it.store.messages.failed(claimed, longAway);
  slack.fault({ method: 'chat.postMessage', status: 503, times: 1 });
  outbox();
  await sees(['hello']);
});

test('a card that somebody deleted comes back', async () => {
  outbox();
  await want('card', 'hello');
  await sees(['hello']);
  slack.fault({ method: 'chat.update', error: 'message_not_found', times: 1 });
  await want('card', 'hello again');
  await reader.waitFor('the new card', async () => (await shown()).includes('hello again'), 20_000);
});

test('a message for a channel that is closed to the app goes to the next place', async () => {
  outbox();
  await it.store.messages.want({ runId, purpose: 'card', channel: 'C0NOWHERE', text: 'hello', blocks: [] });
  await reader.waitFor('the message', async () => {
    const row = await it.store.messages.find(runId, 'card');
    return row?.ts !== null && row?.channel === to;
  });
  expect(slack.stats().messages.posted).toBe(1);
});

test.each(['restricted_action', 'messages_tab_disabled'])(
  'where Slack answers %s the message goes to the next place, though the app may join there',
  async (error) => {
    slack.fault({ method: 'chat.postMessage', error, times: 1 });
    outbox();
    await it.store.messages.want({ runId, purpose: 'card', channel: 'C02PRAIRIE', text: 'hello', blocks: [] });
    await sees(['hello']);
    expect((await it.store.messages.find(runId, 'card'))?.closedTo).toEqual(['C02PRAIRIE']);
  },
);

test('a message that may not be changed any more is posted anew, as it should be', async () => {
  outbox();
  await want('card', 'at work');
  await shownCard();
  slack.fault({ method: 'chat.update', error: 'edit_window_closed', times: 1 });
  await want('card', 'please decide');
  await sees(['at work', 'please decide']);
});

test('blocks that Slack refuses do not keep the words from the people', async () => {
  outbox();
  await it.store.messages.want({
    runId,
    purpose: 'card',
    channel: to,
    text: 'the outcome',
    blocks: [{ type: 'nonsense' }],
  });
  await sees(['the outcome']);
  const [message] = await reader.messages(to);
  expect(message && words(message)).toContain('the outcome');
});

/** What a person with the right to may do in the channel. */
const deleteMessage = (ts: string) =>
  new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }).chat.delete({ channel: to, ts });
const row = (purpose: string) => it.store.messages.find(runId, purpose);
async function shownCard(): Promise<{ channel: string; ts: string }> {
  return reader.waitFor('the card', async () => {
    const card = await row('card');
    return card?.ts && card.shownRevision === card.revision ? { channel: card.channel, ts: card.ts } : undefined;
  });
}

test('a card that was deleted while nothing changes is found to be gone and posted anew, and later replies hang under the new one', async () => {
  outbox('one', { lookMs: 1_000 });
  await want('card', 'please decide');
  const { ts } = await shownCard();
  await deleteMessage(ts);
  const again = await reader.waitFor('the new card', async () =>
    (await reader.messages(to)).find((message) => message.isApp && message.ts !== ts),
  );
  expect(again.text).toBe('please decide');
  await want('thread: note', 'a reply', 'card');
  await reader.waitFor('the reply', async () => (await reader.thread(again)).some(({ text }) => text === 'a reply'));
});

test('it is looked for at once when somebody does something with us', async () => {
  const started = outbox('one', { lookMs: 3_600_000 });
  await want('card', 'please decide');
  const { ts } = await shownCard();
  await deleteMessage(ts);
  await it.db.from('slack_messages').update({ seen_at: '2020-01-01T00:00:00Z' }).eq('run_id', runId);
  started.look();
  await reader.waitFor('the new card', async () => (await shown()).includes('please decide'));
  expect(slack.stats().messages.posted).toBe(2);
});

test('one message that may not be looked for keeps no other from being found', async () => {
  const started = outbox('one', { lookMs: 3_600_000 });
  for (const purpose of ['card', 'report']) await want(purpose, purpose);
  await sees(['card', 'report']);
  for (const purpose of ['card', 'report']) await deleteMessage((await row(purpose))?.ts ?? '');
  await it.db.from('slack_messages').update({ seen_at: '2020-01-01T00:00:00Z' }).eq('run_id', runId);
  slack.fault({ method: 'conversations.history', error: 'missing_scope', times: 1 });
  started.look();
  await reader.waitFor('the other one', async () => (await shown()).length === 1);
});

test.each(['archived', 'closed to the app'] as const)(
  'in a channel that was %s a waiting card goes on to the person who asked',
  async (how) => {
    outbox('one', { lookMs: 1_000 });
    await want('card', 'please decide');
    await shownCard();
    slack.fault({ channel: to, is: how });
    // Put out of a public channel, the app still sees that its message is there, until it has something new to say.
    if (how !== 'archived') await want('card', 'please decide now');
    const direct = await reader.waitFor('the direct message', async () => {
      const card = await row('card');
      return card?.ts && card.channel.startsWith('D') ? card.channel : undefined;
    });
    expect((await reader.messages(direct)).map(({ text }) => text)).toHaveLength(1);
  },
);

test('two senders, slow answers and answers that never come: nothing is posted twice, nothing is lost', async () => {
  // Each call may be cut off by its time-out while Slack still does what it was asked for.
  outbox('one', { timeout: 400 });
  outbox('two', { timeout: 400 });
  const purposes = Array.from({ length: 8 }, (_, index) => `message ${index}`);
  slack.fault({ method: 'chat.postMessage', delayMs: 700, times: 4 });
  slack.fault({ method: 'chat.postMessage', dropAfterPost: true, times: 2 });
  slack.fault({ method: 'chat.postMessage', status: 503, times: 2 });
  for (const purpose of purposes) await want(purpose, purpose);
  await reader.waitFor('all of them', async () => new Set(await shown()).size === purposes.length, 90_000);
  await reader.waitFor(
    'their rows',
    async () => {
      const rows = await Promise.all(purposes.map(row));
      return rows.every((one) => one?.ts && one.shownRevision === one.revision);
    },
    60_000,
  );
  expect((await shown()).toSorted()).toEqual(purposes);
});

test('a sender whose claim was taken over writes nothing and posts nothing more', async () => {
  await want('card', 'hello');
  const [mine] = await it.store.messages.claim('slow', 1, 60);
  if (!mine) throw new Error('nothing to claim');
  // Its claim ran out while it stood still.
  await it.db.from('slack_messages').update({ claimed_until: '2020-01-01T00:00:00Z' }).eq('id', mine.id);
  const [theirs] = await it.store.messages.claim('other', 1, 60);
  expect(theirs?.id).toBe(mine.id);
  expect(await it.store.messages.hold(mine, 60, true)).toBe(false);
  expect(await it.store.messages.shown(mine, 1, '1.0', to)).toBe(false);
  expect(await it.store.messages.lost(mine)).toBe(false);
  expect(await it.store.messages.reroute(mine, 'U03ADMIN')).toBe(false);
  const failure = { error: 'x', attempts: 9, retryAt: new Date(), givenUp: true, posting: true };
  expect(await it.store.messages.failed(mine, failure)).toBe(false);
  expect(await row('card')).toMatchObject({ ts: null, channel: to, attempts: 0, givenUp: false, posting: false });
  if (theirs) expect(await it.store.messages.hold(theirs, 60, true)).toBe(true);
});

test('an empty channel is no channel: neither a run nor a message takes one', async () => {
  const { run } = await it.store.runs.start(
    newRun({
      workflow: 'intent',
      client: null,
      month: null,
      key: 'from Home',
      requestedBy: 'U01OPERATOR',
      channel: '',
      dryRun: true,
    }),
  );
  expect(run.channel).toBeNull();
  await expect(
    it.store.messages.want({ runId: run.id, purpose: 'card', channel: '', text: 'hello', blocks: [] }),
  ).rejects.toThrow(/slack_messages_channel/);
});
