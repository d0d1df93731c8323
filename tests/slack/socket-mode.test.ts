import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { App } from '@slack/bolt';
import { connectAs, type Person } from '../../sandbox/slack/client.ts';
import { startSlack, type SlackStandIn } from '../../sandbox/slack/index.ts';
import { makeLog } from '../../src/log.ts';
import { makeSocketReceiver } from '../../src/slack/socket-mode/receiver.ts';
import { usualTiming, type Timing } from '../../src/slack/socket-mode/timing.ts';
import { makeStanding, type StandingBook } from '../../src/slack/standing.ts';

jest.setTimeout(120_000);

const log = makeLog(process.env.TEST_LOG ?? 'silent');
const hasty: Timing = {
  firstWaitMs: 20,
  longestWaitMs: 100,
  refusedWaitMs: 100,
  limitedWaitMs: 100,
  connectMs: 2_000,
  pingMs: 50,
  unansweredPings: 3,
  lingerMs: 50,
  steadyMs: 10,
};

let slack: SlackStandIn;
let dana: Person;
let standing: StandingBook;
/** Every reason that was said, in order: the next one may follow within a millisecond. */
let said: string[];
let stop: () => Promise<unknown> = () => Promise.resolve();
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeEach(async () => {
  process.on('unhandledRejection', note);
  slack = await startSlack();
  dana = connectAs(slack.url, 'U01OPERATOR');
  said = [];
  const book = makeStanding();
  standing = {
    ...book,
    away(why) {
      said.push(why);
      book.away(why);
    },
  };
});
afterEach(async () => {
  await stop();
  await slack.close();
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

async function start(timing: Timing = hasty, appToken = slack.appToken): Promise<void> {
  const receiver = makeSocketReceiver({
    appToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    standing,
    log,
    timing,
  });
  const app = new App({ receiver, authorize: () => Promise.resolve({ botToken: slack.botToken }) });
  app.command('/leadops', ({ command, ack }) => ack(`You said ${command.text}`));
  await receiver.start();
  stop = () => receiver.stop();
}

const connected = (want = true) => until(() => standing.now().connected === want);
async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((again) => setTimeout(again, 10));
}
async function answers(words: string): Promise<void> {
  await dana.say('C01LAKESIDE', `/leadops ${words}`);
  expect((await dana.messages('C01LAKESIDE')).at(-1)?.text).toBe(`You said ${words}`);
}
/** Timers and sockets that keep this process, by kind. */
const held = () => process.getActiveResourcesInfo().filter((kind) => /^(Timeout|TCPSocketWrap)$/.test(kind)).length;

test('a hundred lost connections later there is one connection, and neither sockets nor timers were left behind', async () => {
  await start();
  await connected();
  await answers('before');
  const before = held();
  for (let lost = 1; lost <= 100; lost += 1) {
    const { opened } = slack.stats().sockets;
    slack.fault({ disconnect: lost % 2 === 0 ? 'drop' : 'refresh' });
    await until(() => slack.stats().sockets.opened > opened && standing.now().connected);
  }
  await until(() => slack.stats().sockets.open === 1);
  await answers('after');
  await until(() => held() <= before + 3);
  expect(slack.stats().sockets.opened).toBe(101);
});

test('a connection that is open on our side only is noticed, said, and replaced', async () => {
  await start();
  await connected();
  slack.fault({ method: 'apps.connections.open', status: 500, times: 2 });
  slack.fault({ disconnect: 'half-open' });
  await connected(false);
  await connected();
  expect(said.filter((why) => /half open/.test(why))).toHaveLength(1);
  expect(said.filter((why) => /Slack answered with status 500/.test(why))).not.toEqual([]);
  await answers('again');
});

test('a Slack that holds its answer back is not waited for for ever', async () => {
  slack.fault({ method: 'apps.connections.open', delayMs: 1_500, times: 1 });
  await start({ ...hasty, connectMs: 200 });
  await until(() => (standing.now().why ?? '') !== 'not connected yet');
  await connected();
  await answers('at last');
});

test('a refused token is said, asked with again slowly, and taken when it is right', async () => {
  slack.fault({ method: 'apps.connections.open', error: 'invalid_auth', times: 3 });
  await start();
  await until(() => /invalid_auth.*SLACK_APP_TOKEN/.test(standing.now().why ?? ''));
  await connected();
  expect(slack.stats().calls['apps.connections.open']).toBe(4);
});

test('a page of somebody between us and Slack is an outage: asked again soon, and nothing of it is said', async () => {
  slack.fault({ method: 'apps.connections.open', status: 200, times: 2 });
  await start({ ...hasty, refusedWaitMs: 3_600_000 });
  await until(() => (standing.now().why ?? '') !== 'not connected yet');
  expect(standing.now().why).toMatch(/Something else answered/);
  await connected();
});

test('asked to come back in an hour, it asks again before that', async () => {
  slack.fault({ method: 'apps.connections.open', rateLimited: 2, retryAfter: 3_600 });
  await start();
  await connected();
  await answers('sooner');
});

test('Socket Mode switched off is said, and comes back with it', async () => {
  await start({ ...hasty, refusedWaitMs: 300 });
  await connected();
  slack.fault({ disconnect: 'link_disabled' });
  await connected(false);
  expect(standing.now().why).toMatch(/switched off/);
  await connected();
  await answers('on again');
});

test('a delivery on a connection that is being replaced is acknowledged on it', async () => {
  await start({ ...usualTiming, lingerMs: 5_000 });
  await connected();
  slack.fault({ method: 'apps.connections.open', delayMs: 1_000, times: 1 });
  slack.fault({ disconnect: 'refresh' });
  await answers('in between');
  expect(standing.now().connected).toBe(true);
});
