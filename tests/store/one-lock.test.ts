import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres, { type Sql } from 'postgres';
import type { Month, Zip } from '../../pipeline/vocabulary.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const month = '2027-03' as Month;

/** Everything that changes who is in a month, moves, judges or lists its leads. */
const changes: Readonly<Record<string, string>> = {
  'rows of an export': `select ingest_leads(SOURCE, '[]')`,
  'a move to this month': `select move_zips(SOURCE, 'donor', 0)`,
  'a move from this month': `select move_zips(DONORS, 'one', 0)`,
  'ZIPs replaced': `select replace_zips('one', '2027-03', '{}', null)`,
  verdicts: `select set_verdicts('one', '2027-03', '[]')`,
  judgements: `select apply_judgements('one', '2027-03', '[]')`,
  'the reserve': `select set_reserve('one', '2027-03', '{}')`,
  'a list planned': `select plan_list('one', '2027-03', null, '{}', '{}')`,
  'plans given up': `select drop_planned_lists('one', '2027-03')`,
  'leads suppressed': `select suppress_leads('one', '2027-03', '{}')`,
};

// PGlite does one statement after another, so that nothing waits there.
const where = engines.includes('PostgreSQL') ? describe : describe.skip;

where('whoever changes a month of a client waits for who is at it', () => {
  let it: TestStore;
  let held: Sql;
  let other: Sql;
  let watcher: Sql;
  const ids: Record<string, number> = {};
  const connect = () => postgres(it.postgresUrl ?? '', { max: 1, onnotice: () => undefined });

  beforeAll(async () => {
    it = await openTestStore('PostgreSQL');
    [held, other, watcher] = [connect(), connect(), connect()];
    for (const [name, slug] of [
      ['SOURCE', 'one'],
      ['DONORS', 'donor'],
    ] as const) {
      await it.store.clients.save({ ...lakeside, slug, name: slug });
      const { run } = await it.store.runs.start(newRun({ client: slug, month, key: slug, dryRun: true }));
      const part = { state: 'TX', slice: [], expected: 1, sliceNo: 1, sliceCount: 1, zips: ['75034' as Zip] };
      const book = { client: slug, month, filtersKey: '' };
      const [source] = await it.store.leads.plan(run.id, book, 'first', [{ ...part, name: slug, origin: 'moved' }]);
      ids[name] = source?.id ?? 0;
    }
  }, 60_000);
  afterAll(async () => {
    await Promise.all([held.end(), other.end(), watcher.end()]);
    await it.close();
  });

  test.each(Object.keys(changes))('%s', async (name) => {
    const statement = (changes[name] ?? '').replace(/SOURCE|DONORS/, (which) => String(ids[which]));
    const order: string[] = [];
    // What it says without its arguments is another test's; when it says it is this one's.
    const ended = () => void order.push('changed');
    await held.begin(async (sql) => {
      await sql`select lock_leads('one', ${month})`;
      const changing = other.unsafe(statement).then(ended, ended);
      const waits = async () =>
        (await watcher`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
          .length > 0;
      while (order.length === 0 && !(await waits()));
      order.push('let go');
      return { changing };
    });
    await other`select 1`;
    expect(order).toEqual(['let go', 'changed']);
  });
});
