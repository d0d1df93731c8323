import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres, { type Sql } from 'postgres';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

// PGlite does one statement after another: nothing is under way there while a run is taken over.
const where = engines.includes('PostgreSQL') ? describe : describe.skip;

where('while a statement of the old attempt is under way', () => {
  let it: TestStore;
  let old: Sql;
  beforeAll(async () => {
    it = await openTestStore('PostgreSQL');
    old = postgres(it.postgresUrl ?? '', { max: 1, onnotice: () => undefined });
    await it.store.clients.save(lakeside);
  }, 60_000);
  afterAll(async () => {
    await old.end();
    await it.close();
  });

  test('nobody takes the run over; after it somebody does, and the next statement is refused', async () => {
    const { run } = await it.store.runs.start(newRun());
    const claim = (holder: string, from?: string) =>
      it.db.rpc('claim_run', { p_run: run.id, p_holder: holder, p_seconds: 60, ...(from && { p_break: from }) });
    const { data: first } = await claim('old');
    const { fence } = first as { fence: number }; // claim_run answers with the run's row
    const headers = JSON.stringify({ 'x-leadops-fence': `${run.id}:${fence}` });
    await old.begin(async (sql) => {
      await sql`select set_config('request.headers', ${headers}, true)`;
      // It touches no row of the run, whose own lock would keep others out as well.
      await sql`select lock_leads('lakeside', '2027-03')`;
      expect((await claim('new', 'old')).data).toBeNull();
    });
    expect((await claim('new', 'old')).data).toMatchObject({ lease_holder: 'new' });
    const late = old.begin(async (sql) => {
      await sql`select set_config('request.headers', ${headers}, true)`;
      await sql`select lock_leads('lakeside', '2027-03')`;
    });
    await expect(late).rejects.toThrow(/LF001/);
  });
});
