import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Month, Zip } from '../../pipeline/vocabulary.ts';
import { TakenOver } from '../../src/store/db.ts';
import type { Store } from '../../src/store/index.ts';
import { bookOf } from '../support/app.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const month = '2027-03' as Month; // a real month, written here
const key = { client: 'lakeside', month };
const now = new Date('2027-01-15T15:00:00Z');
const planned = {
  name: 'nj 1/1',
  state: 'NJ',
  zips: ['07001' as Zip],
  slice: [],
  sliceNo: 1,
  sliceCount: 1,
  expected: 1,
};
const window = { index: 1, start: '2027-03-01', end: '2027-03-07' };
const clock = { now: () => now };

/** Every write a run has, by its name: `id` is the run, `source`, `batch` and `list` are of it. */
const writes: Readonly<
  Record<string, (store: Store, it: { id: string; source: number; batch: number; list: number }) => Promise<unknown>>
> = {
  'a step begun': (store, { id }) => store.runs.stepStarted(id, 's'),
  'a step done': (store, { id }) => store.runs.stepDone(id, 's', 1),
  progress: (store, { id }) => store.runs.saveProgress(id, { phase: 'p' }),
  'a part of the summary': (store, { id }) => store.runs.mergeSummary(id, { a: 1 }),
  'a round of questions': (store, { id }) =>
    store.approvals.ask(
      id,
      'r',
      [{ key: 'k', kind: 'question', payload: {}, marked: true, requiredRole: 'operator' }],
      new Date(),
    ),
  'what Pick ZIPs offers': (store, { id }) => store.approvals.offer(id, 'r', { gap: 1, picks: [] }),
  'a round taken back': (store, { id }) => store.approvals.supersede(id, 'r'),
  'a message': (store, { id }) =>
    store.messages.want({ runId: id, purpose: 'card', channel: 'C1', text: 't', blocks: [] }),
  'a plan of exports': (store, { id }) => store.leads.plan(id, bookOf(lakeside), 'second', [planned]),
  'an export asked for': (store, { source }) => store.leads.asking(source, { shown: 1, recount: false }),
  'leads of an export': (store, { source }) =>
    store.leads.ingest(source, [
      { line: 1, fields: {}, judgement: { state: 'quarantined', reason: 'x' }, renewalDate: null, householdKey: null },
    ] as never),
  'an export stored': (store, { source }) =>
    store.leads.stored(source, {
      parsed: 1,
      quarantined: 0,
      sha256: 'x',
      originalRows: 1,
      headerStyle: 'a',
      droppedColumns: [],
      fileKey: null,
      note: null,
    }),
  'rows replaced': (store, { id }) => store.leads.replace(bookOf(lakeside), ['07001' as Zip], id),
  judgements: (store) =>
    store.leads.judge(bookOf(lakeside), [{ id: 1, judgement: { state: 'rejected', reason: 'x' } }] as never),
  verdicts: (store) => store.leads.verdicts(bookOf(lakeside), [{ id: 1, verdict: 'Risky' }]),
  'the reserve': (store) => store.leads.reserve(bookOf(lakeside), []),
  'the month’s totals': (store) => store.leads.saveMonth(bookOf(lakeside), { count: 1, target: 1, gap: 0, reserve: 0 }),
  'ZIPs moved': (store, { source }) => store.leads.move(source, 'lakeside', 0),
  'a higher limit': (store) => store.clients.relaxHomeValueLimit('lakeside', month, 1),
  'a validation batch': (store, { id }) =>
    store.batches.make({ runId: id, ...key, name: 'second', rows: 1, fileKey: 'f' }),
  'a batch handed in': (store, { batch }) => store.batches.submitted(batch, 'ref', []),
  'a batch collected': (store, { batch }) => store.batches.collected(batch, { verdicts: 1, ended: true }),
  'leads taken out of an upload': (store) => store.uploads.suppress(key, [1]),
  'plans given up': (store) => store.uploads.dropPlanned(key),
  'a list planned': (store, { id }) =>
    store.uploads.plan(key, id, { window: window as never, workspace: 'w', leads: [1] }),
  'a list begun': (store, { list }) => store.uploads.begin(list, { name: 'n', rows: 1 }),
  'a list made': (store, { list }) => store.uploads.made(list, '7' as never),
  'a list counted': (store, { list }) => store.uploads.counted(list, { accepted: 1, failed: 0, note: null }),
  'an empty list dropped': (store, { list }) => store.uploads.dropEmpty(list),
  'a list left out': (store, { list }) => store.evergreen.leaveOut('lakeside', [list]),
  'a campaign chosen': (store) => store.evergreen.chosen('lakeside', '41' as never, null),
  'a campaign’s switch': (store) => store.evergreen.tell('lakeside', { reputation_building: true }),
  'a campaign taken': (store, { id }) => store.evergreen.take('lakeside', id),
  'credits reserved': (store, { id }) => store.credits(clock).reserve(id, '2027-01-11' as never, 5, 500),
  'a batch’s number': (store, { id }) => store.intentBatches.number(id, '2027-01-15' as never),
  'a batch of contacts': (store, { id }) =>
    store.intentBatches.store({ id: 'B1', runId: id, day: '2027-01-15', fileKey: 'f', leads: [] } as never),
};

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  let run: { id: string; source: number; batch: number; list: number };
  /** As the attempt that was taken over has it, and as its successor has it. */
  let old: Store;
  let next: Store;
  let before: unknown;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await it.store.clients.save(lakeside);
    const { run: started } = await it.store.runs.start(newRun({ ...key, askedAt: now }));
    const { id } = started;
    const first = await it.store.runs.claim(id, 'a', 60);
    old = it.store.of({ run: id, fence: first?.fence ?? 0 });
    const [source] = await old.leads.plan(id, bookOf(lakeside), 'first', [planned]);
    const batch = await old.batches.make({ runId: id, ...key, name: 'b', rows: 1, fileKey: 'f' });
    const { data: list } = await it.db
      .from('client_lead_batches')
      .insert({
        ...key,
        workspace: 'w',
        window_no: 2,
        window_start: '2027-03-08',
        window_end: '2027-03-14',
        part: 1,
        rows: 0,
        run_id: id,
      })
      .select('id')
      .single();
    run = { id, source: source?.id ?? 0, batch: batch.id, list: list?.id ?? 0 };
    const second = await it.store.runs.claim(id, 'b', 60, 'a');
    next = it.store.of({ run: id, fence: second?.fence ?? 0 });
    before = await everything();
  });
  afterAll(() => it.close());

  test.each(Object.keys(writes))('%s of an attempt that was taken over is refused', async (name) => {
    await expect(writes[name]?.(old, run)).rejects.toBeInstanceOf(TakenOver);
  });

  test('and none of it was written', async () => {
    expect(await everything()).toEqual(before);
  });

  test('the new attempt writes, and a person’s decision needs no fence', async () => {
    await next.runs.stepDone(run.id, 'step', { a: 1 });
    await next.runs.saveProgress(run.id, { phase: 'p' });
    await next.leads.asking(run.source, { shown: 3, recount: true });
    expect(await it.store.runs.steps(run.id)).toEqual([{ name: 'step', status: 'done', output: { a: 1 } }]);
    expect((await it.store.runs.get(run.id))?.progress).toEqual({ phase: 'p' });
    await it.store.runs.mergeSummary(run.id, { told: true });
    expect((await it.store.runs.get(run.id))?.summary).toEqual({ told: true });
  });

  test('a heartbeat and an end of another attempt of the same holder are refused', async () => {
    const claimed = await it.store.runs.claim(run.id, 'b', 60, 'b');
    const fence = claimed?.fence ?? 0;
    expect(await it.store.runs.beat(run.id, 'b', 60, fence - 1)).toEqual({ held: false, cancel: null });
    expect(await it.store.runs.leave(run.id, 'b', 'success', {}, fence - 1)).toBeNull();
    expect((await it.store.runs.beat(run.id, 'b', 60, fence)).held).toBe(true);
  });

  test('what a vendor’s answer cost is written down whoever has the run by then', async () => {
    const weekly = '2027-01-11' as never;
    const claimed = await it.store.runs.claim(run.id, 'c', 60, 'b');
    const mine = it.store.of({ run: run.id, fence: claimed?.fence ?? 0 }).credits(clock);
    await mine.reserve(run.id, weekly, 5, 500);
    await mine.draw(run.id, 'call', 5);
    await it.store.runs.claim(run.id, 'd', 60, 'c');
    await expect(mine.draw(run.id, 'another', 5)).rejects.toBeInstanceOf(TakenOver);
    await mine.settle(run.id, 'call', 4, {}, {});
    expect(await it.store.credits(clock).used(run.id)).toEqual({ spent: 4, unsettled: 0 });
  });

  test('many parts of one summary at once, and many askings of one export: none is lost', async () => {
    const before = (await it.store.leads.source(run.source)).asked;
    const { fence = 0 } = (await it.store.runs.claim(run.id, 'e', 60, 'd')) ?? {};
    const own = it.store.of({ run: run.id, fence });
    const parts = Array.from({ length: 20 }, (_, n) => n);
    await Promise.all(parts.map((n) => own.runs.mergeSummary(run.id, { [`part ${n}`]: n })));
    await Promise.all(parts.map((n) => own.leads.asking(run.source, { shown: 3, recount: n === 7 })));
    const summary = (await it.store.runs.get(run.id))?.summary ?? {};
    expect(parts.filter((n) => summary[`part ${n}`] !== n)).toEqual([]);
    expect(await it.store.leads.source(run.source)).toMatchObject({ asked: before + 20, recounted: true });
  });

  async function everything() {
    const tables = [
      'agent_steps',
      'approvals',
      'gap_rounds',
      'slack_messages',
      'lead_sources',
      'raw_leads',
      'client_zipcodes',
    ] as const;
    const more = ['validation_batches', 'client_lead_batches', 'client_months', 'monthly_cleaned_leads'] as const;
    const others = ['evergreen_campaigns', 'intent_reservations', 'intent_numbers', 'intent_batches'] as const;
    const rows = await Promise.all([...tables, ...more, ...others].map((table) => it.db.from(table).select('*')));
    const { data: own } = await it.db.from('agent_runs').select('progress,summary').eq('id', run.id).single();
    return [...rows.map(({ data }) => data), own];
  }
});
