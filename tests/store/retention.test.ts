import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { march } from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { lakeside } from '../support/clients.ts';
import { keepFile } from '../support/keep-file.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';
import { sweepAt } from '../support/sweep-at.ts';

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save({ ...lakeside, slug: 'old' });
    await it.store.clients.save({ ...lakeside, slug: 'busy' });
    for (const client of ['old', 'busy']) {
      const fileKey = `exports/${client}/1.csv`;
      await keepFile(it.store, fileKey);
      await cleanedLeads(it.store, { client, month: march, count: 3, fileKey });
    }
  });
  afterAll(() => it.close());

  const at = (now: string) => sweepAt(it.store, now);
  const counts = (client: string) => it.store.leads.counts({ client, month: march, filtersKey: '' });
  const people = async (client: string) =>
    (await it.db.from('raw_leads').select('id', { count: 'exact', head: true }).eq('client', client)).count;
  const start = async (client: string) => (await it.store.runs.start(newRun({ client, key: `pull:${client}` }))).run.id;

  test('ninety days after March nothing of March is touched yet', async () => {
    expect(await at('2027-06-29T12:00:00Z')).toMatchObject({ months: 0, people: 0 });
    expect(await people('old')).toBe(3);
    expect(await it.store.files.read('exports/old/1.csv')).not.toBeNull();
  });

  test('after that its people and files go and its counts stay, but not under a run that is at work', async () => {
    const run = await start('busy');
    expect(await at('2027-06-30T12:00:00Z')).toMatchObject({ months: 1, people: 3 });
    expect(await people('old')).toBe(0);
    expect(await it.store.files.read('exports/old/1.csv')).toBeNull();
    expect(await counts('old')).toEqual({ cleaned: 3 });
    expect(await people('busy')).toBe(3);
    await it.store.runs.cancel(run, 'test');
    expect(await at('2027-06-30T13:00:00Z')).toMatchObject({ months: 1, people: 3 });
    expect(await at('2027-06-30T14:00:00Z')).toMatchObject({ months: 0, people: 0 });
  });

  test('the pictures of a failure go after thirty days, and what it said stays', async () => {
    const run = await start('old');
    await keepFile(it.store, 'evidence/page.png');
    await it.store.runs.error(run, {
      step: 'export',
      type: 'SELECTOR_MISS',
      message: 'gone',
      screenshot: 'evidence/page.png',
    });
    expect(await at('2027-06-30T15:00:00Z')).toMatchObject({ traces: 0 });
    const monthAgo = new Date(Date.now() - 31 * 86_400_000).toISOString();
    await it.db.from('agent_errors').update({ at: monthAgo }).eq('run_id', run);
    expect(await at('2027-06-30T16:00:00Z')).toMatchObject({ traces: 1 });
    expect(await it.store.files.read('evidence/page.png')).toBeNull();
    expect((await it.store.runs.errors(run))[0]).toMatchObject({ message: 'gone', screenshot: null });
    await it.store.runs.cancel(run, 'test');
  });
});
