import { seeded } from '../kit.ts';
import { logNormal } from './draw.ts';
import { allPlaces, type Place } from './places.ts';
import type { World } from './world.ts';

/**
 * Where homes are, without a census: a ZIP that shares its centroid with another is nearly always a post-office box
 * or one building (checked against the Census list: 90 % of them are no ZCTA), and ZIPs lie closer where people do.
 */
const sharing = new Map<string, number>();
const crowd = new Map<string, number>();
for (const place of allPlaces()) sharing.set(point(place), (sharing.get(point(place)) ?? 0) + 1);
for (const place of allPlaces()) {
  if (sharing.get(point(place)) === 1) crowd.set(cell(place), (crowd.get(cell(place)) ?? 0) + 1);
}

/**
 * Owner-occupied homes of a ZIP: 0 for post-office boxes, hundreds in the country, thousands in cities, a few above
 * 20,000 (the shape of ACS B25003; the numbers are invented).
 */
export function homesOf(world: World, place: Place): number {
  const told = world.zips[place.zip]?.homes;
  if (told !== undefined) return told;
  const random = seeded(world.seed, 'homes', place.zip);
  const shares = sharing.get(point(place)) !== 1;
  if (random() < (shares ? 0.9 : 0.08)) return 0;
  const crowded = crowd.get(cell(place)) ?? 1;
  const homes = logNormal(random, Math.min(4300, 350 * crowded ** 0.95), crowded < 4 ? 1.6 : 1);
  return Math.round(Math.min(homes, 12_000) + Math.min(Math.max(homes - 12_000, 0) * 0.3, 20_000));
}

function point({ latitude, longitude }: Place): string {
  return `${latitude},${longitude}`;
}

/** A square of about ten miles. */
function cell({ latitude, longitude }: Place): string {
  return `${Math.round(latitude / 0.15)},${Math.round(longitude / 0.18)}`;
}
