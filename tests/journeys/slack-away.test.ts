import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { usualTiming } from '../../src/slack/socket-mode/timing.ts';
import { channel, noteFor, startTestApp, type TestApp } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';

jest.setTimeout(5 * 60_000);

const patience = {
  socket: { ...usualTiming, firstWaitMs: 200, longestWaitMs: 1_000, steadyMs: 500, lingerMs: 1_000 },
  probing: { everyMs: 300, whileAwayMs: 300 },
};

/** Looks until it is so; the test's own time-out is the end. */
async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((again) => setTimeout(again, 20));
}

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

describe.each(['socket', 'http'] as const)('Slack goes away and comes back, over %s', (mode) => {
  let it: TestApp;
  beforeAll(async () => {
    it = await startTestApp({ mode, clients: [{ client: lakeside, zips: ['75034'] }], patience });
  });
  afterAll(() => it.close());

  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${it.app.port}/health`);
    return ((await answer.json()) as { slack: { ok: boolean; since: string; why: string | null } }).slack;
  };
  const stands = (connected: boolean) =>
    it.people.operator.waitFor(`health that says ${connected}`, async () => (await health()).ok === connected);
  const answers = async () => expect(await noteFor(it.people.operator, '/leadops clients')).toMatch(/Lakeside/);
  /** The deliveries of the way back wait for a connection; Slack itself would say so to the person. */
  const backAgain = async () => {
    await it.people.operator.waitFor('a connection', () =>
      Promise.resolve(mode === 'http' || it.slack.stats().sockets.open > 0),
    );
    await stands(true);
    await answers();
  };
  const saysNothingReached = async () => {
    await it.people.operator.say(channel, '/pull-leads lakeside 2027-03');
    const failed = (await it.people.operator.messages(channel)).at(-1);
    expect(failed && words(failed)).toMatch(/failed/);
  };

  test('after seconds without it commands work again; meanwhile they get Slack’s own error and nothing is half done', async () => {
    it.slack.fault({ down: true });
    await stands(false);
    await saysNothingReached();
    const slack = await health();
    expect(slack).toMatchObject({ ok: false, why: expect.any(String) as unknown });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(slack.since) + 3_200 - Date.now())));
    it.slack.fault({ down: false });
    await backAgain();
    expect(await it.store.runs.open()).toEqual([]);
    const home = await it.people.operator.waitFor('what Home says', async () => {
      const view = await it.people.operator.home();
      return view && JSON.stringify(view.blocks).includes('Slack was away from') ? view : undefined;
    });
    expect(home).toBeTruthy();
  });

  test('5xx and refused connections on the way back only delay it', async () => {
    it.slack.fault({ method: 'apps.connections.open', status: 503, times: 3 });
    it.slack.fault({ method: 'auth.test', status: 502, times: 9 });
    it.slack.fault({ refuseMs: 1_500 });
    // Slack's own addresses are away too: no person can be asked.
    await until(async () => !(await health()).ok);
    await until(async () => (await health()).ok);
    await backAgain();
  });

  if (mode === 'socket') {
    test.each(['refresh', 'warning'] as const)(
      'its routine disconnect (%s) with a moment of trouble leaves no gap and one connection',
      async (how) => {
        const { opened } = it.slack.stats().sockets;
        it.slack.fault({ method: 'apps.connections.open', status: 500, times: 2 });
        it.slack.fault({ disconnect: how });
        await answers();
        await it.people.operator.waitFor('the new connection', () =>
          Promise.resolve(it.slack.stats().sockets.opened > opened),
        );
        await answers();
        expect((await health()).ok).toBe(true);
        await it.people.operator.waitFor(
          'one connection',
          () => Promise.resolve(it.slack.stats().sockets.open === 1),
          30_000,
        );
        expect(it.slack.stats().sockets.opened).toBe(opened + 1);
      },
    );
  }

  test('nothing was rejected that nobody handled', () => {
    expect(unhandled).toEqual([]);
  });
});
