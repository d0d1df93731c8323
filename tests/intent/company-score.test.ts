import { describe, expect, test } from '@jest/globals';
import {
  audiencePart,
  companyScore,
  freshnessPart,
  onsitePart,
  scoreSignal,
  signalPart,
  sizePart,
} from '../../pipeline/intent/company-score.ts';
import { intentDefaults } from '../../pipeline/intent/config.ts';
import { day, signal } from './samples.ts';

describe('the parts of a company score', () => {
  test.each([
    [{ score: 87, strength: 'Low' }, 87],
    [{ score: 1, strength: 'High' }, 1],
    [{ score: 0, strength: 'High' }, 100],
    [{ score: null, strength: 'High' }, 100],
    [{ score: null, strength: 'Medium' }, 70],
    [{ score: null, strength: 'Low' }, 40],
    [{ score: null, strength: null }, 40],
  ] as const)('signal: %j is worth %i', (said, worth) => {
    expect(signalPart(said)).toBe(worth);
  });

  test.each([
    [0, 100],
    [3, 100],
    [4, 70],
    [7, 70],
    [8, 40],
    [14, 40],
    [15, null],
    [400, null],
  ])('freshness: %i days old is worth %j', (age, worth) => {
    expect(freshnessPart(age)).toBe(worth);
  });

  test.each([
    ['3599', 47],
    ['3999', 35],
    ['4213', 76],
    ['4581', 100],
    ['4731', 79],
    ['5511', 43],
    ['7011', 40],
    ['7991', 50],
    ['8051', 42],
    ['8059', 56],
    ['8062', 33],
    ['8211', 37],
    ['8221', 41],
    ['8322', 31],
    ['8331', 51],
    ['8361', 71],
    ['3531', 40],
    ['9999', 40],
    [null, 40],
  ])('on site: SIC %s is worth %i', (sic, worth) => {
    expect(onsitePart(sic, intentDefaults)).toBe(worth);
  });

  test.each([
    ['A', 10],
    ['B', 7],
    ['C', 4],
    ['D', 2],
    ['E', 0],
    [null, 0],
  ] as const)('audience: %s is worth %i', (audience, worth) => {
    expect(audiencePart(audience)).toBe(worth);
  });

  test.each([
    [null, 0],
    [0, 0],
    [199, 0],
    [200, 1],
    [399, 1],
    [400, 2],
    [999, 4],
    [1000, 5],
    [1199, 5],
    [50_000, 5],
  ])('size: %s employees are worth %i', (employees, worth) => {
    expect(sizePart(employees)).toBe(worth);
  });
});

describe('the score', () => {
  test.each([
    // 0.5·signal + 0.25·onsite + 0.25·freshness + audience + size
    [{ signal: 90, onsite: 40, freshness: 100, audience: 0, size: 0 }, 80],
    [{ signal: 75, onsite: 47, freshness: 100, audience: 0, size: 0 }, 74], // 74.25
    [{ signal: 77, onsite: 40, freshness: 100, audience: 0, size: 0 }, 74], // 73.5
    [{ signal: 75, onsite: 41, freshness: 100, audience: 0, size: 0 }, 73], // 72.75
    [{ signal: 75, onsite: 41, freshness: 70, audience: 7, size: 3 }, 75], // 75.25
    [{ signal: 60, onsite: 31, freshness: 40, audience: 0, size: 0 }, 48], // 47.75
    [{ signal: 99, onsite: 100, freshness: 100, audience: 0, size: 0 }, 100], // 99.5
    [{ signal: 100, onsite: 100, freshness: 100, audience: 10, size: 5 }, 100],
    [{ signal: 0, onsite: 0, freshness: 0, audience: 0, size: 0 }, 0],
  ])('%j makes %i', (parts, score) => {
    expect(companyScore(parts)).toBe(score);
  });
});

describe('scoring a signal', () => {
  const today = day('2026-11-23');

  test('what the row says comes before what the cache knows', () => {
    const said = signal({ company: { sic: '4213', employees: 400 } });
    expect(scoreSignal(said, { sic: '4581', employees: 5000 }, intentDefaults, today)).toMatchObject({
      parts: { signal: 90, onsite: 76, freshness: 100, audience: 0, size: 2 },
      score: 91,
      age: 0,
    });
  });

  test('what the row does not say comes from the cache', () => {
    expect(scoreSignal(signal(), { sic: '4581', employees: 1000 }, intentDefaults, today)).toMatchObject({
      parts: { onsite: 100, size: 5 },
      score: 100,
    });
  });

  test('what nobody knows counts 40 and 0', () => {
    expect(scoreSignal(signal(), undefined, intentDefaults, today)).toMatchObject({
      parts: { onsite: 40, size: 0 },
      score: 80,
    });
  });

  test.each([
    ['2026-11-09', 14],
    ['2026-11-23', 0],
    ['2026-11-24', 0],
    ['2027-01-01', 0],
  ])('a signal of %s is %i days old on 23 November', (seen, age) => {
    expect(scoreSignal(signal({ day: day(seen) }), undefined, intentDefaults, today)).toMatchObject({ age });
  });

  test('fifteen days are too old, and no date is no date', () => {
    expect(scoreSignal(signal({ day: day('2026-11-08') }), undefined, intentDefaults, today)).toBe('stale');
    expect(scoreSignal(signal({ day: null }), undefined, intentDefaults, today)).toBe('undated');
  });
});
