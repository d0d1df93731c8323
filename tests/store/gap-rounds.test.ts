import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SuggestionPayload } from '../../pipeline/gap-report.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const round = 'gap 1';
const now = new Date('2027-01-15T15:00:00Z');
const inAnHour = new Date('2027-01-15T16:00:00Z');

const suggestion = (zip: string): SuggestionPayload => ({
  id: `zip:${zip}`,
  kind: 'add',
  level: 3,
  low: 10,
  middle: 20,
  high: 30,
  miles: 4,
  basis: { of: 'cleaned leads per home', rate: 0.1, sample: 50 },
  cost: { exports: 1, validations: 40 },
  zip,
  state: 'TX',
});
const question = (zip: string) => ({
  key: `zip:${zip}`,
  kind: 'suggestion' as const,
  payload: suggestion(zip),
  marked: false,
  requiredRole: 'operator' as const,
});

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save(lakeside);
  });
  afterAll(() => it.close());

  const openRound = async (key: string) => {
    const { run } = await it.store.runs.start(newRun({ key }));
    await it.store.approvals.offer(run.id, round, { gap: 90, picks: [suggestion('75025')] });
    return run.id;
  };
  const pick = (runId: string, zip: string, by = 'U1') =>
    it.store.approvals.pick({ runId, round, questions: [question(zip)], expiresAt: inAnHour, by, now });
  const statesOf = async (runId: string) =>
    (await it.store.approvals.ofRound(runId, round)).map(({ key, state, decidedBy }) => ({ key, state, decidedBy }));

  test('what a round offers is what the step said last, and nothing where none was opened', async () => {
    const id = await openRound('offers');
    expect(await it.store.approvals.offered(id, round)).toEqual({ gap: 90, picks: [suggestion('75025')] });
    await it.store.approvals.offer(id, round, { gap: 80, picks: [] });
    expect(await it.store.approvals.offered(id, round)).toEqual({ gap: 80, picks: [] });
    expect(await it.store.approvals.offered(id, 'gap 2')).toBeNull();
  });

  test('a pick is asked and approved at once, and a waiting run goes on', async () => {
    const id = await openRound('pick');
    await it.store.runs.claim(id, 'w', 60);
    await it.store.approvals.ask(id, round, [question('75034')], inAnHour);
    expect(await it.store.runs.leave(id, 'w', 'waiting', { round })).toBe('waiting');
    expect(await pick(id, '75025')).toMatchObject([{ key: 'zip:75025', state: 'approved', decidedBy: 'U1' }]);
    expect((await it.store.runs.get(id))?.status).toBe('queued');
    expect(await statesOf(id)).toContainEqual({ key: 'zip:75034', state: 'pending', decidedBy: null });
  });

  test('a ZIP that is asked for already is approved as it stands, and only once', async () => {
    const id = await openRound('asked');
    await it.store.approvals.ask(id, round, [question('75034')], inAnHour);
    const answers = await Promise.all([pick(id, '75034', 'U1'), pick(id, '75034', 'U2')]);
    expect(answers.map((changed) => changed?.length).toSorted()).toEqual([0, 1]);
    expect(await statesOf(id)).toHaveLength(1);
  });

  test('a closed round takes no pick, and nothing is written', async () => {
    const id = await openRound('closed');
    await it.store.approvals.supersede(id, round);
    expect(await pick(id, '75025')).toBeNull();
    expect(await pick(id, '75026')).toBeNull();
    expect(await statesOf(id)).toEqual([]);
  });

  test('of picks in the moment a round is closed each is read by the run, or refused', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const id = await openRound(`race ${turn}`);
      const zips = ['75001', '75002', '75003', '75004'];
      const [before, after] = [zips.slice(0, 2), zips.slice(2)];
      const picking = before.map((zip) => pick(id, zip));
      const read = it.store.approvals.supersede(id, round).then(() => statesOf(id));
      picking.push(...after.map((zip) => pick(id, zip)));
      const taken = (await Promise.all(picking)).flatMap((changed) => changed ?? []).map(({ key }) => key);
      // Of those that the run could read after it had closed the round none is missing.
      expect((await read).map(({ key }) => key).toSorted()).toEqual(taken.toSorted());
      expect(await statesOf(id)).toEqual(await read);
    }
  });
});

test('rounds that are open when this version comes are taken over, with whether they are closed', async () => {
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  const at = files.indexOf('20261127110000_gap_rounds.sql');
  const apply = async (names: readonly string[]) => {
    for (const name of names) await database.exec(readFileSync(join(folder, name), 'utf8'));
  };
  const database = await PGlite.create();
  try {
    await apply(files.slice(0, at));
    const output = (gap: number, zips: readonly string[]) =>
      JSON.stringify({ value: { facts: { gap }, questions: [], picks: zips.map(suggestion) } });
    const runs = ['waiting', 'failed', 'success'];
    await database.exec(`insert into agent_runs (id, workflow, key, trigger, status, asked_at)
      select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'pull-leads', 'k' || n, 'manual', s, now()
      from unnest(array['${runs.join("','")}']) with ordinality as r (s, n)`);
    for (const n of [1, 2, 3]) {
      const id = `00000000-0000-0000-0000-00000000000${n}`;
      const step = (name: string, value: string) =>
        database.query(`insert into agent_steps (run_id, name, status, output) values ($1, $2, 'done', $3)`, [
          id,
          name,
          value,
        ]);
      await step('gap 1', output(90, ['75025']));
      await step('gap 1: supersede', JSON.stringify({ value: null }));
      await step('gap 2', output(40, []));
    }
    await apply(files.slice(at));
    const { rows } = await database.query(
      `select right(run_id::text, 1) as run, round, gap, closed, jsonb_array_length(picks) as picks
       from gap_rounds order by 1, 2`,
    );
    const rounds = (run: string) => [
      { run, round: 'gap 1', gap: 90, closed: true, picks: 1 },
      { run, round: 'gap 2', gap: 40, closed: false, picks: 0 },
    ];
    expect(rows).toEqual([...rounds('1'), ...rounds('2')]);
  } finally {
    await database.close();
  }
});
