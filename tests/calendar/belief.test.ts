import { expect, test } from '@jest/globals';
import { judge, type Belief } from '../../src/scheduler/belief.ts';

const minute = 60_000;
const hour = 60 * minute;
const year = 365 * 24 * hour;
const start = Date.parse('2027-01-15T15:00:00Z');

/** What is believed of a clock that shows these, each a pair of steady minutes and the time shown. */
function believed(...readings: readonly (readonly [number, number])[]): boolean[] {
  let belief: Belief = { held: null, doubted: null };
  return readings.map(([minutes, wallMs]) => {
    const { believed, ...next } = judge(belief, { wallMs, steadyMs: minutes * minute }, minute);
    belief = next;
    return believed;
  });
}

test('a clock that goes on as time does is believed, small steps of it too', () => {
  expect(believed([0, start], [1, start + minute], [2, start + 30 * minute], [3, start])).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('one wrong tick is not believed, and neither are many that are each somewhere else', () => {
  expect(believed([0, start], [1, start + 10 * year], [2, start + 2 * minute])).toEqual([true, false, true]);
  expect(believed([0, start], [1, 0], [2, start + year], [3, start + 9 * year], [4, 0])).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('a jump is believed when the clock has gone on from there for long enough', () => {
  const there = start + 17 * 24 * hour;
  expect(
    believed([0, start], [1, there], [1.5, there + minute / 2], [2, there + minute], [3, there + 2 * minute]),
  ).toEqual([true, false, false, true, true]);
});

test('a jump ahead for a while and back is believed both ways only after that long', () => {
  const there = start + 10 * year;
  expect(
    believed([0, start], [1, there], [2, there + minute], [3, start + 3 * minute], [4, start + 4 * minute]),
  ).toEqual([true, false, true, false, true]);
});
