import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { valuesOf } from '../../sandbox/demo/look.ts';
import { runOver, seen } from '../support/app.ts';
import { startPulls, type Pulls } from '../support/pulls.ts';
import { lookInto } from '../support/store.ts';

const minutes = 60_000;
jest.setTimeout(30 * minutes);

describe('when rows, formulas or verdicts are not what they should be', () => {
  let world: Pulls;
  beforeAll(async () => {
    world = await startPulls({ grove: 'raw', heron: 'refinement', ivory: 'refinement' });
  });
  afterAll(() => world.close());

  /** Once five verdicts alone are missing, the wait for them began long ago. */
  async function waitedTooLong(): Promise<void> {
    const run = await world.it.people.operator.waitFor(
      'the last five verdicts',
      async () => {
        const [newest] = await world.it.store.runs.recent({ client: 'ivory', limit: 1 });
        const { done = 0, of = 0 } = newest?.progress ?? {};
        return of > 0 && of - done === 5 ? newest : undefined;
      },
      6 * minutes,
    );
    const { error } = await lookInto(world.it.dataDir, (db) =>
      db
        .from('agent_steps')
        .update({ output: { value: 0 } })
        .eq('run_id', run.id)
        .like('name', '%every e-mail checked: since'),
    );
    expect(error).toBeNull();
  }

  test('rows of another month and of a ZIP nobody asked for are kept apart with their reason', async () => {
    await world.vendors.fault('cole', { wrongMonth: 4, foreignZip: 3 });
    try {
      expect((await runOver(world.it, () => world.pull('grove'), 4 * minutes)).status).toBe('success');
    } finally {
      await world.vendors.fault('cole', { wrongMonth: 0, foreignZip: 0 });
    }
    expect(await world.counts('grove')).toMatchObject({
      'quarantined: wrong month': 4,
      'quarantined: zip not asked for': 3,
    });
  });

  test('a wrong formula stops the pull with examples, and no verdict is stored', async () => {
    await world.vendors.fault('clay', { wrongFormula: 'day' });
    const run = await runOver(world.it, () => world.pull('heron'), 4 * minutes);
    await world.vendors.fault('clay', { wrongFormula: false });
    expect(run).toMatchObject({ status: 'failed', errorType: 'DATA_VALIDATION' });
    expect(run.error).toMatch(/formulas differ from ours in \d+ of \d+ rows.*purchaseDay: ".*" should be ".*"/s);
    expect((await world.counts('heron')).cleaned).toBeUndefined();
    const failed = await world.card('Heron', 'failed');
    expect(valuesOf(failed, 'run_retry')).toEqual([run.id]);
  });

  test('verdicts that come too late are picked up by a button', async () => {
    await world.vendors.fault('clay', { stuckValidation: 5 });
    const over = runOver(world.it, () => world.pull('ivory'), 6 * minutes);
    await waitedTooLong();
    const run = await over;
    expect(run.status).toBe('success');
    expect((await world.counts('ivory')).unverified).toBe(5);
    const paid = (await world.vendors.clay.stats()).creditsSpent;
    await world.vendors.fault('clay', { stuckValidation: 0 });
    const report = await seen(world.it.people.operator, /5 rows had no e-mail verdict/);
    const again = await runOver(
      world.it,
      () => world.it.people.operator.click(report, 'Pick up late verdicts'),
      4 * minutes,
    );
    expect(again.status).toBe('success');
    expect((await world.counts('ivory')).unverified).toBeUndefined();
    expect((await world.vendors.clay.stats()).creditsSpent).toBe(paid);
  });
});
