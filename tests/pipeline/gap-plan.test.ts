import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planGap } from '../../pipeline/gap/plan.ts';
import type { Candidate, Donor, GapInput, GapPlan } from '../../pipeline/gap/types.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { zip as zipOf } from '../support/branded.ts';

const zip = (number: number): Zip => zipOf(75_000 + number);

/** A new ZIP of 1,000 homes brings 100 leads here. */
const pulled = [10, 11, 12].map((number) => ({ zip: zip(number), state: 'TX', homes: 1_000, cleaned: 100 }));
const candidate = (number: number, homes: number, miles: number | null, more: Partial<Candidate> = {}): Candidate => ({
  zip: zip(number),
  state: 'TX',
  homes,
  miles,
  preApproved: false,
  kind: 'licensed',
  ...more,
});
const input = (more: Partial<GapInput>): GapInput => ({
  target: 1_000,
  cleaned: 300,
  unverified: 0,
  safeToSend: { safe: 800, checked: 1_000 },
  pulled,
  candidates: [],
  donors: [],
  relax: [],
  rejected: new Set(),
  ...more,
});
const ids = (suggestions: GapPlan['marked']): string[] => suggestions.map(({ id }) => id);

describe('levels', () => {
  const donor: Donor = {
    client: 'prairie',
    state: 'TX',
    surplus: 1_000,
    zips: [
      { zip: zip(20), cleaned: 400, miles: 5 },
      { zip: zip(21), cleaned: 350, miles: 4 },
    ],
  };
  const near = candidate(30, 4_000, 3);
  const far = candidate(40, 9_000, 60);
  const secondary = candidate(50, 9_000, 2, { state: 'OK', kind: 'secondary' });
  const relax = [
    { limit: 950_000, rows: 300 },
    { limit: 1_000_000, rows: 1_000 },
  ];
  const everything = { candidates: [near, far, secondary], donors: [donor], relax };

  test('a target that is met needs nothing', async () => {
    expect(await planGap(input({ cleaned: 1_000, ...everything }))).toMatchObject({
      gap: 0,
      marked: [],
      alternatives: [],
      coversGap: true,
      nothingLeft: false,
    });
  });

  test('0: waiting is enough when the rows without a verdict will do, and nothing else is suggested', async () => {
    const plan = await planGap(input({ unverified: 875, ...everything }));
    expect(plan).toMatchObject({ gap: 700, coversGap: true, alternatives: [] });
    expect(plan.marked).toMatchObject([
      { id: 'wait', level: 0, rows: 875, middle: 700, marked: true, cost: { exports: 0, validations: 0 } },
    ]);
  });

  test('1: moves come after waiting, which is then taken whole', async () => {
    const plan = await planGap(input({ unverified: 400, ...everything }));
    expect(ids(plan.marked)).toEqual(['wait', 'move:prairie:75020']);
    expect(ids(plan.alternatives)).toEqual(['move:prairie:75021']);
    expect(plan.marked[1]).toMatchObject({
      donor: 'prairie',
      low: 400,
      middle: 400,
      high: 400,
      basis: { of: 'counted' },
      cost: { exports: 0, validations: 0 },
    });
  });

  test('2: near ZIPs open only when all moves together fall short', async () => {
    expect(ids((await planGap(input({ ...everything, target: 1_050 }))).marked)).toEqual([
      'move:prairie:75020',
      'move:prairie:75021',
    ]);
    const plan = await planGap(input({ ...everything, target: 1_051 }));
    expect(ids(plan.marked)).toEqual(['move:prairie:75020', 'move:prairie:75021', 'zip:75030']);
    expect(plan.marked[2]).toMatchObject({ level: 2, cost: { exports: 1, validations: 500 } });
  });

  test('3, 4, 5: far ZIPs, then a higher home value limit, then secondary states', async () => {
    const levels = async (target: number): Promise<number[]> =>
      (await planGap(input({ ...everything, target }))).marked.map(({ level }) => level);
    expect(await levels(2_000)).toEqual([1, 1, 2, 3]);
    expect(await levels(2_500)).toEqual([1, 1, 2, 3, 4]);
    expect(await levels(3_300)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(await planGap(input({ ...everything, target: 9_000 }))).toMatchObject({
      coversGap: false,
      nothingLeft: false,
    });
  });

  test('4: the lowest limit that covers is taken, the other is an alternative; both at once are never marked', async () => {
    const { marked, alternatives } = await planGap(input({ relax, target: 500 }));
    expect(ids(marked)).toEqual(['relax:950000']);
    expect(ids(alternatives)).toEqual([]);
    expect(marked[0]).toMatchObject({ limit: 950_000, rows: 300, middle: 240, cost: { exports: 0, validations: 300 } });
    expect(ids((await planGap(input({ relax, target: 2_000 }))).marked)).toEqual(['relax:1000000']);
  });

  test('what a person rejected is not suggested again', async () => {
    const plan = await planGap(input({ ...everything, rejected: new Set(['move:prairie:75020', 'zip:75030']) }));
    expect(ids(plan.marked)).toEqual(['move:prairie:75021', 'zip:75040']);
  });

  test('nothing left to suggest is said', async () => {
    expect(await planGap(input({}))).toMatchObject({ gap: 700, marked: [], coversGap: false, nothingLeft: true });
    expect(await planGap(input({ pulled: [], candidates: [near] }))).toMatchObject({ nothingLeft: true });
  });
});

describe('moves', () => {
  const zips = [1, 2, 3].map((number) => ({ zip: zip(number), cleaned: 300, miles: number }));

  test('leave the donor over its own target', async () => {
    const moved = async (surplus: number): Promise<number> =>
      (await planGap(input({ donors: [{ client: 'prairie', state: 'TX', surplus, zips }] }))).marked.length;
    expect(await moved(901)).toBe(3);
    expect(await moved(900)).toBe(2);
    expect(await moved(300)).toBe(0);
  });

  test('a ZIP that two donors have moves once, and is not pulled on top of it', async () => {
    const plan = await planGap(
      input({
        target: 5_000,
        donors: ['prairie', 'meadow'].map((client) => ({ client, state: 'TX', surplus: 2_000, zips })),
        candidates: [candidate(1, 5_000, 1), candidate(2, 5_000, 1), candidate(9, 5_000, 1)],
      }),
    );
    expect(ids(plan.marked)).toEqual(['move:meadow:75001', 'move:meadow:75002', 'move:meadow:75003', 'zip:75009']);
    expect(ids(plan.alternatives)).toEqual([]);
  });

  test('a donor in two states has one surplus', async () => {
    const halves = [
      { client: 'prairie', state: 'TX', surplus: 500, zips: zips.slice(0, 1) },
      { client: 'prairie', state: 'OK', surplus: 500, zips: zips.slice(1) },
    ];
    expect((await planGap(input({ donors: halves }))).marked).toHaveLength(1);
  });

  test('ZIPs that the client has pulled itself are not moved', async () => {
    const own = [{ zip: zip(10), cleaned: 500, miles: 0 }];
    expect(
      (await planGap(input({ donors: [{ client: 'prairie', state: 'TX', surplus: 900, zips: own }] }))).marked,
    ).toEqual([]);
  });
});

describe('near ZIPs', () => {
  test('pre-approved ones come first, even where others are larger and nearer', async () => {
    const candidates = [
      candidate(1, 9_000, 1),
      candidate(2, 3_000, 9, { preApproved: true }),
      candidate(3, 5_000, 8, { preApproved: true }),
    ];
    expect(ids((await planGap(input({ candidates }))).marked)).toEqual(['zip:75002', 'zip:75003']);
    expect(ids((await planGap(input({ candidates, target: 1_101 }))).marked)).toEqual([
      'zip:75002',
      'zip:75003',
      'zip:75001',
    ]);
  });

  test('fewest ZIPs, then the least distance, then ZIP order', async () => {
    const candidates = [candidate(1, 3_500, 2), candidate(2, 3_500, 2), candidate(3, 3_600, 1), candidate(4, 100, 0)];
    expect(ids((await planGap(input({ candidates }))).marked)).toEqual(['zip:75001', 'zip:75003']);
    expect(ids((await planGap(input({ candidates: candidates.slice(0, 2), target: 600 }))).marked)).toEqual([
      'zip:75001',
    ]);
  });

  test('ten miles are near, by setting; a ZIP whose place nobody knows is far', async () => {
    const level = async (miles: number | null, radiusMiles?: number): Promise<number | undefined> => {
      const more = radiusMiles === undefined ? {} : { radiusMiles };
      return (await planGap(input({ candidates: [candidate(1, 5_000, miles)], ...more }))).marked[0]?.level;
    };
    expect(await level(10)).toBe(2);
    expect(await level(10.1)).toBe(3);
    expect(await level(null)).toBe(3);
    expect(await level(20, 25)).toBe(2);
  });
});

test('alternatives are the best of the open levels and not too many', async () => {
  const candidates = Array.from({ length: 100 }, (_, index) => candidate(100 + index, 1_000 + index * 10, 5));
  const { marked, alternatives } = await planGap(input({ candidates, maxAlternatives: 5 }));
  expect(marked).toHaveLength(4);
  expect(alternatives).toHaveLength(5);
  expect(alternatives.every((one) => !one.marked)).toBe(true);
  expect(alternatives.map(({ middle }) => middle)).toEqual(
    alternatives.map(({ middle }) => middle).toSorted((a, b) => b - a),
  );
});

test('whatever is offered: the marked set covers the gap or says it does not, within every donor and each ZIP once', async () => {
  const zips = fc.integer({ min: 0, max: 25 }).map(zip);
  const donors = fc.uniqueArray(
    fc.record({
      client: fc.constantFrom('prairie', 'meadow', 'hill'),
      state: fc.constant('TX'),
      surplus: fc.integer({ min: 1, max: 900 }),
      zips: fc.uniqueArray(
        fc.record({
          zip: zips,
          cleaned: fc.integer({ min: 0, max: 300 }),
          miles: fc.option(fc.integer({ max: 40, min: 0 })),
        }),
        { selector: (one) => one.zip, maxLength: 6 },
      ),
    }),
    { selector: ({ client }) => client, maxLength: 3 },
  );
  const candidates = fc.uniqueArray(
    fc.record({
      zip: zips,
      state: fc.constant('TX'),
      homes: fc.option(fc.integer({ min: 0, max: 4_000 })),
      miles: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
      preApproved: fc.boolean(),
      kind: fc.constantFrom('licensed' as const, 'secondary' as const),
    }),
    { selector: (one) => one.zip, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(donors, candidates, fc.integer({ min: 0, max: 2_500 }), async (gifts, offers, gap) => {
      const plan = await planGap(input({ donors: gifts, candidates: offers, target: 300 + gap }));
      const brought = plan.marked.reduce((sum, { middle }) => sum + middle, 0);
      expect(plan.coversGap).toBe(brought >= gap);
      expect(plan.predicted.middle).toBe(brought);
      expect(plan.proven).toBe(true);
      const places = plan.marked.flatMap((one) => (one.kind === 'move' || one.kind === 'add' ? [one.zip] : []));
      expect(new Set(places).size).toBe(places.length);
      for (const { client, surplus } of gifts) {
        const given = plan.marked.filter((one) => one.kind === 'move' && one.donor === client);
        if (given.length > 0) expect(given.reduce((sum, { middle }) => sum + middle, 0)).toBeLessThan(surplus);
      }
      const last = plan.marked.at(-1)?.level ?? 0;
      const before = plan.marked.filter(({ level }) => level < last).reduce((sum, { middle }) => sum + middle, 0);
      if (plan.marked.length > 0) expect(before).toBeLessThan(gap);
    }),
    { numRuns: 60 },
  );
});
