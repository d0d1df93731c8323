import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { sweep } from '../../src/retention/index.ts';
import { march } from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { lakeside } from '../support/clients.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save({ ...lakeside, slug: 'old' });
    await it.store.clients.save({ ...lakeside, slug: 'busy' });
    for (const client of ['old', 'busy']) {
      const fileKey = `exports/${client}/1.csv`;
      await keep(fileKey);
      await cleanedLeads(it.store, { client, month: march, count: 3, fileKey });
    }
  });
  afterAll(() => it.close());

  const keep = async (key: string) => {
    const path = await it.store.files.temporary('kept');
    await writeFile(path, 'rows of people');
    await it.store.files.keep(key, path, 'text/csv');
    await it.store.files.remove(path);
  };
  const at = (now: string) =>
    sweep({
      store: it.store,
      clock: { now: () => new Date(now) },
      log: pino({ level: 'silent' }),
      days: 90,
      traceDays: 30,
    });
  const counts = (client: string) => it.store.leads.counts({ client, month: march, filtersKey: '' });
  const people = async (client: string) =>
    (await it.db.from('raw_leads').select('id', { count: 'exact', head: true }).eq('client', client)).count;
  const start = async (client: string) =>
    (
      await it.store.runs.start({
        workflow: 'pull-leads',
        client,
        month: march,
        key: `pull:${client}`,
        trigger: 'manual',
        requestedBy: null,
        channel: null,
        dryRun: false,
        args: {},
        askedAt: new Date(),
      })
    ).run.id;

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
    await keep('evidence/page.png');
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
