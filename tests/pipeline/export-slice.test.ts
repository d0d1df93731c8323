import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NeedsHuman } from '../../pipeline/errors.ts';
import { sliceZip, type CountSlice } from '../../pipeline/export-plan/slice.ts';
import type { SlicePart, Slicing, SlicingKind } from '../../pipeline/ports/cole.ts';

type Home = Partial<Record<SlicingKind, number>>;

/** A page that counts as Cole's does: a range leaves out the homes without the value. */
function pageOf(homes: readonly Home[]): { count: CountSlice; asked: () => number } {
  let asked = 0;
  const holds = (home: Home, part: SlicePart): boolean => {
    const value = home[part.by];
    if (part.blank) return value === undefined;
    return value !== undefined && (part.from === null || value >= part.from) && (part.to === null || value <= part.to);
  };
  return {
    count: (slice) => {
      asked += 1;
      return Promise.resolve(homes.filter((home) => slice.every((part) => holds(home, part))).length);
    },
    asked: () => asked,
  };
}

const years: Slicing = { by: 'purchase year', min: 1990, max: 2026, blanks: true };
const values: Slicing = { by: 'home value', min: 0, max: 5_000_000, blanks: true };

/** Fewest neighbouring stretches, by dynamic programming over every boundary. */
function fewestParts(perYear: readonly number[], capacity: number): number {
  const best = [0];
  for (let end = 1; end <= perYear.length; end += 1) {
    let sum = 0;
    best[end] = Infinity;
    for (let start = end - 1; start >= 0; start -= 1) {
      sum += perYear[start] ?? 0;
      if (sum > capacity) break;
      best[end] = Math.min(best[end] ?? Infinity, (best[start] ?? 0) + 1);
    }
  }
  return best.at(-1) ?? 0;
}

describe('splitting a ZIP that is too big', () => {
  test('gives disjoint parts below the limit that add up, as few as there can be', async () => {
    const perYear = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 37, maxLength: 37 });
    await fc.assert(
      fc.asyncProperty(perYear, fc.integer({ min: 10, max: 40 }), async (counts, limit) => {
        const homes = counts.flatMap((count, index) =>
          Array.from({ length: count }, (): Home => ({ 'purchase year': 1990 + index })),
        );
        fc.pre(homes.length >= limit);
        const { count } = pageOf(homes);
        const parts = await sliceZip(homes.length, [years], count, limit);
        for (const part of parts) {
          expect(part.count).toBeLessThan(limit);
          expect(await count(part.slice)).toBe(part.count);
        }
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(homes.length);
        const ranges = parts.flatMap(({ slice }) => slice).map((part) => (part.blank ? null : [part.from, part.to]));
        expect(ranges.at(0)?.at(0)).toBeNull();
        expect(ranges.slice(1).map((range) => range?.[0])).toEqual(
          ranges.slice(0, -1).map((range) => (range?.[1] ?? 0) + 1),
        );
        const trimmed = counts.slice(0, counts.findLastIndex((one) => one > 0) + 1);
        expect(parts).toHaveLength(fewestParts(trimmed, limit - 1));
      }),
    );
  });

  test('asks the page little: 21,380 homes over 37 years in fewer than ten counts', async () => {
    const homes = Array.from({ length: 21_380 }, (_, index): Home => ({ 'purchase year': 1990 + (index % 37) }));
    const { count, asked } = pageOf(homes);
    const parts = await sliceZip(homes.length, [years], count);
    expect(parts).toHaveLength(3);
    expect(asked()).toBeLessThan(10);
  });

  test('asks the page little for home values too, which have millions of boundaries', async () => {
    const homes = Array.from({ length: 25_000 }, (_, index): Home => {
      return { 'home value': Math.round(90_000 * Math.exp((index % 997) / 300)) };
    });
    const { count, asked } = pageOf(homes);
    expect(await sliceZip(homes.length, [values], count)).toHaveLength(3);
    expect(asked()).toBeLessThan(30);
  });

  test('puts homes without a purchase year into one part of their own', async () => {
    const homes = Array.from({ length: 30 }, (_, index): Home => {
      return index < 4 ? {} : { 'purchase year': 2000 + (index % 20) };
    });
    const parts = await sliceZip(homes.length, [years], pageOf(homes).count, 20);
    expect(parts.at(-1)).toEqual({ slice: [{ by: 'purchase year', blank: true }], count: 4 });
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  });

  test('splits a single year that is still too big along the next filter', async () => {
    const homes = Array.from({ length: 40 }, (_, index): Home => {
      return { 'purchase year': index < 30 ? 2004 : 2010, 'home value': 100_000 + index * 10_000 };
    });
    const parts = await sliceZip(homes.length, [years, values], pageOf(homes).count, 20);
    expect(parts.filter(({ slice }) => slice.length === 2)).toHaveLength(2);
    expect(parts.every(({ count }) => count < 20)).toBe(true);
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });

  test('goes on to the next filter when the parts of one do not add up', async () => {
    const homes = Array.from({ length: 30 }, (_, index): Home => {
      return index < 4 ? { 'home value': 5 } : { 'purchase year': 2000 + (index % 20), 'home value': index * 1_000 };
    });
    const parts = await sliceZip(homes.length, [{ ...years, blanks: false }, values], pageOf(homes).count, 20);
    expect(parts.flatMap(({ slice }) => slice).every(({ by }) => by === 'home value')).toBe(true);
  });

  test('asks a person, with the numbers, when nothing adds up', async () => {
    const homes = Array.from({ length: 30 }, (_, index): Home =>
      index < 4 ? {} : { 'purchase year': 2000 + (index % 20) },
    );
    const failure = sliceZip(homes.length, [{ ...years, blanks: false }], pageOf(homes).count, 20);
    await expect(failure).rejects.toThrow(NeedsHuman);
    await expect(failure).rejects.toMatchObject({
      need: 'DATA',
      facts: { total: 30, limit: 20, 'by purchase year': 'parts 26, of 30' },
    });
    await expect(sliceZip(12_000, [], () => Promise.resolve(0))).rejects.toThrow(NeedsHuman);
  });
});
