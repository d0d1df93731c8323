import { afterAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { inSession, type Session, type SessionDeps } from '../../connectors/auth/session.ts';
import { makeLanes } from '../../connectors/browser/lane.ts';
import type { Left, Stay } from '../../connectors/browser/left-open.ts';
import type { LoginLease, Turn } from '../../connectors/browser/login.ts';
import { html, servePages } from '../fixtures/pages/server.ts';
import { makeSessionDeps, startBrowser } from './session-deps.ts';

const browser = startBrowser();
afterAll(() => browser.close());

const log = pino({ level: 'silent' });
const identity = { pid: 1, marker: '--leadops-browser=x' };
const open = { isClosed: () => Promise.resolve(null), close: () => Promise.resolve() };

function makeTurn(): Turn & { readonly stop: AbortController } {
  const stop = new AbortController();
  const nothing = () => undefined;
  return {
    stop,
    signal: stop.signal,
    waits: nothing,
    stands: nothing,
    leaves: nothing,
    goesOn: () => Promise.resolve(),
  };
}

/** Lanes of which everything that happens to a login is told, in its order. */
function tellingLanes(stays?: { readonly idle: number; readonly held: number }) {
  const events: string[] = [];
  const tell = (event: string) => Promise.resolve(void events.push(event));
  let taken = false;
  const lease: LoginLease = {
    acquire: async () => {
      await tell('acquired');
      return {
        renew: () => (taken ? Promise.reject(new Error('another process has it')) : Promise.resolve()),
        release: () => tell('given back'),
      };
    },
  };
  const lanes = makeLanes({ lease, gate: open, log, renewEvery: 5, ...(stays && { stays }) });
  let made = 0;
  let closes = Promise.resolve();
  /** Sessions close only when the answer is called. */
  const hold = () => {
    let letGo = (): void => undefined;
    closes = new Promise((resolve) => (letGo = resolve));
    return () => letGo();
  };
  /** One piece of work, which leaves its session open where it may. */
  const work = (turn: Turn | undefined, ends: 'well' | 'badly' = 'well') =>
    lanes.run(
      'clay',
      'clay',
      identity,
      async (_signal, stay: Stay<Left & { readonly number: number }>) => {
        const session = stay.found ?? newSession();
        await tell(`work in ${session.number}`);
        if (ends === 'well' && stay.leave(session)) return;
        await session.close();
        if (ends === 'badly') throw new Error('badly');
      },
      undefined,
      turn,
    );
  const newSession = () => {
    made += 1;
    const number = made;
    return { number, close: () => closes.then(() => tell(`closed ${number}`)) };
  };
  const told = async (event: string): Promise<void> => {
    while (events.at(-1) !== event) await new Promise((again) => setTimeout(again, 2));
  };
  return { lanes, work, events, told, hold, takeOver: () => (taken = true) };
}

const long = { idle: 60_000, held: 60_000 };

test('a run’s next work finds the session open; when none comes it is closed, and then the login is given back', async () => {
  const { work, events, told } = tellingLanes({ idle: 50, held: 60_000 });
  const turn = makeTurn();
  await work(turn);
  await work(turn);
  await told('given back');
  expect(events).toEqual(['acquired', 'work in 1', 'work in 1', 'closed 1', 'given back']);
});

test('another run never finds it: it is closed and the login given back before that run asks for it', async () => {
  const { work, events, lanes } = tellingLanes(long);
  await work(makeTurn());
  await work(makeTurn());
  await lanes.close();
  expect(events).toEqual([
    ...['acquired', 'work in 1', 'closed 1', 'given back'],
    ...['acquired', 'work in 2', 'closed 2', 'given back'],
  ]);
});

test('who has no run waits for a closing that is under way, too', async () => {
  const { work, events, lanes, hold } = tellingLanes(long);
  await work(makeTurn());
  const letGo = hold();
  const closing = lanes.close();
  const working = work(undefined);
  await new Promise((turns) => setImmediate(turns));
  expect(events).toEqual(['acquired', 'work in 1']);
  letGo();
  await Promise.all([closing, working]);
  expect(events).toEqual([
    ...['acquired', 'work in 1', 'closed 1', 'given back'],
    ...['acquired', 'work in 2', 'closed 2', 'given back'],
  ]);
});

test('where another waits already, nothing stays open', async () => {
  const { work, events } = tellingLanes(long);
  await Promise.all([work(makeTurn()), work(undefined)]);
  expect(events).toEqual([
    ...['acquired', 'work in 1', 'closed 1', 'given back'],
    ...['acquired', 'work in 2', 'closed 2', 'given back'],
  ]);
});

test('a run with much to do at a login lets one that waits there in after every piece of its work', async () => {
  const { work, events, lanes } = tellingLanes(long);
  const order: string[] = [];
  const pieces = async (name: string, count: number) => {
    const turn = makeTurn();
    for (let piece = 0; piece < count; piece += 1) {
      await work(turn);
      order.push(name);
    }
  };
  await Promise.all([pieces('many', 5), pieces('few', 2)]);
  expect(order.slice(0, 4)).toEqual(['many', 'few', 'many', 'few']);
  expect(order).toHaveLength(7);
  await lanes.close();
  // As long as somebody waits every piece has a session of its own; then the rest goes on in one.
  expect(events.filter((event) => event.startsWith('closed'))).toHaveLength(5);
});

test('nothing stays open after work that failed, after the time for one holder, or outside a run', async () => {
  const { work, events } = tellingLanes({ idle: 60_000, held: 0 });
  await expect(work(makeTurn(), 'badly')).rejects.toThrow('badly');
  await work(makeTurn());
  await work(undefined);
  expect(events.filter((event) => event === 'given back')).toHaveLength(3);
  expect(events.at(-1)).toBe('given back');
});

test.each([
  ['the run is canceled', (turn: ReturnType<typeof makeTurn>) => turn.stop.abort()],
  ['another process took the login', (_: unknown, lanes: ReturnType<typeof tellingLanes>) => lanes.takeOver()],
  ['the process ends', (_: unknown, { lanes }: ReturnType<typeof tellingLanes>) => void lanes.close()],
])('what stays open is closed at once when %s', async (_what, happens) => {
  const world = tellingLanes(long);
  const turn = makeTurn();
  await world.work(turn);
  happens(turn, world);
  await world.told('given back');
  expect(world.events).toEqual(['acquired', 'work in 1', 'closed 1', 'given back']);
});

/** A run's own way to a vendor whose pages are counted. */
async function startVendor(beginsAnywhere: boolean) {
  const asked: string[] = [];
  const pages = await servePages(({ request, response }) => {
    asked.push(request.url ?? '');
    html(response, '<body><a href="/out">Sign out</a></body>');
  });
  const deps = makeSessionDeps(browser);
  const turn = makeTurn();
  const ofRun: SessionDeps = {
    ...deps,
    lanes: {
      run: (vendor, login, itsBrowser, work, signal) => deps.lanes.run(vendor, login, itsBrowser, work, signal, turn),
    },
  };
  const session: Session = {
    vendor: 'x',
    login: 'x',
    url: pages.url,
    home: () => true,
    beginsAnywhere,
    credentials: () => Promise.resolve({ username: '', secret: '' }),
  };
  const goTo = (path: string) =>
    inSession(ofRun, session, async ({ page }, home) => {
      const from = new URL(page.url()).pathname;
      await page.goto(new URL(path, pages.url).href);
      return { from, home: new URL(home).pathname };
    });
  return { deps, asked, goTo, turn, close: () => pages.close() };
}

test('work that may begin anywhere goes on where the last one ended, in the same profile, and no window of it is left', async () => {
  const vendor = await startVendor(true);
  expect(await vendor.goTo('/first')).toEqual({ from: '/', home: '/' });
  const contexts = (await browser.running()).browser.contexts();
  await contexts[0]?.newPage();
  expect(await vendor.goTo('/second')).toEqual({ from: '/first', home: '/' });
  expect(vendor.asked.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/first', '/second']);
  expect(contexts[0]?.pages()).toHaveLength(1);
  await vendor.deps.lanes.close();
  expect((await browser.running()).browser.contexts()).toEqual([]);
  await vendor.close();
});

test('other work begins at the first page again; a page that was closed is no session any more', async () => {
  const vendor = await startVendor(false);
  await vendor.goTo('/first');
  expect(await vendor.goTo('/second')).toEqual({ from: '/', home: '/' });
  const [context] = (await browser.running()).browser.contexts();
  for (const page of context?.pages() ?? []) await page.close();
  expect(await vendor.goTo('/third')).toEqual({ from: '/', home: '/' });
  await vendor.deps.lanes.close();
  await vendor.close();
});
