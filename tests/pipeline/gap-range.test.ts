import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeEstimator } from '../../pipeline/gap/estimate.ts';
import { rangeOf } from '../../pipeline/gap/range.ts';
import type { Estimate } from '../../pipeline/gap/types.ts';
import { median, quantile, spreadOf } from '../../pipeline/gap/spread.ts';
import type { PulledZip } from '../../pipeline/gap/types.ts';
import { zip } from '../support/branded.ts';

const pulledZip = (homes: number | null, cleaned: number): PulledZip => ({
  zip: zip('75034'),
  state: 'TX',
  homes,
  cleaned,
});
const estimatorOf = (pulled: readonly PulledZip[], safe = 700, checked = 1_000) =>
  makeEstimator({ pulled, safeToSend: { safe, checked } });

describe('the yield of a new ZIP', () => {
  test('is its homes times the median rate of the pulled ZIPs', () => {
    const { zip } = estimatorOf([pulledZip(1_000, 20), pulledZip(2_000, 60), pulledZip(500, 50)]);
    expect(zip(4_000)).toMatchObject({
      estimate: { middle: 120 },
      basis: { of: 'cleaned leads per home', rate: 0.03, sample: 3 },
    });
  });

  test('without homes it is the median of cleaned leads per pulled ZIP', () => {
    const { zip } = estimatorOf([pulledZip(1_000, 20), pulledZip(null, 60), pulledZip(500, 50)]);
    expect(zip(null)).toMatchObject({
      estimate: { middle: 50 },
      basis: { of: 'cleaned leads per ZIP', rate: 50, sample: 3 },
    });
  });

  test('without a pulled ZIP nobody can tell', () => {
    expect(estimatorOf([]).zip(4_000)).toBeNull();
  });

  test('rows without a verdict bring their Safe-to-Send share; an e-mail check is counted for each of them', () => {
    const { rows, validations } = estimatorOf([], 700, 1_000);
    expect(rows(200)).toMatchObject({ estimate: { middle: 140 }, basis: { rate: 0.7, sample: 1_000 } });
    expect(validations(140)).toBe(200);
    expect(estimatorOf([], 0, 0).rows(200)).toMatchObject({ estimate: { middle: 100 }, basis: { sample: 0 } });
  });
});

test('median and quantiles of small samples', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.5)).toBe(5);
  expect(quantile([1, 2, 3], 0.01)).toBe(1);
  expect(spreadOf([])).toBeNull();
  expect(spreadOf([4])).toEqual({ median: 4, low: 2, high: 6, sample: 1 });
});

describe('the range of a set', () => {
  const estimates = fc.array(
    fc.record({ homes: fc.integer({ min: 1, max: 20_000 }), rate: fc.double({ min: 0, max: 0.2, noNaN: true }) }),
    { minLength: 1, maxLength: 12 },
  );

  test('holds its middle, and is narrower than all lows and all highs together', () => {
    fc.assert(
      fc.property(estimates, (zips) => {
        const { zip } = estimatorOf(zips.map(({ homes, rate }) => pulledZip(homes, Math.round(homes * rate))));
        const set = zips.flatMap(({ homes }): Estimate[] => {
          const estimated = zip(homes);
          return estimated ? [estimated.estimate] : [];
        });
        const range = rangeOf(set);
        expect(range.low).toBeLessThanOrEqual(range.middle);
        expect(range.high).toBeGreaterThanOrEqual(range.middle);
        expect(range.middle).toBe(set.reduce((sum, one) => sum + one.middle, 0));
        const alone = set.map((one) => rangeOf([one]));
        const widest = alone.reduce((sum, { low, high }) => sum + high - low, 0);
        expect(range.high - range.low).toBeLessThanOrEqual(widest + 2);
      }),
    );
  });

  /** ZIPs with rates of their own, which nobody is told: how often does what comes fall into the range? */
  test.each([
    [12, 1],
    [12, 15],
    [40, 1],
    [40, 15],
  ])('holds what comes in 75 to 97 of 100 cases, from %d pulled ZIPs for %d new ones', (pulledCount, newCount) => {
    let seed = 42;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const homesOf = (): number => Math.round(3_000 * Math.exp(0.8 * normal()));
    const cleanedOf = (homes: number): number => {
      const expected = homes * 0.04 * Math.exp(0.35 * normal());
      return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
    };
    let held = 0;
    const cases = 400;
    for (let index = 0; index < cases; index += 1) {
      const pulled = Array.from({ length: pulledCount }, () => {
        const homes = homesOf();
        return pulledZip(homes, cleanedOf(homes));
      });
      const { zip } = estimatorOf(pulled);
      const fresh = Array.from({ length: newCount }, homesOf);
      const { low, high } = rangeOf(fresh.flatMap((homes) => zip(homes)?.estimate ?? []));
      const got = fresh.reduce((sum, homes) => sum + cleanedOf(homes), 0);
      if (low <= got && got <= high) held += 1;
    }
    expect(held / cases).toBeGreaterThan(0.75);
    expect(held / cases).toBeLessThan(0.97);
  });
});
