import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { householdsOf } from '../../sandbox/households/index.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import { approveUntilOver, bookOf, channel, seen, startTestSlack, type TestSlack } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { startAppProcess, type AppProcess } from '../support/process.ts';
import { smallWorld, startVendors, type Vendors } from '../support/vendors.ts';

const minutes = 60_000;
jest.setTimeout(45 * minutes);

const zips = ['75035', '75070', '74012'];
const client: Client = { ...lakeside, channel, target: 190 };

describe('a process that is killed again and again', () => {
  let vendors: Vendors;
  let it: TestSlack;
  let app: AppProcess;
  let kills = 0;
  /** How often an export had been asked for when a kill found its file whole on our disk, by source. */
  const whole = new Map<number, number>();
  beforeAll(async () => {
    // Slow enough to be caught in the middle.
    vendors = await startVendors(smallWorld, { download: 2_500, validationRowsPerSecond: 30 });
    it = await startTestSlack({ clients: [{ client, zips }], environment: vendors.environment });
    await vendors.setUp(it.store);
    app = await startAppProcess(it.environment);
  });
  afterAll(async () => {
    await app.stop();
    await it.close();
    await vendors.close();
  });

  /** Waits for the moment, kills the process in it, and starts it again. */
  async function killWhen(what: string, moment: () => Promise<boolean> | boolean): Promise<void> {
    const deadline = Date.now() + 4 * minutes;
    while (!(await moment())) {
      if (Date.now() > deadline) throw new Error(`it never came to this: ${what}`);
      await new Promise((again) => setTimeout(again, 60));
    }
    await app.kill();
    kills += 1;
    for (const { id, asked } of await sources()) {
      if (wholeFiles().some((name) => name.endsWith(`-${id}.csv`))) whole.set(id, asked);
    }
    app = await startAppProcess(it.environment);
  }

  const sources = async () => {
    const [run] = await it.store.runs.recent({ limit: 1 });
    return run ? it.store.leads.sourcesOf(run.id) : [];
  };
  const steps = async () => {
    const [run] = await it.store.runs.recent({ limit: 1 });
    return run ? it.store.runs.steps(run.id) : [];
  };
  const isDone = async (pattern: RegExp) =>
    (await steps()).some((step) => pattern.test(step.name) && step.status === 'done');
  const wholeFiles = () => {
    const folder = join(it.dataDir, 'work');
    return existsSync(folder) ? readdirSync(folder).filter((name) => /^[^.]+\.csv$/.test(name)) : [];
  };

  test('goes on by itself at every point up to the gap, and repeats nothing the outside can see', async () => {
    const { operator } = it.people;
    await operator.say(channel, '/pull-leads lakeside 2027-03');
    await killWhen('a search at Cole', () => vendors.cole.stats().searches > 0);
    await killWhen('a file on its way', () => vendors.cole.stats().exports > vendors.cole.stats().exportsCompleted);
    await killWhen(
      'a whole file on our disk',
      async () => wholeFiles().length > 0 && !(await isDone(/^announce raw pull/)),
    );
    await killWhen('a table in Clay', async () => (await vendors.clay.stats()).tablesMade > 0);
    await killWhen('e-mails being checked', async () => (await vendors.clay.stats()).creditsSpent > 5);
    await killWhen('results being collected', async () => (await vendors.clay.stats()).exports.length > 0);
    const report = await seen(operator, /Please decide/, { timeoutMs: 4 * minutes });
    await killWhen('a question that waits', () => true);

    const raw = zips.flatMap((zip) => householdsOf(smallWorld, zip, 3)).length;
    const counts = await it.store.leads.counts(bookOf(client));
    expect(await it.store.leads.rawCount(bookOf(client))).toBe(raw);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(raw);
    expect(words(report)).toContain('The books balance');
    const clay = await vendors.clay.stats();
    expect(clay.tables.map((table) => table.rows)).toEqual([clay.creditsSpent]);
  });

  test('a top-up that is killed pulls its difference once', async () => {
    const before = vendors.cole.stats();
    const over = approveUntilOver(it, 'pull:lakeside:2027-03', 8 * minutes);
    await killWhen('the top-up’s file on its way', () => vendors.cole.stats().exports > before.exports);
    expect((await over).status).toBe('success');
  });

  test('every export was asked for once, but for those that a kill cut off, and these are named', async () => {
    const all = await sources();
    const repeated = all.filter((source) => source.asked > 1);
    expect(repeated.length).toBeLessThanOrEqual(kills);
    expect(repeated.length).toBeGreaterThan(0);
    // The vendor may have sent a file to its end whose last bytes a kill kept from us: it counts that one as complete.
    const { exportList, concurrentSessionViolations } = vendors.cole.stats();
    for (const { name, zips: asked, asked: times, expected } of all) {
      const entries = exportList.filter((entry) => entry.zips.toSorted().join() === asked.toSorted().join());
      expect(entries.length).toBeLessThanOrEqual(times);
      expect({ name, whole: entries.some(({ completed }) => completed) }).toEqual({ name, whole: expected > 0 });
    }
    expect(concurrentSessionViolations).toBe(0);
    // What was whole on our disk was used: never asked for again.
    expect(whole.size).toBeGreaterThan(0);
    expect(all.filter(({ id }) => whole.has(id)).map(({ id, asked }) => [id, asked])).toEqual([...whole]);
    const { operator } = it.people;
    const card = await seen(operator, /Lead pull · Lakeside Insurance · March 2027 is done/);
    const replies = (await operator.thread(card)).map(words).filter((reply) => reply.includes('was cut off'));
    for (const source of repeated) expect(replies.join('\n')).toContain(`Export ${source.name} was cut off`);
    expect(replies).toHaveLength(repeated.length);
  });

  test('no message was posted twice', async () => {
    const all = (await it.people.operator.messages(channel)).filter((message) => message.isApp && !message.ephemeral);
    const firsts = all.map((message) => message.text.split('\n')[0] ?? '');
    expect(firsts.filter((text) => text.startsWith('✅ Raw Pull Complete'))).toHaveLength(1);
    expect(firsts.filter((text) => text.startsWith('✅ Data Refinement Complete'))).toHaveLength(1);
    expect(firsts.filter((text) => text.includes('Lead pull ·'))).toHaveLength(1);
    expect(all).toHaveLength(4);
  });

  test('no row was stored twice and no e-mail was paid for twice', async () => {
    const pulled = (await it.store.leads.pulledZips(bookOf(client))).flatMap((zip) => householdsOf(smallWorld, zip, 3));
    expect(await it.store.leads.rawCount(bookOf(client))).toBe(pulled.length);
    const clay = await vendors.clay.stats();
    expect(clay.creditsSpent).toBe(clay.tables.reduce((sum, table) => sum + table.rows, 0));
    expect(clay.creditsByAutoUpdate).toBe(0);
  });
});
