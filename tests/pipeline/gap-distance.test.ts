import { describe, expect, test } from '@jest/globals';
import { candidatesFrom } from '../../pipeline/gap/candidates.ts';
import { centroid, milesBetween, milesToNearest, zipsIn, zipsWithin } from '../../pipeline/gap/distance.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { zip } from '../support/branded.ts';

const frisco = zip('75034');
const littleElm = zip('75068');
const newark = zip('07102');

describe('distances', () => {
  test('are great-circle miles between centroids', () => {
    const haversine = (from: Zip, to: Zip): number => {
      const radians = (degrees: number): number => (degrees * Math.PI) / 180;
      const [a, b] = [centroid(from), centroid(to)];
      if (!a || !b) return NaN;
      const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
      const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
      return 2 * 3_958.7613 * Math.asin(Math.sqrt(Math.sin(north / 2) ** 2 + across));
    };
    expect(milesBetween(newark, frisco)).toBeCloseTo(haversine(newark, frisco), 6);
    expect(milesBetween(frisco, littleElm)).toBeCloseTo(haversine(frisco, littleElm), 6);
    expect(milesBetween(newark, frisco)).toBeCloseTo(1_351, 0);
    expect(milesBetween(frisco, littleElm)).toBeGreaterThan(3);
    expect(milesBetween(frisco, littleElm)).toBeLessThan(8);
    expect(milesBetween(frisco, frisco)).toBe(0);
  });

  test('of an unknown ZIP, or one without a place, are unknown and not measured from the Gulf of Guinea', () => {
    expect(centroid(zip('99999'))).toBeNull();
    expect(milesBetween(zip('99999'), frisco)).toBeNull();
    expect(milesToNearest(zip('99999'), [frisco])).toBeNull();
    expect(milesToNearest(frisco, [zip('99999')])).toBeNull();
    expect(zipsIn(['TX', 'OK', 'NJ', 'AE']).filter((one) => centroid(one.zip)?.latitude === 0)).toEqual([]);
  });

  test('to the nearest of several', () => {
    expect(milesToNearest(frisco, [newark, littleElm])).toBe(milesBetween(frisco, littleElm));
    expect(milesToNearest(frisco, [])).toBeNull();
  });

  test('ZIPs within ten miles are those whose distance is at most ten, nearest first', () => {
    const near = zipsWithin(10, [frisco, newark]);
    const expected = zipsIn(['TX', 'NJ', 'NY', 'PA', 'OK'])
      .filter((one) => (milesToNearest(one.zip, [frisco, newark]) ?? Infinity) <= 10)
      .map((one) => one.zip);
    expect(near.map((one) => one.zip).sort()).toEqual(expected.sort());
    expect(near.map(({ miles }) => miles)).toEqual(near.map(({ miles }) => miles).toSorted((a, b) => a - b));
  });

  test('are found for all ZIPs of the country against 200', () => {
    const centres = zipsIn(['TX'])
      .slice(0, 200)
      .map((one) => one.zip);
    expect(zipsWithin(10, centres).length).toBeGreaterThan(200);
  });
});

describe('candidates', () => {
  const source = {
    states: ['TX'],
    secondaryStates: ['OK', 'TX'],
    pulled: [frisco],
    preApproved: [littleElm],
    homes: new Map<Zip, number>(),
  };

  test('are all other ZIPs of the licensed and the secondary states, with their distance', () => {
    const candidates = candidatesFrom(source);
    expect(candidates.some((one) => one.zip === frisco)).toBe(false);
    expect(candidates.find((one) => one.zip === littleElm)).toEqual({
      zip: littleElm,
      state: 'TX',
      homes: null,
      miles: milesBetween(frisco, littleElm),
      preApproved: true,
      kind: 'licensed',
    });
    expect(new Set(candidates.map(({ state, kind }) => `${state} ${kind}`))).toEqual(
      new Set(['TX licensed', 'OK secondary']),
    );
  });

  test('leave out ZIPs without homes in a state that the homes table covers: post offices are next door to everything', () => {
    const homes = new Map([
      [littleElm, 9_000],
      [zip('75035'), 0],
    ]);
    const candidates = candidatesFrom({ ...source, homes });
    expect(candidates.filter(({ state }) => state === 'TX')).toMatchObject([{ zip: littleElm, homes: 9_000 }]);
    expect(candidates.filter(({ state }) => state === 'OK').length).toBeGreaterThan(500);
  });
});
