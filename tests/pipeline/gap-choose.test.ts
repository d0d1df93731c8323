import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseItems, hopeless } from '../../pipeline/gap/choose.ts';
import type { Item, Limits } from '../../pipeline/gap/item.ts';
import { loadSolver, type Solver } from '../../pipeline/gap/mip.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/**
 * Every subset, judged by the words of docs/sop.md#gap-order: covers, then fewest, then nearest, then first in ZIP
 * order.
 */
function exhaustive(items: readonly Item[], need: number, limits: Limits): { chosen: number[]; covers: boolean } {
  const sum = (of: readonly number[], what: (item: Item) => number): number =>
    of.reduce((total, index) => total + what(items[index] ?? { leads: 0, distance: 0 }), 0);
  const subsets = Array.from({ length: 2 ** items.length }, (_, mask) =>
    [...items.keys()].filter((index) => (mask >> index) & 1),
  ).filter(
    (chosen) =>
      limits.donors.every(
        (donor) =>
          sum(
            chosen.filter((index) => donor.items.includes(index)),
            ({ leads }) => leads,
          ) <= donor.leads,
      ) && limits.onlyOneOf.every((same) => chosen.filter((index) => same.includes(index)).length <= 1),
  );
  const most = Math.max(...subsets.map((chosen) => sum(chosen, ({ leads }) => leads)));
  const goal = Math.min(need, most);
  const [best = []] = subsets
    .filter((chosen) => sum(chosen, ({ leads }) => leads) >= goal)
    .sort((a, b) => {
      const byCount = a.length - b.length || sum(a, ({ distance }) => distance) - sum(b, ({ distance }) => distance);
      const differ = a.findIndex((index, position) => index !== b[position]);
      return byCount || (a[differ] ?? 0) - (b[differ] ?? 0);
    });
  return { chosen: best, covers: most >= need };
}

const item = fc.record({ leads: fc.integer({ min: 1, max: 30 }), distance: fc.integer({ min: 0, max: 12 }) });
const manyTies = fc.record({ leads: fc.integer({ min: 1, max: 4 }), distance: fc.integer({ min: 0, max: 2 }) });
const list = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 10 }),
  fc.array(manyTies, { minLength: 1, maxLength: 10 }),
);

describe('choosing ZIPs', () => {
  test('takes what an exhaustive search takes: fewest, then nearest, then first in ZIP order', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 120 }), (items, need) => {
        const none = { donors: [], onlyOneOf: [] };
        expect(chooseItems(solver, items, need)).toEqual({ ...exhaustive(items, need, none), proven: true });
      }),
      { numRuns: 300 },
    );
  });

  test('takes what an exhaustive search takes when donors can give only so much and a ZIP has two donors', () => {
    const moves = list.chain((items) =>
      fc.record({
        items: fc.constant(items),
        donorOf: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: items.length, maxLength: items.length }),
        leads: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }),
        twins: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 90 }), ({ items, donorOf, leads, twins }, need) => {
        const limits = {
          donors: leads.map((most, donor) => ({
            items: donorOf.flatMap((of, index) => (of === donor ? [index] : [])),
            leads: most,
          })),
          onlyOneOf: twins && items.length > 1 ? [[0, items.length - 1]] : [],
        };
        expect(chooseItems(solver, items, need, limits)).toEqual({ ...exhaustive(items, need, limits), proven: true });
      }),
      { numRuns: 300 },
    );
  });

  test('leaves out of the search only items that no best set needs', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 60 }), (items, need) => {
        const { chosen, covers } = exhaustive(items, need, { donors: [], onlyOneOf: [] });
        fc.pre(covers);
        const out = hopeless(items, chosen.length);
        expect(chosen.filter((index) => out.has(index))).toEqual([]);
      }),
    );
  });

  test('says it is sure for the thousands of ZIPs of two large states', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const items = Array.from({ length: 3_000 }, () => ({
      leads: 1 + Math.floor(400 * random() ** 2),
      distance: Math.floor(6_000 * Math.sqrt(random())),
    }));
    const { chosen, proven } = chooseItems(solver, items, 6_500);
    expect(proven).toBe(true);
    expect(chosen.reduce((sum, index) => sum + (items[index]?.leads ?? 0), 0)).toBeGreaterThanOrEqual(6_500);
  });
});
