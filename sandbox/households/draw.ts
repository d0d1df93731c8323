import { hash } from '../kit.ts';

/** A source of numbers in [0, 1), as `seeded` of the kit makes it. */
export type Random = () => number;

// Taken out of the global object once: inside Jest each look-up of a global is slow, and these are called by the million.
const { cos, exp, floor, imul, log, PI, sqrt } = Math;

/**
 * One sequence for each place of a list, the same for the same words on every machine (mulberry32 again). The words
 * are hashed once for the whole list.
 */
export function streams(...words: readonly (string | number)[]): (place: number) => Random {
  const base = hash(...words);
  return (place) => {
    let state = imul(base ^ imul(place + 1, 0x9e3779b1), 0x85ebca6b);
    state ^= state >>> 13;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };
}

export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[floor(random() * list.length)] ?? list[0];
}

/** Picks by weight: `[['Y', 3], ['N', 1]]`. */
export function weighted<T>(random: Random, list: readonly [readonly [T, number], ...(readonly [T, number])[]]): T {
  let left = 0;
  for (const [, weight] of list) left += weight;
  left *= random();
  for (const [value, weight] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return list[0][0];
}

/** A whole number, both ends included. */
export function between(random: Random, from: number, to: number): number {
  return from + floor(random() * (to - from + 1));
}

/**
 * Standard normal (Box–Muller). V8 computes log, cos and exp in software of its own (fdlibm), so these agree on every
 * machine that runs Node.
 */
export function normal(random: Random): number {
  return sqrt(-2 * log(1 - random())) * cos(2 * PI * random());
}

export function logNormal(random: Random, median: number, sigma: number): number {
  return median * exp(sigma * normal(random));
}

/** `0` and upwards in `digits` places. */
export function padded(value: number, digits: number): string {
  return `${value}`.padStart(digits, '0');
}
