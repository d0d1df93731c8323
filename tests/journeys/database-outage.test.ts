import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { channel, seldom } from '../support/app.ts';
import { lookInto } from '../support/store.ts';
import { resumed, settled, startOutageWorld, type OutageWorld } from '../support/outage-world.ts';

const minute = 60_000;
jest.setTimeout(15 * minute);

describe('a database that is away for longer than leases and retries', () => {
  let world: OutageWorld;
  beforeAll(async () => {
    world = await startOutageWorld({
      lease: { seconds: 6, beatMs: 1_000, marginMs: 2_000 },
      ...(process.env.TEST_LOG && { log: process.env.TEST_LOG }),
    });
  }, 10 * minute);
  afterAll(() => world.close());

  test('a raw pull, a wait for verdicts, an upload and a poll go on by themselves, and nothing is done twice', async () => {
    const { it, proxy, bison, intent, runs } = world;
    await proxy.shut('refused');
    const ids = Object.values(runs).map(({ id }) => id);
    await it.people.operator.waitFor(
      'leases that ran out long ago',
      seldom(async () => {
        const { data } = await lookInto(it.dataDir, (db) =>
          db.from('agent_runs').select('lease_until').in('id', ids).eq('status', 'running'),
        );
        const longAgo = new Date(Date.now() - 12_000).toISOString();
        return data?.every((row) => new Date(row.lease_until ?? '').toISOString() < longAgo) ? true : undefined;
      }),
      2 * minute,
    );
    await proxy.open();
    await resumed(world);
    const ends = await settled(world);
    expect(ends.map(({ status, error }) => ({ status, error }))).toEqual(
      ends.map(() => ({ status: expect.stringMatching(/^(success|waiting)$/), error: null })),
    );
    const errors = await Promise.all(ids.map((id) => it.store.runs.errors(id)));
    expect(errors.flat()).toEqual([]);
    expect(Object.values(bison.stats().listsByName).every((times) => times === 1)).toBe(true);
    const { repeated, credits } = await intent.zoominfo();
    expect(repeated).toEqual([]);
    expect((await it.store.runs.get(runs.intent.id))?.creditsUsed).toBe(credits.charged);
    const clay = await world.vendors.clay.stats();
    expect(clay.creditsSpent).toBe(clay.tables.reduce((sum, table) => sum + table.rows, 0));
    const firsts = (await it.people.operator.messages(channel)).filter(({ isApp, ephemeral }) => isApp && !ephemeral);
    const cards = firsts.filter(({ text }) => text.includes('Upload ·'));
    expect(cards.length).toBeLessThanOrEqual(1);
  });
});
