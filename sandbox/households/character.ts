import { seeded } from '../kit.ts';
import { logNormal } from './draw.ts';
import { homesOf } from './density.ts';
import { placeOf, type Place } from './places.ts';
import type { World } from './world.ts';

/** What makes one ZIP unlike the next: nobody outside the stand-ins can know it, only pull and see. */
export type Character = {
  readonly place: Place;
  readonly homes: number;
  /** Records in an average purchase month. */
  readonly records: number;
  /** Shares of 1. */
  readonly blankHeads: number;
  readonly noEmail: number;
  readonly workMail: number;
  readonly noValue: number;
  readonly condos: number;
  readonly doNotCall: number;
  /** Whole dollars. */
  readonly medianValue: number;
  readonly valueSigma: number;
};

/** Homes change hands in summer. Twelve weights whose mean is 1. */
const season = [0.72, 0.76, 0.98, 1.03, 1.16, 1.24, 1.2, 1.17, 1.0, 0.98, 0.88, 0.88];

/** @returns undefined for a ZIP that does not exist in the fifty states and the capital */
export function characterOf(world: World, zip: string): Character | undefined {
  const place = placeOf(zip);
  if (!place) return undefined;
  const random = seeded(world.seed, 'character', zip);
  const homes = homesOf(world, place);
  const rate = logNormal(random, world.recordsPerHome, world.spread) * (world.zips[zip]?.density ?? 1);
  return {
    place,
    homes,
    records: homes * rate,
    blankHeads: 0.1 + 0.4 * ((random() + random()) / 2),
    noEmail: 0.05 + 0.13 * random(),
    workMail: 0.02 + 0.1 * random(),
    noValue: 0.02 + 0.06 * random(),
    condos: 0.03 + 0.25 * random() ** 2,
    doNotCall: 0.2 + 0.25 * random(),
    medianValue: Math.round(logNormal(random, 330_000, 0.38)),
    valueSigma: 0.4 + 0.2 * random(),
  };
}

/**
 * Records of a ZIP whose home was bought in `month` (1–12) of any year. Known without making a single household.
 */
export function recordCount(world: World, zip: string, month: number): number {
  const character = characterOf(world, zip);
  if (!character) return 0;
  const expected = character.records * (season[month - 1] ?? 0);
  return Math.floor(expected * (0.96 + 0.08 * seeded(world.seed, 'month', zip, month)()) + 0.5);
}
