import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LogLevel, WebClient } from '@slack/web-api';
import WebSocket from 'ws';
import { connectAs } from '../slack/client.ts';
import { startSlack, type SlackStandIn } from '../slack/index.ts';

const lakeside = 'C01LAKESIDE';
const operator = 'U01OPERATOR';
const approver = 'U02APPROVER';

let slack: SlackStandIn;
let client: WebClient;

beforeEach(async () => {
  slack = await startSlack({
    channels: [
      { id: lakeside, name: 'lakeside-leads' },
      { id: 'C02CLOSED', name: 'closed', hasApp: false },
    ],
  });
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
});
afterEach(() => slack.close());

/** A call as plain HTTP, for what the SDK would not send or not show. */
async function call(method: string, body: object, token = slack.botToken) {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const errorOf = async (method: string, body: object, token?: string) => (await call(method, body, token)).body['error'];
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const modal = { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [section('b')] };

test('tokens are checked: none, a wrong one, and the app-level one where the bot’s belongs', async () => {
  expect(await errorOf('auth.test', {}, '')).toBe('not_authed');
  expect(await errorOf('auth.test', {}, 'xoxb-wrong')).toBe('invalid_auth');
  expect(await errorOf('auth.test', {}, slack.appToken)).toBe('not_allowed_token_type');
  expect(await errorOf('apps.connections.open', {})).toBe('not_allowed_token_type');
  expect(await errorOf('admin.users.list', {})).toBe('unknown_method');
  expect(await client.auth.test()).toMatchObject({ team_id: 'T01SANDBOX', user_id: 'U0LEADOPS', bot_id: 'B0LEADOPS' });
});

test('what cannot be posted is refused by Slack’s names', async () => {
  const post = (body: object) => errorOf('chat.postMessage', body);
  expect(await post({ channel: 'C0NOWHERE', text: 'a' })).toBe('channel_not_found');
  expect(await post({ channel: 'C02CLOSED', text: 'a' })).toBe('not_in_channel');
  expect(await post({ channel: lakeside })).toBe('no_text');
  expect(await post({ channel: lakeside, text: 'x'.repeat(40_001) })).toBe('msg_too_long');
  expect(await post({ channel: lakeside, blocks: 'not json' })).toBe('invalid_blocks_format');
  expect(await post({ channel: lakeside, text: 'a', thread_ts: '1.000001' })).toBe('thread_not_found');
  expect(await post({ channel: lakeside, text: 'a', metadata: { event_type: 'x' } })).toBe('invalid_metadata_schema');
  const wordy = Array.from({ length: 5 }, () => section('x'.repeat(3000)));
  expect(await post({ channel: lakeside, blocks: wordy })).toBe('msg_blocks_too_long');
  expect(await errorOf('chat.postEphemeral', { channel: 'C02CLOSED', user: operator, text: 'a' })).toBe(
    'not_in_channel',
  );
  expect(await errorOf('chat.postEphemeral', { channel: lakeside, user: 'U0NOBODY', text: 'a' })).toBe(
    'user_not_in_channel',
  );
});

test('a message with one bad block is refused whole, with the spot named', async () => {
  const { body } = await call('chat.postMessage', {
    channel: lakeside,
    text: 'a',
    blocks: [section('fine'), section('x'.repeat(3001))],
  });
  expect(body).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: ['must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
    response_metadata: {
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
    },
  });
  expect(slack.stats()).toMatchObject({ refusedBlocks: 1, messages: { posted: 0 } });
});

test('chat.update changes the app’s own messages: text replaces blocks, blocks keep text, only text is marked as edited', async () => {
  const { ts = '' } = await client.chat.postMessage({ channel: lakeside, text: 'one', blocks: [section('one')] });
  await client.chat.update({ channel: lakeside, ts, text: 'two', blocks: [section('two')] });
  const dana = connectAs(slack.url, operator);
  expect(await dana.messages(lakeside)).toMatchObject([{ text: 'two', edited: false, blocks: [{ type: 'section' }] }]);
  await client.chat.update({ channel: lakeside, ts, blocks: [section('three')], text: '' });
  expect(await dana.messages(lakeside)).toMatchObject([{ text: 'two', blocks: [{ text: { text: 'three' } }] }]);
  await client.chat.update({ channel: lakeside, ts, text: 'four' });
  expect(await dana.messages(lakeside)).toMatchObject([{ text: 'four', edited: true, blocks: [] }]);

  await dana.say(lakeside, 'mine');
  const [, mine] = await dana.messages(lakeside);
  expect(await errorOf('chat.update', { channel: lakeside, ts: mine?.ts, text: 'x' })).toBe('cant_update_message');
  expect(await errorOf('chat.update', { channel: lakeside, ts: '1.000001', text: 'x' })).toBe('message_not_found');
  const { message_ts } = await client.chat.postEphemeral({ channel: lakeside, user: operator, text: 'private' });
  expect(await errorOf('chat.update', { channel: lakeside, ts: message_ts, text: 'x' })).toBe('message_not_found');
});

test('message ids are unique and increasing, and history pages through them newest first', async () => {
  slack.fault({ rateLimits: 'off' });
  const posted = await Promise.all(
    Array.from({ length: 25 }, (_, index) => client.chat.postMessage({ channel: lakeside, text: `m${index}` })),
  );
  expect(new Set(posted.map((each) => each.ts)).size).toBe(25);
  const seen: string[] = [];
  for await (const page of client.paginate('conversations.history', { channel: lakeside, limit: 10 })) {
    const { messages = [] } = page as { messages?: { ts: string }[] };
    seen.push(...messages.map((message) => message.ts));
    // Arriving meanwhile, it belongs to none of the later pages.
    await client.chat.postMessage({ channel: lakeside, text: 'meanwhile' });
  }
  expect(seen).toHaveLength(25);
  expect(seen).toEqual(seen.toSorted().reverse());
  const [newest, oldest] = [seen[3] ?? '', seen[7] ?? ''];
  const window = (inclusive: boolean) =>
    client.conversations.history({ channel: lakeside, oldest, latest: newest, inclusive });
  expect((await window(false)).messages).toHaveLength(3);
  expect((await window(true)).messages).toHaveLength(5);
});

test('a thread has its head first, and the head counts its replies', async () => {
  const { ts = '' } = await client.chat.postMessage({ channel: lakeside, text: 'head' });
  const reply = await client.chat.postMessage({ channel: lakeside, text: 'one', thread_ts: ts });
  await client.chat.postMessage({ channel: lakeside, text: 'two', thread_ts: reply.ts ?? '' });
  const { messages = [] } = await client.conversations.replies({ channel: lakeside, ts });
  expect(messages.map((message) => message.text)).toEqual(['head', 'one', 'two']);
  expect(messages[0]).toMatchObject({ reply_count: 2, thread_ts: ts });
  const history = await client.conversations.history({ channel: lakeside });
  expect(history.messages?.map((message) => message.text)).toEqual(['head']);
  const { permalink = '' } = await client.chat.getPermalink({ channel: lakeside, message_ts: reply.ts ?? '' });
  expect(permalink).toContain(`/archives/${lakeside}/p${(reply.ts ?? '').replace('.', '')}?thread_ts=${ts}`);
});

test('people have zones, and a direct message is opened to a person', async () => {
  const { user } = await client.users.info({ user: operator });
  expect(user).toMatchObject({ tz: 'America/Chicago', real_name: 'Dana Whitfield', is_bot: false });
  expect([-18_000, -21_600]).toContain(user?.tz_offset);
  const { channel } = await client.conversations.open({ users: operator });
  await client.chat.postMessage({ channel: channel?.id ?? '', text: 'psst' });
  expect(await connectAs(slack.url, operator).messages(channel?.id ?? '')).toMatchObject([{ text: 'psst' }]);
  await expect(connectAs(slack.url, approver).messages(channel?.id ?? '')).rejects.toThrow('is not in');
  expect((await client.conversations.join({ channel: 'C02CLOSED' })).channel).toMatchObject({ is_member: true });
  expect((await client.conversations.members({ channel: 'C02CLOSED' })).members).toContain('U0LEADOPS');
});

describe('Too many calls', () => {
  test('are answered 429 with Retry-After: messages of one channel after a short burst', async () => {
    const results = [];
    for (let index = 0; index < 12; index += 1) {
      results.push(await call('chat.postMessage', { channel: lakeside, text: String(index) }));
    }
    const refused = results.filter((result) => result.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(refused[0]?.body).toEqual({ ok: false, error: 'ratelimited' });
    expect(slack.stats().rateLimited).toBe(refused.length);
  });

  test('are not counted once the limits are switched off', async () => {
    slack.fault({ rateLimits: 'off' });
    for (let index = 0; index < 30; index += 1) {
      await client.chat.postMessage({ channel: lakeside, text: String(index) });
    }
    expect(slack.stats()).toMatchObject({ rateLimited: 0, messages: { posted: 30 } });
  });
});

describe('Faults', () => {
  test('spoil as many calls as asked for, and then no more', async () => {
    slack.fault({ method: 'chat.postMessage', error: 'fatal_error', times: 2 });
    slack.fault({ method: 'chat.update', status: 503 });
    slack.fault({ method: 'users.info', rateLimited: 1, retryAfter: 7 });
    const post = () => errorOf('chat.postMessage', { channel: lakeside, text: 'a' });
    expect([await post(), await post(), await post()]).toEqual(['fatal_error', 'fatal_error', undefined]);
    await expect(client.chat.update({ channel: lakeside, ts: '1.1', text: 'a' })).rejects.toThrow('503');
    const limited = await call('users.info', { user: operator });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  });

  test('can cut the answer after the message was posted, so that it must be looked for', async () => {
    slack.fault({ dropAfterPost: true });
    const metadata = { event_type: 'card', event_payload: { run: 'r_1' } };
    await expect(client.chat.postMessage({ channel: lakeside, text: 'once', metadata })).rejects.toThrow();
    const { messages } = await client.conversations.history({ channel: lakeside, include_all_metadata: true });
    expect(messages).toMatchObject([{ text: 'once', metadata }]);
  });

  test('can take the whole of Slack down and bring it back; a reset brings back everything', async () => {
    slack.fault({ down: true });
    await expect(client.auth.test()).rejects.toThrow();
    slack.fault({ down: false });
    await client.chat.postMessage({ channel: lakeside, text: 'back' });
    await fetch(`${slack.url}/_control/reset`, { method: 'POST' });
    const stats = (await (await fetch(`${slack.url}/_control/stats`)).json()) as object;
    expect(stats).toMatchObject({ calls: {}, messages: { posted: 0 } });
    expect(await connectAs(slack.url, operator).messages(lakeside)).toEqual([]);
  });
});

/** An app of our own on a bare socket: it answers each envelope as told, or not at all. */
async function bareApp(answer: (envelope: Envelope, reply: (payload?: object) => void) => void) {
  const { body } = await call('apps.connections.open', {}, slack.appToken);
  const socket = new WebSocket(String(body['url']));
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Envelope;
      if (frame.type === 'hello') resolve();
      else answer(frame, (payload) => socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload })));
    });
  });
  return socket;
}
type Envelope = {
  readonly type: string;
  readonly envelope_id: string;
  readonly retry_attempt?: number;
  readonly payload: Record<string, string> & { readonly event_id: string };
};

test('a socket’s ticket opens one connection, and pings are answered', async () => {
  const { body } = await call('apps.connections.open', {}, slack.appToken);
  const url = String(body['url']);
  const first = new WebSocket(url);
  const hello = await new Promise<Buffer>((resolve) => first.once('message', resolve));
  expect(JSON.parse(hello.toString())).toMatchObject({ type: 'hello', num_connections: 1 });
  const pong = new Promise((resolve) => first.once('pong', resolve));
  first.ping();
  await pong;
  const second = new WebSocket(url);
  await expect(new Promise((_resolve, reject) => second.once('error', reject))).rejects.toThrow();
});

test('an event that is not acknowledged comes again with its attempt counted', async () => {
  await slack.close();
  slack = await startSlack({ redeliverAfter: [0], events: ['app_mention'] });
  const attempts: (number | undefined)[] = [];
  await bareApp((envelope, reply) => {
    attempts.push(envelope.retry_attempt);
    if (envelope.retry_attempt === 1) reply();
  });
  const dana = connectAs(slack.url, operator);
  await dana.say(lakeside, '@leadops hello');
  await dana.waitFor('the second delivery', () => Promise.resolve(attempts.length === 2 && slack.stats().acks === 1));
  expect(attempts).toEqual([0, 1]);
  expect(slack.stats()).toMatchObject({ redeliveries: 1, timeouts: 1, deliveries: { events: 1 } });
});

test('a response_url works five times, replaces or deletes its message, and is then used up', async () => {
  const urls: string[] = [];
  await bareApp((envelope, reply) => {
    urls.push(String(envelope.payload['response_url']));
    reply();
  });
  const { ts = '' } = await client.chat.postMessage({
    channel: lakeside,
    text: 'A card',
    blocks: [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
    ],
  });
  const dana = connectAs(slack.url, operator);
  await dana.click({ channel: lakeside, ts }, 'Go');
  const respond = async (body: object) => {
    const response = await fetch(urls[0] ?? '', { method: 'POST', body: JSON.stringify(body) });
    return [response.status, await response.text()];
  };
  expect(await respond({ text: 'replaced', replace_original: true })).toEqual([200, 'ok']);
  expect(await dana.messages(lakeside)).toMatchObject([{ ts, text: 'replaced', blocks: [] }]);
  expect(await respond({ text: 'for you' })).toEqual([200, 'ok']);
  expect(await respond({ text: 'for all', response_type: 'in_channel' })).toEqual([200, 'ok']);
  expect((await respond({ blocks: [{ type: 'nonsense' }] }))[0]).toBe(400);
  expect(await respond({ delete_original: true })).toEqual([200, 'ok']);
  expect(await respond({ text: 'five' })).toEqual([200, 'ok']);
  expect(await respond({ text: 'six' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
  expect((await dana.messages(lakeside)).map((message) => [message.text, message.ephemeral])).toEqual([
    ['for you', true],
    ['for all', false],
    ['five', true],
  ]);
  expect(slack.stats().responseUrls).toEqual({ used: 5, refused: 2 });
});

describe('Modals', () => {
  let triggers: string[];
  beforeEach(async () => {
    triggers = [];
    await bareApp((envelope, reply) => {
      triggers.push(String(envelope.payload['trigger_id']));
      reply();
    });
  });
  const trigger = async () => {
    await connectAs(slack.url, operator).say(lakeside, '/leadops');
    return triggers.at(-1);
  };

  test('open with a trigger once, and not three seconds later', async () => {
    const trigger_id = await trigger();
    expect((await call('views.open', { trigger_id, view: modal })).body).toMatchObject({ ok: true });
    expect(await errorOf('views.open', { trigger_id, view: modal })).toBe('exchanged_trigger_id');
    expect(await errorOf('views.open', { trigger_id: '1.2.c', view: modal })).toBe('invalid_trigger_id');
    const late = await trigger();
    await new Promise((resolve) => setTimeout(resolve, 3050));
    expect(await errorOf('views.open', { trigger_id: late, view: modal })).toBe('expired_trigger_id');
  });

  test('stack three deep, are updated under their hash, and go one by one or all at once', async () => {
    const { body } = await call('views.open', { trigger_id: await trigger(), view: { ...modal, external_id: 'one' } });
    const view = body['view'] as { id: string; hash: string };
    expect(await errorOf('views.update', { view_id: view.id, hash: 'old', view: modal })).toBe('hash_conflict');
    expect((await call('views.update', { external_id: 'one', hash: view.hash, view: modal })).body).toMatchObject({
      ok: true,
    });
    await call('views.push', { trigger_id: await trigger(), view: modal });
    await call('views.push', { trigger_id: await trigger(), view: modal });
    expect(await errorOf('views.push', { trigger_id: await trigger(), view: modal })).toBe('push_limit_reached');
    const dana = connectAs(slack.url, operator);
    expect(await dana.modals()).toHaveLength(3);
    await dana.close();
    expect(await dana.modals()).toHaveLength(2);
    await dana.close(true);
    expect(await dana.modals()).toEqual([]);
    expect(await errorOf('views.update', { view_id: view.id, view: modal })).toBe('not_found');
  });

  test('are refused when too large or malformed, and the refusal names the spot', async () => {
    const view = { ...modal, title: { type: 'plain_text', text: 'x'.repeat(25) } };
    const { body } = await call('views.open', { trigger_id: await trigger(), view });
    expect(body).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
          '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
        ],
      },
    });
    const huge = { ...modal, blocks: Array.from({ length: 100 }, () => section('x'.repeat(2900))) };
    expect(await errorOf('views.open', { trigger_id: await trigger(), view: huge })).toBe('view_too_large');
  });
});

test('a command that does not exist, or is typed in a thread, never reaches the app', async () => {
  let reached = 0;
  await bareApp((_envelope, reply) => {
    reached += 1;
    reply();
  });
  const { ts = '' } = await client.chat.postMessage({ channel: lakeside, text: 'head' });
  const dana = connectAs(slack.url, operator);
  await dana.say(lakeside, '/nonsense');
  await dana.say(lakeside, '/leadops status', ts);
  expect((await dana.messages(lakeside)).at(-1)?.text).toContain('is not a valid command');
  expect((await dana.thread({ channel: lakeside, ts })).at(-1)?.text).toBe(
    '`/leadops` is not supported in threads. Sorry!',
  );
  expect(reached).toBe(0);
});

test('two clicks on the same button at the same time both arrive, each as its own person', async () => {
  const clickers: string[] = [];
  await bareApp((envelope, reply) => {
    clickers.push((envelope.payload as unknown as { user: { id: string } }).user.id);
    reply();
  });
  const { ts = '' } = await client.chat.postMessage({
    channel: lakeside,
    text: 'A suggestion',
    blocks: [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
    ],
  });
  const [dana, marcus] = [connectAs(slack.url, operator), connectAs(slack.url, approver)];
  const [seen] = await marcus.messages(lakeside);
  await Promise.all([dana, marcus].map((person) => person.click({ channel: lakeside, ts }, 'Go')));
  expect(clickers.toSorted()).toEqual([operator, approver]);
  await client.chat.update({ channel: lakeside, ts, text: 'decided', blocks: [section('decided')] });
  await expect(marcus.click({ channel: lakeside, ts }, 'Go')).rejects.toThrow('No element');
  expect(await marcus.click({ channel: lakeside, ts }, 'Go', { seen: seen?.blocks ?? [] })).toMatchObject({
    outcome: 'done',
  });
});
