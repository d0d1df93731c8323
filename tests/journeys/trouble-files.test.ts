import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { words } from '../../sandbox/demo/look.ts';
import { runOver } from '../support/app.ts';
import { startPulls, type Pulls } from '../support/pulls.ts';

const minutes = 60_000;
jest.setTimeout(30 * minutes);

describe('when Cole’s files are not what they should be', () => {
  let world: Pulls;
  beforeAll(async () => {
    world = await startPulls({ delta: 'raw', ember: 'raw', flint: 'raw', jasper: 'raw', kite: 'raw' });
  });
  afterAll(() => world.close());

  test('a file cut off on its way is asked for once more, and said so', async () => {
    await world.vendors.fault('cole', { cutDownload: 1 });
    const run = await runOver(world.it, () => world.pull('delta'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await world.it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: false }]);
    expect(await world.why('delta')).toMatch(/asked for twice \(cut off\)/);
  });

  test('a file with fewer records than were shown is exported anew, once', async () => {
    await world.vendors.fault('cole', { wrongCount: 1 });
    const run = await runOver(world.it, () => world.pull('ember'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await world.it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: true }]);
  });

  test('fewer again: the rows are kept, the difference is named, and a person says whether to go on', async () => {
    await world.vendors.fault('cole', { wrongCount: 2 });
    const over = runOver(world.it, () => world.pull('flint'), 6 * minutes);
    const question = await world.card('Flint', 'Cole’s count and its file differ');
    expect(words(question)).toMatch(/Cole showed \d+ records, its file holds \d+/);
    await world.it.people.operator.click(question, 'Go on with what came');
    const run = await over;
    expect(run.status).toBe('success');
    expect(
      world.vendors.cole
        .stats()
        .exportList.slice(-2)
        .map((entry) => entry.shown - entry.records),
    ).toEqual([3, 3]);
    expect(await world.why('flint')).toMatch(/its file holds/);
  });

  test('"Stop here" stops; Retry goes on with the rows that came', async () => {
    await world.vendors.fault('cole', { wrongCount: 2 });
    const over = runOver(world.it, () => world.pull('jasper'), 6 * minutes);
    await world.it.people.operator.click(await world.card('Jasper', 'Cole’s count and its file differ'), 'Stop here');
    const stopped = await over;
    expect(stopped).toMatchObject({ status: 'failed' });
    const exports = world.vendors.cole.stats().exports;
    await world.it.people.operator.click(
      await world.card('Jasper', 'The pull stopped: .*press Retry'),
      'Retry from the failed step',
    );
    await world.card('Jasper', 'is done');
    expect((await world.it.store.runs.get(stopped.id))?.status).toBe('success');
    expect(world.vendors.cole.stats().exports).toBe(exports);
  });

  test('a file without anything in it is asked for once more', async () => {
    await world.vendors.fault('cole', { emptyFile: 1 });
    const run = await runOver(world.it, () => world.pull('kite'), 4 * minutes);
    expect(run.status).toBe('success');
    expect(await world.it.store.leads.sourcesOf(run.id)).toMatchObject([{ asked: 2, recounted: true }]);
  });
});
