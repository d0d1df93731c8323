import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Month } from '../../pipeline/vocabulary.ts';
import { words } from '../../sandbox/demo/look.ts';
import { connectAs, type Person } from '../../sandbox/slack/client.ts';
import { startSlack, type SlackStandIn } from '../../sandbox/slack/index.ts';
import { makeLog } from '../../src/log.ts';
import { makeSlackClient } from '../../src/slack/app.ts';
import { startOutbox, type Outbox } from '../../src/slack/outbox.ts';
import { lakeside } from '../support/clients.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

let it: TestStore;
let slack: SlackStandIn;
let reader: Person;
let runId: string;
let outboxes: Outbox[] = [];
const log = makeLog(process.env.TEST_LOG ?? 'silent');
const to = 'C01LAKESIDE';

beforeEach(async () => {
  it = await openTestStore();
  slack = await startSlack({ rateLimits: 'off' });
  reader = connectAs(slack.url, 'U01OPERATOR');
  await it.store.clients.save(lakeside);
  const { run } = await it.store.runs.start({
    workflow: 'pull-leads',
    client: 'lakeside',
    month: '2027-03' as Month,
    key: 'k',
    trigger: 'manual',
    requestedBy: 'U01OPERATOR',
    channel: to,
    dryRun: false,
    args: {},
    askedAt: new Date(),
  });
  runId = run.id;
});
afterEach(async () => {
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  outboxes = [];
  await slack.close();
  await it.close();
});

function outbox(worker = 'one'): Outbox {
  const config = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
    SLACK_APP_TOKEN: 'x',
  };
  const client = makeSlackClient(config, log, { rejectRateLimitedCalls: true, retryConfig: { retries: 0 } });
  const started = startOutbox({
    messages: it.store.messages,
    files: it.store.files,
    slack: client,
    worker,
    elsewhere: () => Promise.resolve('U01OPERATOR'),
    log,
    pollMs: 100,
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

test('a card that somebody deleted comes back', async () => {
  outbox();
  await want('card', 'hello');
  await sees(['hello']);
  slack.fault({ method: 'chat.update', error: 'message_not_found', times: 1 });
  await want('card', 'hello again');
  await reader.waitFor('the new card', async () => (await shown()).includes('hello again'), 20_000);
});

test('a message for a channel that is closed to the app goes to the person who asked', async () => {
  outbox();
  await it.store.messages.want({ runId, purpose: 'card', channel: 'C0NOWHERE', text: 'hello', blocks: [] });
  await reader.waitFor('the direct message', async () => {
    const row = await it.store.messages.find(runId, 'card');
    return row?.ts !== null && row?.channel.startsWith('D');
  });
  expect(slack.stats().messages.posted).toBe(1);
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
