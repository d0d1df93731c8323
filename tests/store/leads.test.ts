import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookKey, IngestedRow, PlannedSource } from '../../pipeline/ports/leads.ts';
import type { Judgement, Month, Zip } from '../../pipeline/vocabulary.ts';
import { lakeside } from '../support/clients.ts';
import { newRun } from '../support/new-run.ts';
import { unverifiedRow } from '../support/rows.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

const month = '2027-03' as Month;
const zip = (text: string) => text as Zip; // five digits, written here
const cleaned: Judgement = { state: 'cleaned', reason: null };

function rows(count: number, place: string, from = 1): IngestedRow[] {
  return Array.from({ length: count }, (_, index) =>
    unverifiedRow(index + 1, month, {
      First_Name: 'JOHN',
      Last_Name: 'SMITH',
      Address_1: `${from + index} Oak St`,
      State: 'TX',
      Zip: place,
      Email_Address: `john${from + index}@example.com`,
      Purchase_Date: '03/09/2015',
      Home_Value: '$350,000',
      Head_Household: 'Y',
    }),
  );
}

const part = (name: string, zips: string[], more: Partial<PlannedSource> = {}): PlannedSource => ({
  name,
  state: 'TX',
  zips: zips.map(zip),
  slice: [],
  expected: 10,
  sliceNo: 1,
  sliceCount: 1,
  ...more,
});

const facts = (parsed: number) => ({
  parsed,
  quarantined: 0,
  sha256: 'f00d',
  originalRows: parsed,
  headerStyle: 'sop',
  droppedColumns: ['Race'],
  fileKey: null,
  note: null,
});

describe.each(engines)('on %s', (engine) => {
  let it: TestStore;
  let runs = 0;
  beforeAll(async () => {
    it = await openTestStore(engine);
    for (const slug of ['big', 'twice', 'slices', 'giver', 'taker', 'uploader', 'again', 'one', 'other', 'waiting']) {
      await it.store.clients.save({ ...lakeside, slug, name: slug });
    }
  });
  afterAll(() => it.close());

  const book = (client: string): BookKey => ({ client, month, filtersKey: '' });
  const startRun = async (client: string) => {
    runs += 1;
    const { run } = await it.store.runs.start(
      newRun({ client, month, key: `k${runs}`, requestedBy: 'U1', channel: 'C1' }),
    );
    return run.id;
  };
  /** An export of `count` rows of one ZIP, stored. */
  const pull = async (client: string, place: string, count: number, from = 1) => {
    const run = await startRun(client);
    const [source] = await it.store.leads.plan(run, book(client), 'first', [part(`TX ${place}`, [place])]);
    await it.store.leads.ingest(source?.id ?? 0, rows(count, place, from));
    await it.store.leads.stored(source?.id ?? 0, facts(count));
    return { run, source: source?.id ?? 0 };
  };
  const clean = async (client: string) => {
    const all = await it.store.leads.rowsToJudge(book(client));
    await it.store.leads.judge(
      book(client),
      all.map(({ id }) => ({ id, judgement: cleaned })),
    );
  };

  test('a month of 2,500 rows is read whole, in the order of export and line', async () => {
    await pull('big', '75034', 2_500);
    const read = await it.store.leads.rowsToJudge(book('big'));
    expect(read.map(({ lead }) => lead.address)).toEqual(rows(2_500, '75034').map(({ lead }) => lead?.address));
    expect(await it.store.leads.rawCount(book('big'))).toBe(2_500);
    expect(await it.store.leads.unverified(book('big'))).toHaveLength(2_500);
    await clean('big');
    expect(await it.store.leads.counts(book('big'))).toEqual({ cleaned: 2_500 });
    expect(await it.store.leads.cleaned(book('big'))).toHaveLength(2_500);
  });

  test('the same export stored twice is stored once, and planned twice keeps its place', async () => {
    const run = await startRun('twice');
    const plan = () =>
      it.store.leads.plan(run, book('twice'), 'first', [part('TX 1', ['75034']), part('TX 2', ['75035'])]);
    const [first, second] = [await plan(), await plan()];
    expect(second).toEqual(first);
    expect(first.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    const id = first[0]?.id ?? 0;
    await it.store.leads.ingest(id, rows(5, '75034'));
    await it.store.leads.ingest(id, rows(5, '75034'));
    await it.store.leads.stored(id, facts(5));
    await it.store.leads.stored(id, facts(5));
    expect(await it.store.leads.rawCount(book('twice'))).toBe(5);
    expect(await it.store.leads.missingZips(book('twice'), [zip('75034'), zip('75035')])).toEqual(['75035']);
    expect(await it.store.leads.missingZips({ ...book('twice'), filtersKey: 'a=b' }, [zip('75034')])).toEqual([
      '75034',
    ]);
  });

  test('a ZIP in slices is missing until its last slice is stored', async () => {
    const run = await startRun('slices');
    const sources = await it.store.leads.plan(run, book('slices'), 'first', [
      part('TX 1', ['75034'], { sliceNo: 1, sliceCount: 2 }),
      part('TX 2', ['75034'], { sliceNo: 2, sliceCount: 2 }),
    ]);
    await it.store.leads.stored(sources[0]?.id ?? 0, facts(0));
    expect(await it.store.leads.missingZips(book('slices'), [zip('75034')])).toEqual(['75034']);
    expect(await it.store.leads.storedSlices(book('slices'), [zip('75034')])).toEqual([
      { zip: '75034', slice: [], sliceNo: 1, sliceCount: 2 },
    ]);
    expect(await it.store.leads.storedSlices(book('slices'), [zip('75035')])).toEqual([]);
    await it.store.leads.stored(sources[1]?.id ?? 0, facts(0));
    expect(await it.store.leads.missingZips(book('slices'), [zip('75034')])).toEqual([]);
  });

  test('only rows whose check was still at work may get a verdict by waiting', async () => {
    await pull('waiting', '75034', 3);
    const { batches } = it.store;
    const rows = await it.store.leads.unverified(book('waiting'));
    const batch = await batches.make({
      runId: await startRun('waiting'),
      client: 'waiting',
      month,
      name: 'one',
      rows: 3,
      fileKey: 'x',
    });
    expect(await batches.awaiting('waiting', month)).toBe(0);
    const ids = rows.map(({ id }) => id);
    await batches.submitted(batch.id, 'table', ids);
    expect(await batches.awaiting('waiting', month)).toBe(3);
    await it.store.leads.verdicts(book('waiting'), [{ id: ids[0] ?? 0, verdict: 'Risky' }]);
    await batches.collected(batch.id, { verdicts: 1, ended: false });
    expect(await batches.awaiting('waiting', month)).toBe(2);
    await batches.collected(batch.id, { verdicts: 1, ended: true });
    expect(await batches.awaiting('waiting', month)).toBe(0);
    expect(await batches.unfinished('waiting', month)).toHaveLength(1);
  });

  test('the same household at two clients is a cleaned lead of both, twice at one client it cannot be', async () => {
    await pull('one', '75034', 1);
    await pull('other', '75034', 1);
    await clean('one');
    await clean('other');
    expect(await it.store.leads.counts(book('one'))).toEqual({ cleaned: 1 });
    expect(await it.store.leads.counts(book('other'))).toEqual({ cleaned: 1 });
    await pull('one', '75035', 1);
    await expect(clean('one')).rejects.toThrow(/23505: constraint "cleaned_leads_client_month_email_key"/);
  });

  test('a lead that is not cleaned any more leaves the cleaned ones, unless it was uploaded', async () => {
    await pull('uploader', '75034', 2);
    await clean('uploader');
    await it.db.from('cleaned_leads').update({ batch_id: 7 }).match({ client: 'uploader', email: 'john1@example.com' });
    const read = await it.store.leads.rowsToJudge(book('uploader'));
    expect(read.map(({ pinned }) => pinned)).toEqual([true, false]);
    await it.store.leads.judge(
      book('uploader'),
      read.map(({ id }) => ({ id, judgement: { state: 'rejected', reason: 'Invalid' } })),
    );
    expect(await it.store.leads.cleaned(book('uploader'))).toMatchObject([{ uploaded: true }]);
  });

  test('a ZIP moves once: rows of the donor are `moved`, the receiver gets fresh ones with their verdicts', async () => {
    await pull('giver', '75034', 3);
    await pull('giver', '75035', 2, 10);
    const read = await it.store.leads.rowsToJudge(book('giver'));
    await it.store.leads.verdicts(
      book('giver'),
      read.map(({ id }) => ({ id, verdict: 'Safe to Send' })),
    );
    await clean('giver');
    const run = await startRun('taker');
    const [source] = await it.store.leads.plan(run, book('taker'), 'top-up 1', [
      part('moved from giver', ['75034'], { origin: 'moved' }),
    ]);
    const moved = { rows: 3, zips: ['75034'], refused: [] };
    expect(await it.store.leads.move(source?.id ?? 0, 'giver', 2)).toEqual(moved);
    expect(await it.store.leads.move(source?.id ?? 0, 'giver', 2)).toEqual(moved);
    expect(await it.store.leads.counts(book('giver'))).toEqual({ cleaned: 2, moved: 3 });
    expect(await it.store.leads.counts(book('taker'))).toEqual({ unverified: 3 });
    expect((await it.store.leads.rowsToJudge(book('taker'))).map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 3 }, () => 'Safe to Send'),
    );
    expect(await it.store.leads.missingZips(book('taker'), [zip('75034')])).toEqual([]);
    expect(await it.store.leads.zipCounts(book('giver'))).toMatchObject([{ zip: '75035', cleaned: 2 }]);
  });

  test('what the donor has uploaded does not move', async () => {
    await it.db.from('cleaned_leads').update({ batch_id: 9 }).match({ client: 'giver', zip: '75035' });
    const run = await startRun('taker');
    const [source] = await it.store.leads.plan(run, book('taker'), 'top-up 2', [
      part('moved from giver', ['75035'], { origin: 'moved' }),
    ]);
    const stays = { rows: 0, zips: [], refused: [{ zip: '75035', why: 'listed' }] };
    expect(await it.store.leads.move(source?.id ?? 0, 'giver', 0)).toEqual(stays);
    expect(await it.store.leads.move(source?.id ?? 0, 'giver', 0)).toEqual(stays);
    expect(await it.store.leads.counts(book('giver'))).toEqual({ cleaned: 2, moved: 3 });
  });

  test('after a refresh the older rows go, but for those that were uploaded', async () => {
    await pull('again', '75034', 3);
    await clean('again');
    await it.db.from('cleaned_leads').update({ batch_id: 8 }).match({ client: 'again', email: 'john2@example.com' });
    const { run } = await pull('again', '75034', 4, 100);
    expect(await it.store.leads.replace(book('again'), [zip('75034')], run)).toBe(2);
    const left = (await it.store.leads.rowsToJudge(book('again'))).map(({ lead }) => lead.email);
    expect(left).toEqual(['john2@example.com', ...[100, 101, 102, 103].map((number) => `john${number}@example.com`)]);
  });
});
