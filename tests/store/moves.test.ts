import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BookKey, LeadBook } from '../../pipeline/ports/leads.ts';
import { windowsOf } from '../../pipeline/renewal.ts';
import { judgeMonth } from '../../pipeline/workflows/pull/judge-month.ts';
import { keepReserve } from '../../pipeline/workflows/pull/keep-reserve.ts';
import { lakeside } from '../support/clients.ts';
import { unverifiedRow } from '../support/rows.ts';
import { newRun } from '../support/new-run.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';
import { month as monthOf, zip as zipOf } from '../support/branded.ts';

jest.setTimeout(120_000);
const month = monthOf('2027-03');

describe.each(engines)('ZIPs that move, on %s', (engine) => {
  let it: TestStore;
  let made = 0;
  beforeAll(async () => {
    it = await openTestStore(engine);
  });
  afterAll(() => it.close());

  const book = (client: string): BookKey => ({ client, month, filtersKey: '' });
  const client = async (target = 1) => {
    made += 1;
    const slug = `c${made}`;
    await it.store.clients.save({ ...lakeside, slug, name: slug, target });
    return slug;
  };
  const runOf = async (slug: string) => {
    made += 1;
    const { run } = await it.store.runs.start(newRun({ client: slug, month, key: `k${made}`, dryRun: true }));
    return run.id;
  };
  const planned = async (slug: string, name: string, zips: readonly string[], origin: 'cole' | 'moved') => {
    const run = await runOf(slug);
    const part = { state: 'TX', slice: [], expected: 1, sliceNo: 1, sliceCount: 1, zips: zips.map(zipOf) };
    const [source] = await it.store.leads.plan(run, book(slug), 'first', [{ ...part, name, origin }]);
    return { run, source: source?.id ?? 0 };
  };
  /** Leads of a ZIP, stored and safe to send. */
  const pull = async (slug: string, zip: string, count: number) => {
    const { source } = await planned(slug, zip, [zip], 'cole');
    const rows = Array.from({ length: count }, (_, index) =>
      unverifiedRow(index + 1, month, {
        First_Name: 'ANN',
        Last_Name: 'LOWE',
        Address_1: `${index + 1} Oak St ${zip}`,
        State: 'TX',
        Zip: zip,
        Email_Address: `ann${index + 1}.${zip}@example.com`,
        Purchase_Date: '03/02/2015',
        Home_Value: '$350,000',
        Head_Household: 'Y',
      }),
    );
    await it.store.leads.ingest(source, rows);
    const waiting = await it.store.leads.unverified(book(slug));
    await it.store.leads.verdicts(
      book(slug),
      waiting.map(({ id }) => ({ id, verdict: 'Safe to Send' as const })),
    );
  };
  const moving = async (from: string, to: string, zips: readonly string[], keep: number) => {
    const { source } = await planned(to, `moved from ${from}`, zips, 'moved');
    return () => it.store.leads.move(source, from, keep);
  };
  /** The ports judging needs; the lead book may be another. */
  const portsWith = (leads: LeadBook) => ({ ports: { leads, clients: it.store.clients } });
  const judge = async (slug: string, leads: LeadBook = it.store.leads) => {
    const who = await it.store.clients.get(slug);
    if (who) await judgeMonth(portsWith(leads), who, book(slug));
  };
  const cleanedZips = async (slug: string) => [
    ...new Set((await it.store.leads.cleaned(book(slug))).map(({ zip }) => zip)),
  ];

  test('a ZIP that moves while its donor is being judged stays moved, and the donor is judged again', async () => {
    const [giver, taker] = [await client(), await client()];
    await pull(giver, '75034', 3);
    await pull(giver, '75035', 2);
    await judge(giver);
    await pull(giver, '75036', 2);
    const move = await moving(giver, taker, ['75034', '75036'], 0);
    let reads = 0;
    await judge(giver, {
      ...it.store.leads,
      async rowsToJudge(of) {
        const rows = await it.store.leads.rowsToJudge(of);
        reads += 1;
        if (reads === 1) await move();
        return rows;
      },
    });
    await judge(taker);
    expect(reads).toBe(2);
    expect(await it.store.leads.counts(book(giver))).toEqual({ cleaned: 2, moved: 5 });
    expect(await it.store.leads.counts(book(taker))).toEqual({ cleaned: 5 });
    expect(await cleanedZips(giver)).toEqual(['75035']);
  });

  test('a judgement of rows that moved meanwhile writes nothing, and one without a version leaves them moved', async () => {
    const [giver, taker] = [await client(), await client()];
    await pull(giver, '75034', 2);
    const version = await it.store.leads.version(book(giver));
    const changes = (await it.store.leads.rowsToJudge(book(giver))).map(({ id }) => ({
      id,
      judgement: { state: 'cleaned' as const, reason: null },
    }));
    await (
      await moving(giver, taker, ['75034'], 0)
    )();
    expect(await it.store.leads.judge(book(giver), changes, version)).toBe(false);
    expect(await it.store.leads.judge(book(giver), changes)).toBe(true);
    expect(await it.store.leads.counts(book(giver))).toEqual({ moved: 2 });
    expect(await it.store.leads.cleaned(book(giver))).toEqual([]);
  });

  test('a donor gives no more than its surplus, however many ask in the same moment', async () => {
    const giver = await client(4);
    const takers = [await client(), await client(), await client()];
    const zips = ['75034', '75035', '75036'];
    for (const zip of zips) await pull(giver, zip, 3);
    await judge(giver);
    const moves = await Promise.all(takers.map((taker, n) => moving(giver, taker, [zips[n] ?? ''], 4)));
    const answers = await Promise.all(moves.map((move) => move()));
    expect(answers.flatMap(({ zips: went }) => went)).toHaveLength(1);
    expect(answers.flatMap(({ refused }) => refused.map(({ why }) => why))).toEqual(['target', 'target']);
    expect(await it.store.leads.cleaned(book(giver))).toHaveLength(6);
  });

  test('the surplus is looked at ZIP by ZIP: those it can do without go, the others stay and say why', async () => {
    const [giver, taker, other] = [await client(), await client(), await client()];
    await pull(giver, '75034', 3);
    await pull(giver, '75035', 3);
    await pull(giver, '75036', 1);
    await judge(giver);
    await (
      await moving(giver, other, ['75036'], 0)
    )();
    expect(await (await moving(giver, taker, ['75034', '75035', '75036'], 2))()).toEqual({
      rows: 3,
      zips: ['75034'],
      refused: [
        { zip: '75035', why: 'target' },
        { zip: '75036', why: 'gone' },
      ],
    });
    expect(await it.store.leads.pulledZips(book(taker))).toEqual(['75034']);
  });

  test('a list and a move in the same moment: a ZIP is in one of the two, and the list counts who is in it', async () => {
    const [first] = windowsOf(month);
    const workspace = 'W';
    for (let round = 0; round < 6; round += 1) {
      const [giver, taker] = [await client(), await client()];
      await pull(giver, '75034', 20);
      await judge(giver);
      const move = await moving(giver, taker, ['75034'], 0);
      const run = await runOf(giver);
      const leads = (await it.store.uploads.waiting(book(giver))).map(({ id }) => id);
      const plan = () => it.store.uploads.plan(book(giver), run, { window: first, workspace, leads });
      const [list, moved] = round % 2 === 0 ? await Promise.all([plan(), move()]) : await swap(move, plan);
      await judge(giver);
      await judge(taker);
      const there = list ? (await it.store.uploads.leads(list)).length : 0;
      expect(list?.rows ?? 0).toBe(there);
      expect([there, moved.rows]).toEqual(there === 0 ? [0, 20] : [20, 0]);
      expect(await it.store.leads.counts(book(giver))).toEqual(there === 0 ? { moved: 20 } : { cleaned: 20 });
    }
  });

  test('what the donor still gets of a ZIP that moved is the receiver’s: a second part, or a refresh', async () => {
    const [giver, taker] = [await client(), await client()];
    await pull(giver, '75034', 2);
    await judge(giver);
    await (
      await moving(giver, taker, ['75034'], 0)
    )();
    await pull(giver, '75034', 2);
    await judge(giver);
    expect(await it.store.leads.counts(book(giver))).toEqual({ moved: 4 });
    expect(await it.store.leads.cleaned(book(giver))).toEqual([]);
  });

  test('a reserve chosen from other leads than there are by now is chosen again', async () => {
    const [giver, taker] = [await client(), await client()];
    await pull(giver, '75034', 4);
    await pull(giver, '75035', 4);
    await judge(giver);
    const move = await moving(giver, taker, ['75034'], 0);
    let reads = 0;
    const leads: LeadBook = {
      ...it.store.leads,
      async cleaned(of) {
        const found = await it.store.leads.cleaned(of);
        reads += 1;
        if (reads === 1) await move();
        return found;
      },
    };
    expect(await keepReserve(portsWith(leads), book(giver), 3)).toBe(1);
    expect(await it.store.uploads.waiting(book(giver))).toHaveLength(3);
  });

  test('judging, moves there and back, and lists at once: nobody is cleaned twice, and the books balance', async () => {
    const [one, two] = [await client(), await client()];
    const zips = ['75034', '75035', '75036', '75038'];
    for (const zip of zips) await pull(zip < '75036' ? one : two, zip, 10);
    await Promise.all([judge(one), judge(two)]);
    const moves = [
      await moving(one, two, ['75034'], 0),
      await moving(two, one, ['75036'], 0),
      await moving(one, two, ['75035'], 0),
      await moving(two, one, ['75038'], 0),
    ];
    await Promise.all([...moves.map((move) => move()), judge(one), judge(two), judge(one), judge(two)]);
    await Promise.all([judge(one), judge(two)]);
    const [ofOne, ofTwo] = [await cleanedZips(one), await cleanedZips(two)];
    expect(ofOne.toSorted()).toEqual(['75036', '75038']);
    expect(ofTwo.toSorted()).toEqual(['75034', '75035']);
    for (const slug of [one, two]) {
      expect(await it.store.leads.counts(book(slug))).toEqual({ cleaned: 20, moved: 20 });
    }
  });
});

/** The second's answer first, the first begun first. */
async function swap<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<[B, A]> {
  const [a, b] = await Promise.all([first(), second()]);
  return [b, a];
}
