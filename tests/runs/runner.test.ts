import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Retryable } from '../../pipeline/errors.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { triesAgain } from '../../pipeline/run.ts';
import { makeLog } from '../../src/log.ts';
import { makeHolder } from '../../src/runs/holder.ts';
import { usualLease } from '../../src/runs/lease.ts';
import { startRunner, type Runner } from '../../src/runs/runner.ts';
import type { AttemptWorld, RunnerParts } from '../../src/runs/state.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import type { StoredRun } from '../../src/store/runs/row.ts';
import { makeVendorLanes } from '../../src/wiring/vendors.ts';
import { newRun } from '../support/new-run.ts';
import { startProxy, type Proxy } from '../support/outage-proxy.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

jest.setTimeout(120_000);

const log = makeLog(process.env.TEST_LOG ?? 'silent');
/** What a run does, by the first word of its key. */
type Work = RunnerParts['perform'];

const quick = { seconds: 3, beatMs: 300, marginMs: 1_500 };
const browser = { pid: 1, marker: 'none' };

describe('the runner', () => {
  let database: TestStore;
  let proxy: Proxy;
  let store: Store;
  const runners: Runner[] = [];
  const endings: AbortController[] = [];
  beforeAll(async () => {
    database = await openTestStore();
    proxy = await startProxy(database.url);
    store = await openStore({ DATA_DIR: database.dataDir, SUPABASE_URL: proxy.url, SUPABASE_SECRET_KEY: database.key });
  });
  afterEach(async () => {
    await proxy.open();
    for (const ending of endings.splice(0)) ending.abort();
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });
  afterAll(async () => {
    await proxy.close();
    await database.close();
  });

  function start(works: Readonly<Record<string, Work>>, more: Partial<RunnerParts> = {}): Runner {
    const ending = new AbortController();
    endings.push(ending);
    const runner = startRunner({
      store,
      perform(context) {
        const work = works[context.run.key.split(' ')[0] ?? ''];
        if (!work) throw new Error(`no work for ${context.run.key}`);
        return work(context);
      },
      // Of the ports a test's workflow has what it closes over.
      portsFor: () => ({}) as Ports,
      clock: { now: () => new Date() },
      log,
      holder: makeHolder(),
      lanes: 4,
      approvalDays: 7,
      sweepMs: 200,
      resting: false,
      retries: { times: 2, firstMs: 50 },
      laterTries: [],
      lease: quick,
      ending: ending.signal,
      onChange: () => Promise.resolve(),
      ...more,
    });
    runners.push(runner);
    return runner;
  }

  let keys = 0;
  async function begin(runner: Runner, work: string): Promise<string> {
    keys += 1;
    const { run } = await runner.start(
      newRun({ workflow: 'upload', client: null, month: null, key: `${work} ${keys}` }),
    );
    return run.id;
  }
  async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((again) => setTimeout(again, 20))) {
      const found = await look();
      if (found !== undefined) return found;
    }
    throw new Error(`it never came to ${what}`);
  }
  /** Looked at past the proxy. */
  const over = (id: string): Promise<StoredRun> =>
    until(`the end of ${id}`, async () => {
      const run = await database.store.runs.get(id);
      return run && ['success', 'failed', 'canceled', 'skipped'].includes(run.status) ? run : undefined;
    });
  const errorsOf = (id: string) => database.store.runs.errors(id);
  /** Something a test holds until it lets go. */
  function gate() {
    let open: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const arrived = new Promise<void>((resolve) => (reached = resolve));
    return { arrived, open: () => open(), pass: () => (reached(), opened) };
  }

  test.each(['refused', 'hung'] as const)(
    'a database that is %s for longer than lease and retries: the act that was done meanwhile is done once, and the run ends well',
    async (how) => {
      const acting = gate();
      let acts = 0;
      let checks = 0;
      const runner = start({
        act: async ({ step, once }) => {
          await step('before', () => Promise.resolve(1));
          await once(
            'act',
            async () => {
              acts += 1;
              await acting.pass();
              return 'done outside';
            },
            () => {
              checks += 1;
              return Promise.resolve(undefined);
            },
          );
          return { well: await step('after', () => Promise.resolve(true)) };
        },
      });
      const id = await begin(runner, 'act');
      await acting.arrived;
      await proxy.shut(how);
      acting.open();
      await until('a lease that ran out', async () => {
        const { data } = await database.db.from('agent_runs').select('lease_until').eq('id', id).single();
        return data?.lease_until && new Date(data.lease_until).getTime() < Date.now() - 1_000 ? true : undefined;
      });
      expect((await database.store.runs.get(id))?.status).toBe('running');
      await proxy.open();
      expect(await over(id)).toMatchObject({ status: 'success', summary: { well: true }, error: null });
      expect({ acts, checks }).toEqual({ acts: 1, checks: 0 });
      expect(await errorsOf(id)).toEqual([]);
    },
  );

  test('whoever cannot renew stops its work before the lease runs out, by its own clock', async () => {
    const stopped: { at: number; leftMs: number }[] = [];
    let world: AttemptWorld | undefined;
    let begun = 0;
    const working = gate();
    const runner = start(
      {
        work: async ({ step, run }) => {
          await step('work at a vendor', async () => {
            begun += 1;
            if (begun > 1) return;
            const signal = world?.signal;
            const lease = database.db.from('agent_runs').select('lease_until').eq('id', run.id).single();
            void working.pass();
            await new Promise((resolve) => signal?.addEventListener('abort', resolve));
            const until = (await lease).data?.lease_until ?? '';
            stopped.push({ at: Date.now(), leftMs: new Date(until).getTime() - Date.now() });
            throw new Error('its page was closed');
          });
          return {};
        },
      },
      {
        portsFor: (_run, _log, own) => {
          world = own;
          return {} as Ports; // nothing of them is used
        },
      },
    );
    const id = await begin(runner, 'work');
    await working.arrived;
    await proxy.shut('hung');
    const [{ leftMs } = { leftMs: -1 }] = await until('the stop', () => (stopped.length > 0 ? stopped : undefined));
    expect(leftMs).toBeGreaterThan(0);
    await proxy.open();
    expect(await over(id)).toMatchObject({ status: 'success', error: null });
    expect(begun).toBe(2);
    expect(await errorsOf(id)).toEqual([]);
  });

  test('Cancel while the database is away stops the work, and the run is canceled when it is back', async () => {
    const working = gate();
    let later = 0;
    const runner = start({
      long: async ({ step }) => {
        await step('first', () => working.pass());
        await step('second', () => {
          later += 1;
          return Promise.resolve();
        });
        return {};
      },
    });
    const id = await begin(runner, 'long');
    await working.arrived;
    await proxy.shut('refused');
    expect(await runner.cancel(id, 'U1')).toBe('noted');
    working.open();
    await proxy.open();
    expect(await over(id)).toMatchObject({ status: 'canceled', cancelRequestedBy: 'U1' });
    expect(later).toBe(0);
    expect(await errorsOf(id)).toEqual([]);
  });

  test('a run that waits for a person is not lost in an outage, and one that sleeps wakes after it', async () => {
    const asking = gate();
    let looks = 0;
    const runner = start({
      ask: async ({ step, ask }) => {
        await step('before', () => asking.pass());
        const question = { key: 'k', kind: 'question', payload: {}, marked: true, requiredRole: 'operator' } as const;
        const [answer] = await ask('round', [question]);
        return { state: answer?.state };
      },
      sleep: async ({ until: wait }) => {
        await wait(
          'something',
          () => {
            looks += 1;
            return Promise.resolve(looks > 3 ? true : undefined);
          },
          { everyMs: 300, atMostMs: 600_000 },
        );
        return {};
      },
    });
    const [asks, sleeps] = [await begin(runner, 'ask'), await begin(runner, 'sleep')];
    await asking.arrived;
    await proxy.shut('refused');
    asking.open();
    await new Promise((again) => setTimeout(again, quick.seconds * 1_000));
    await proxy.open();
    const [question] = await until('the question', async () => {
      const asked = await database.store.approvals.ofRound(asks, 'round');
      const parked = (await database.store.runs.get(asks))?.status === 'waiting';
      return parked && asked.length > 0 ? asked : undefined;
    });
    const decision = { ids: [question?.id ?? ''], state: 'approved' as const, by: 'U1', reason: null, now: new Date() };
    await database.store.approvals.decide(decision);
    runner.nudge();
    expect(await over(asks)).toMatchObject({ status: 'success', summary: { state: 'approved' } });
    expect(await over(sleeps)).toMatchObject({ status: 'success' });
  });

  test('a worker whose run was taken over writes nothing more, says nothing, and the new owner goes on', async () => {
    const working = gate();
    let firsts = 0;
    let seconds = 0;
    const works: Record<string, Work> = {
      two: async ({ step }) => {
        await step('first', async () => {
          firsts += 1;
          if (firsts === 1) await working.pass();
          return firsts;
        });
        seconds += 1;
        return { first: firsts };
      },
    };
    // The first one believes in its lease: no heartbeat tells it.
    const deaf = { seconds: 60, beatMs: 600_000, marginMs: 1_000 };
    const holder = makeHolder();
    const first = start(works, { lease: deaf, holder, sweepMs: 600_000 });
    const id = await begin(first, 'two');
    await working.arrived;
    const claimed = await database.store.runs.claim(id, 'elsewhere:1:x', 60, holder);
    expect(claimed?.fence).toBe(2);
    working.open();
    await until('the first to be refused', async () => {
      await first.stop();
      return true;
    });
    expect(seconds).toBe(0);
    expect(await database.store.runs.steps(id)).toEqual([]);
    expect(await database.store.runs.get(id)).toMatchObject({ status: 'running', leaseHolder: 'elsewhere:1:x' });
    await database.db.from('agent_runs').update({ lease_until: '2020-01-01' }).eq('id', id);
    start(works);
    expect(await over(id)).toMatchObject({ status: 'success', summary: { first: 2 } });
    expect(await errorsOf(id)).toEqual([]);
  });

  /** Away for as many tries as it is told, after a step that is done. */
  const away = (times: number): Work => {
    let tries = 0;
    return async ({ step }) => {
      await step('before', () => Promise.resolve(1));
      await step('vendor', () => {
        tries += 1;
        if (tries <= times) throw new Retryable('NETWORK', 'Cole X Dates cannot be reached', { exhausted: true });
        return Promise.resolve(tries);
      });
      return { tries };
    };
  };
  const sleeping = (id: string) =>
    until('a run that tries again', async () => {
      const run = await database.store.runs.get(id);
      return run && triesAgain(run) ? run : undefined;
    });

  test('a vendor that is away for the length of three tries fails no run, and the fourth time it has failed', async () => {
    const laterTries = [30, 60, 90];
    const runner = start({ three: away(3), four: away(5) }, { laterTries });
    const [three, four] = [await begin(runner, 'three'), await begin(runner, 'four')];
    expect(await over(three)).toMatchObject({ status: 'success', summary: { tries: 4 }, error: null });
    // The first of them finished a step: it counted as getting further, and the three tries began after it.
    expect(await over(four)).toMatchObject({ status: 'failed', errorType: 'NETWORK', awayTries: 3 });
    const { error } = await over(four);
    expect(error).toMatch(/cannot be reached\. It was tried again by itself, 3 times in all\. Retry/);
    expect(await errorsOf(four)).toHaveLength(4);
  });

  test('until its next try it says what is the matter; it can be tried at once, or canceled', async () => {
    const runner = start({ long: away(1), off: away(1) }, { laterTries: [3_600_000, 3_600_000] });
    const long = await begin(runner, 'long');
    const run = await sleeping(long);
    expect(run).toMatchObject({ status: 'queued', errorType: 'NETWORK', awayTries: 1, leaseHolder: null });
    expect(run.error).toBe('Cole X Dates cannot be reached. It is tried again by itself, up to 2 times.');
    expect(Math.round(((run.wakeAt?.getTime() ?? 0) - Date.now()) / 60_000)).toBeGreaterThanOrEqual(58);
    expect(await database.store.runs.tryNow(long, 'U1')).toBe('queued');
    runner.nudge();
    expect(await over(long)).toMatchObject({ status: 'success', summary: { tries: 2 } });
    expect(await database.store.runs.tryNow(long, 'U1')).toBeNull();
    const off = await begin(runner, 'off');
    await sleeping(off);
    expect(await runner.cancel(off, 'U1')).toBe('canceled');
    expect(await over(off)).toMatchObject({ status: 'canceled' });
  });

  test('a vendor that asks for a longer wait gets it', async () => {
    const limited: Work = ({ step }) =>
      step('vendor', () => {
        throw new Retryable('RATE_LIMITED', 'too much', { retryAfterMs: 7_200_000, exhausted: true });
      });
    const runner = start({ limited }, { laterTries: [300_000] });
    const { wakeAt } = await sleeping(await begin(runner, 'limited'));
    expect(Math.round(((wakeAt?.getTime() ?? 0) - Date.now()) / 60_000)).toBeGreaterThanOrEqual(118);
  });

  test('stopping in the middle of an act keeps what it did: the next process does not ask whether it happened', async () => {
    const acting = gate();
    let acts = 0;
    let checks = 0;
    const works: Record<string, Work> = {
      act: async ({ once, step }) => {
        const said = await once(
          'act',
          async () => {
            acts += 1;
            await acting.pass();
            return 'yes';
          },
          () => {
            checks += 1;
            return Promise.resolve('asked');
          },
        );
        await step('after', () => Promise.resolve());
        return { said };
      },
    };
    const first = start(works);
    const id = await begin(first, 'act');
    await acting.arrived;
    const stopped = first.stop();
    acting.open();
    await stopped;
    expect((await database.store.runs.get(id))?.status).toBe('queued');
    start(works);
    expect(await over(id)).toMatchObject({ status: 'success', summary: { said: 'yes' } });
    expect({ acts, checks }).toEqual({ acts: 1, checks: 0 });
  });

  describe('before one login', () => {
    /** One process with lanes of its own, where runs of `visit` work at `cole:TX` and runs of `other` need no login. */
    function aProcess(places: number, holder = makeHolder()) {
      const lanes = makeVendorLanes(store, holder, log);
      const visits: string[] = [];
      const visiting = gate();
      const worlds = new Map<string, AttemptWorld>();
      const runner = start(
        {
          visit: async ({ step, run }) => {
            const world = worlds.get(run.id);
            if (!world) throw new Error('no world');
            await step('visit', () =>
              lanes.run(
                'cole',
                'cole:TX',
                browser,
                async () => {
                  visits.push(run.id);
                  await visiting.pass();
                },
                world.signal,
                world.turn,
              ),
            );
            return {};
          },
          other: async ({ step }) => ({ n: await step('count', () => Promise.resolve(1)) }),
        },
        {
          holder,
          lanes: places,
          lease: usualLease,
          portsFor: (run, _log, world) => {
            worlds.set(run.id, world);
            return {} as Ports; // nothing of them is used
          },
        },
      );
      return { runner, visits, visiting };
    }

    test('those that wait take no place: other runs go on, each gets the login in turn, and Cancel lets one go', async () => {
      const { runner, visits, visiting } = aProcess(2);
      const first = await begin(runner, 'visit');
      await visiting.arrived;
      const second = await begin(runner, 'visit');
      const third = await begin(runner, 'visit');
      await until('the card of one that waits', async () => {
        const detail = (await database.store.runs.get(third))?.progress.detail;
        return detail === 'waiting for the login cole:TX, 2 before it' ? true : undefined;
      });
      expect(await over(await begin(runner, 'other'))).toMatchObject({ status: 'success' });
      await runner.cancel(second, 'U1');
      expect(await over(second)).toMatchObject({ status: 'canceled' });
      visiting.open();
      expect(await over(first)).toMatchObject({ status: 'success' });
      expect(await over(third)).toMatchObject({ status: 'success' });
      expect(visits).toEqual([first, third]);
    });

    test('of two processes the one that has waited longest is next', async () => {
      const here = aProcess(4);
      // Of another machine: one of this process's number would be taken for dead.
      const there = aProcess(4, 'elsewhere:1:x');
      const first = await begin(here.runner, 'visit');
      await here.visiting.arrived;
      const second = await begin(there.runner, 'visit');
      await until('its row in the queue', async () => {
        const { data } = await database.db.from('login_waits').select('holder').eq('login', 'cole:TX');
        return data?.length === 1 ? true : undefined;
      });
      const third = await begin(here.runner, 'visit');
      await until('the third to wait', async () =>
        (await database.store.runs.get(third))?.progress.detail === undefined ? undefined : true,
      );
      here.visiting.open();
      await there.visiting.arrived;
      expect(here.visits).toEqual([first]);
      there.visiting.open();
      for (const id of [first, second, third]) expect(await over(id)).toMatchObject({ status: 'success' });
      expect(here.visits).toEqual([first, third]);
    });
  });
});
