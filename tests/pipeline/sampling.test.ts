import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evenSample, shares } from '../../pipeline/sampling.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { targetOf } from '../../pipeline/target.ts';
import { month, zip } from '../support/branded.ts';

const seed = { client: 'acme', month: month('2027-03') };
const zipOf = (number: number) => zip(75_000 + number);

const crowd = fc
  .array(fc.integer({ min: 0, max: 8 }), { maxLength: 120 })
  .map((zips) => zips.map((zip, index) => ({ id: `lead-${index}`, zip: zipOf(zip) })));

test('every ZIP keeps its share within one lead, and exactly the target is kept', () => {
  fc.assert(
    fc.property(crowd, fc.integer({ min: 0, max: 150 }), (leads, target) => {
      const { kept, reserve } = atOnce(evenSample(leads, target, seed));
      expect(kept).toHaveLength(Math.min(target, leads.length));
      expect([...kept, ...reserve].sort()).toEqual(leads.map(({ id }) => id).sort());
      const stays = new Set(kept);
      for (const zip of new Set(leads.map((lead) => lead.zip))) {
        const own = leads.filter((lead) => lead.zip === zip);
        const share = (own.length * Math.min(target, leads.length)) / leads.length;
        expect(Math.abs(own.filter(({ id }) => stays.has(id)).length - share)).toBeLessThan(1);
      }
    }),
  );
});

test('the same leads in another order give the same sample; another month gives another', () => {
  const leads = Array.from({ length: 100 }, (_, index) => ({ id: `lead-${index}`, zip: zipOf(index % 7) }));
  const sample = atOnce(evenSample(leads, 40, seed));
  expect(atOnce(evenSample(leads.toReversed(), 40, seed))).toEqual(sample);
  expect(atOnce(evenSample(leads, 40, { ...seed, month: month('2027-04') }))).not.toEqual(sample);
});

test('places left over go to the largest remainders, ties in ZIP order', () => {
  const counts = new Map([
    [zipOf(3), 5],
    [zipOf(1), 5],
    [zipOf(2), 5],
  ]);
  expect([...shares(counts, 10)]).toEqual([
    [zipOf(3), 3],
    [zipOf(1), 4],
    [zipOf(2), 3],
  ]);
});

test('the target is the own number of a client, else 15,000 or 30,000 by its tier', () => {
  expect(targetOf({ target: null, tier: 100 })).toBe(15_000);
  expect(targetOf({ target: null, tier: 200 })).toBe(30_000);
  expect(targetOf({ target: 12_000, tier: 200 })).toBe(12_000);
});
