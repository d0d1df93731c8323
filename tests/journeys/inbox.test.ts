import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { connectEmbedded, type Embedded } from '../../src/store/embedded/connect.ts';
import { channel, seen, signingSecret, startTestApp, startTestSlack, type TestSlack } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts';
import { startAppProcess, type AppProcess } from '../support/process.ts';
import { lookInto } from '../support/store.ts';

jest.setTimeout(10 * 60_000);

describe('what a person did is a row before it is acknowledged', () => {
  let it: TestSlack;
  let proxy: DatabaseProxy;
  let database: Embedded;
  let environment: Record<string, string>;
  let app: AppProcess;
  beforeAll(async () => {
    it = await startTestSlack({ clients: [{ client: lakeside, zips: ['75034'] }] });
    database = await connectEmbedded({ dataDir: it.dataDir });
    proxy = await startDatabaseProxy(database.url);
    environment = { ...it.environment, SUPABASE_URL: proxy.url, SUPABASE_SECRET_KEY: database.key };
    app = await startAppProcess(environment);
  });
  afterAll(async () => {
    await app.stop();
    await proxy.close();
    database.close();
    await it.close();
  });
  const acks = () => it.slack.stats().acks;
  const runs = () => it.store.runs.recent({ limit: 50 });

  test('a process killed between acknowledging a command and working on it: it is done once, and its person hears of it', async () => {
    const before = acks();
    proxy.shutAfter('receive_delivery');
    await it.people.operator.say(channel, '/pull-leads lakeside 2027-03');
    expect(acks()).toBe(before + 1);
    expect(proxy.answered()).toBe(1);
    expect(await runs()).toEqual([]);
    await app.kill();
    proxy.open();
    app = await startAppProcess(environment);
    const note = await seen(it.people.operator, /After an interruption on my side I took up what you did/);
    expect(note.ephemeral).toBe(true);
    await seen(it.people.operator, /Lead pull · Lakeside Insurance · March 2027/);
    expect(await runs()).toHaveLength(1);
    await lookInto(it.dataDir, async (db) => {
      const { data } = await db.from('slack_inbox').select('outcome,payload').eq('kind', 'command');
      expect(data).toEqual([{ outcome: 'done', payload: null }]);
    });
  });

  test('with the database away nothing is done, the person is told so, and nothing happens when it is back', async () => {
    proxy.shut();
    const started = (await runs()).length;
    await it.people.operator.say(channel, '/pull-leads lakeside 2027-05');
    const note = await seen(it.people.operator, /database does not answer.*Nothing was done/s);
    expect(note.ephemeral).toBe(true);
    proxy.open();
    await it.people.operator.waitFor('the withdrawal', () =>
      lookInto(it.dataDir, async (db) => {
        const { data } = await db.from('slack_inbox').select('outcome').eq('outcome', 'withdrawn');
        return (data ?? []).length > 0;
      }),
    );
    await it.people.operator.say(channel, '/leadops clients');
    await seen(it.people.operator, /tier/);
    expect(await runs()).toHaveLength(started);
  });
});

test('a command that is delivered twice, and once more with Slack’s retry headers, is worked on once', async () => {
  const it = await startTestApp({ mode: 'http', clients: [{ client: lakeside, zips: ['75034'] }] });
  try {
    const deliver = async (body: string, type: string, retry: Record<string, string> = {}) => {
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
      const headers = {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${digest}`,
        ...retry,
      };
      return fetch(`http://127.0.0.1:${it.app.port}/slack/events`, { method: 'POST', headers, body });
    };
    const command = new URLSearchParams({
      command: '/pull-leads',
      text: 'lakeside 2027-03 --dry-run',
      user_id: 'U01OPERATOR',
      channel_id: channel,
      trigger_id: 'one.trigger',
      response_url: `${it.slack.url}/hooks/commands/T/none`,
      team_id: 'T01SANDBOX',
    }).toString();
    const form = 'application/x-www-form-urlencoded';
    const answers = await Promise.all([deliver(command, form), deliver(command, form)]);
    const again = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect([...answers, await deliver(command, form, again)].map(({ status }) => status)).toEqual([200, 200, 200]);
    await seen(it.people.operator, /Lead pull · Lakeside Insurance · March 2027/);
    expect(await it.store.runs.recent({ limit: 10 })).toHaveLength(1);
    const notes = (await it.people.operator.messages(channel)).filter((message) => message.ephemeral).map(words);
    expect(notes).toEqual([]);
  } finally {
    await it.close();
  }
});

test('one delivery starts one run, also when it is worked on again after that run is over', async () => {
  const it = await startTestSlack({ clients: [{ client: lakeside, zips: ['75034'] }] });
  try {
    const run = {
      workflow: 'intent',
      client: null,
      month: null,
      key: 'intent',
      trigger: 'manual',
      requestedBy: 'U01OPERATOR',
      channel,
      dryRun: false,
      args: {},
      askedAt: new Date(),
      delivery: 'command:one',
    } as const;
    const first = await it.store.runs.start(run);
    await it.store.runs.cancel(first.run.id, 'U01OPERATOR');
    const again = await it.store.runs.start(run);
    expect(again).toMatchObject({ created: true, run: { id: first.run.id } });
    const other = await it.store.runs.start({ ...run, delivery: 'command:two' });
    expect(other.run.id).not.toBe(first.run.id);
  } finally {
    await it.close();
  }
});
