import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { binsAtLeast } from '../../pipeline/export-plan/lower-bound.ts';
import { packZips } from '../../pipeline/export-plan/pack.ts';
import { groupZips } from '../../pipeline/export-plan/group.ts';
import { planExports, type PlanQuestions } from '../../pipeline/export-plan/plan.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { zip } from '../support/branded.ts';

const countsOf = (sizes: readonly number[]): Map<Zip, number> =>
  new Map(sizes.map((size, index) => [zip(75_000 + index), size]));

/** A vendor with these counts, and how often it was asked. */
function askable(counts: ReadonlyMap<Zip, number>, limit = 10_000): PlanQuestions & { readonly asked: () => number } {
  let asked = 0;
  const count = (zips: readonly Zip[]): Promise<number> => {
    asked += 1;
    return Promise.resolve(zips.reduce((sum, zip) => sum + (counts.get(zip) ?? 0), 0));
  };
  const total = [...counts.values()].reduce((sum, records) => sum + records, 0);
  return {
    asked: () => asked,
    group: () => groupZips([...counts.keys()], total, count, limit),
    async countEach(zips) {
      return new Map(await Promise.all(zips.map(async (zip) => [zip, await count([zip])] as const)));
    },
    slice: (zip) => Promise.resolve([{ slice: [], count: counts.get(zip) ?? 0 }]),
  };
}

/** Fewest bins by trying every way; sizes few and small. */
function exhaustive(sizes: readonly number[], capacity: number): number {
  let best = sizes.length;
  const place = (index: number, rooms: readonly number[]): void => {
    const size = sizes[index];
    if (rooms.length >= best && size !== undefined) return;
    if (size === undefined) {
      best = Math.min(best, rooms.length);
      return;
    }
    rooms.forEach((room, bin) => {
      if (room >= size) place(index + 1, rooms.with(bin, room - size));
    });
    place(index + 1, [...rooms, capacity - size]);
  };
  place(0, []);
  return best;
}

describe('packing ZIPs into exports', () => {
  test('uses as few exports as an exhaustive search finds, and knows it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const { groups, proven } = packZips(countsOf(sizes), 21);
        expect(groups).toHaveLength(exhaustive(sizes, 20));
        expect(proven).toBe(true);
        expect(binsAtLeast(sizes, 20)).toBeLessThanOrEqual(groups.length);
      }),
    );
  });

  test('covers every ZIP exactly once, every export below the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 60 }), (sizes) => {
        const counts = countsOf(sizes);
        const { groups, tooBig, empty } = packZips(counts);
        const covered = [...groups.flatMap(({ zips }) => zips), ...tooBig, ...empty];
        expect(covered.toSorted()).toEqual([...counts.keys()]);
        for (const { zips, count } of groups) {
          expect(count).toBeLessThan(10_000);
          expect(zips.reduce((sum, zip) => sum + (counts.get(zip) ?? 0), 0)).toBe(count);
        }
        for (const zip of tooBig) expect(counts.get(zip)).toBeGreaterThanOrEqual(10_000);
      }),
    );
  });

  test('gives the same exports for the same counts in any order', () => {
    const counts = [...countsOf([5_000, 4_000, 3_000, 2_000, 9_999, 1, 0, 7_000])];
    expect(packZips(new Map(counts.toReversed()))).toEqual(packZips(new Map(counts)));
  });

  test('finds the packing that putting the largest first misses', () => {
    // Largest first: 6+3, 5+4 … needs three; 6+4, 5+3+2 fits two.
    expect(packZips(countsOf([6, 5, 4, 3, 2]), 11).groups.map(({ count }) => count)).toEqual([10, 10]);
  });

  test('evens the exports out, so that one record more does not tip any', () => {
    const { groups } = packZips(countsOf(Array.from({ length: 30 }, () => 600)));
    expect(groups.map(({ count }) => count)).toEqual([9_000, 9_000]);
  });

  test('lets ZIPs without records ride along, and asks for nothing when there are only those', () => {
    const { groups } = packZips(countsOf([0, 100, 0]));
    expect(groups).toEqual([{ zips: ['75000', '75001', '75002'], count: 100 }]);
    expect(packZips(countsOf([0, 0]))).toMatchObject({ groups: [], empty: ['75000', '75001'], proven: true });
  });

  test('9,999 records fit into one export, 10,000 do not', () => {
    expect(packZips(countsOf([9_999])).groups).toHaveLength(1);
    expect(packZips(countsOf([10_000])).tooBig).toEqual(['75000']);
    expect(packZips(countsOf([5_000, 5_000])).groups).toHaveLength(2);
  });

  test('packs 300 ZIPs of a large client, and knows that no packing is smaller', () => {
    const sizes = Array.from({ length: 300 }, (_, index) => (index * 7_919) % 700);
    const { groups, proven } = packZips(countsOf(sizes));
    expect(proven).toBe(true);
    expect(groups).toHaveLength(Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 9_999));
  });
});

test('the plan of a login holds whole ZIPs packed together and big ZIPs in slices', async () => {
  const vendor = askable(countsOf([6_000, 12_000, 3_000]));
  const plan = await planExports({
    ...vendor,
    slice: (zip, total) => {
      expect([zip, total]).toEqual(['75001', 12_000]);
      return Promise.resolve([
        { slice: [{ by: 'purchase year', from: null, to: 2010 }], count: 7_000 },
        { slice: [{ by: 'purchase year', from: 2011, to: null }], count: 5_000 },
      ]);
    },
  });
  expect(plan).toEqual({
    parts: [
      { zips: ['75000', '75002'], slice: [], count: 9_000 },
      { zips: ['75001'], slice: [{ by: 'purchase year', from: null, to: 2010 }], count: 7_000 },
      { zips: ['75001'], slice: [{ by: 'purchase year', from: 2011, to: null }], count: 5_000 },
    ],
    empty: [],
    proven: true,
  });
});

describe('planning with a handful of counts', () => {
  test('needs as few exports as counting every ZIP, carries every ZIP exactly once and exceeds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 9 }), async (sizes) => {
        const counts = countsOf(sizes);
        const { parts, empty, proven } = await planExports(askable(counts, 21), 21);
        const carried = [...parts.flatMap(({ zips }) => zips), ...empty];
        expect(carried.toSorted()).toEqual([...counts.keys()]);
        for (const { zips, count } of parts) {
          expect(count).toBe(zips.reduce((sum, zip) => sum + (counts.get(zip) ?? 0), 0));
          expect(zips.length === 1 || count < 21).toBe(true);
        }
        const small = sizes.filter((size) => size > 0 && size <= 20);
        const big = sizes.filter((size) => size > 20);
        expect(parts).toHaveLength(exhaustive(small, 20) + big.length);
        expect(proven).toBe(true);
        for (const zip of empty) expect(counts.get(zip)).toBe(0);
      }),
    );
  });

  test('asks for a few groups of 300 ZIPs, not for 300 ZIPs', async () => {
    const sizes = Array.from({ length: 300 }, (_, index) => 20 + ((index * 7_919) % 700)).with(211, 14_500);
    const vendor = askable(countsOf(sizes));
    const { parts } = await planExports(vendor);
    expect(parts.filter(({ count }) => count < 10_000)).toHaveLength(
      Math.ceil(sizes.filter((size) => size < 10_000).reduce((sum, size) => sum + size, 0) / 9_999),
    );
    expect(vendor.asked()).toBeLessThan(60);
  });

  test('leaves room in every export where the fewest allow it: a record may come between the count and the file', async () => {
    const { parts } = await planExports(askable(countsOf(Array.from({ length: 40 }, () => 300))));
    expect(parts).toHaveLength(2);
    for (const { count } of parts) expect(count).toBeLessThan(9_000);
  });
});
