import zipcodes from 'zipcodes';
import { isZip } from '../normalise/zip.ts';
import type { State, Zip } from '../vocabulary.ts';

/** Mean radius of the Earth in miles (IUGG). */
const earthRadius = 3958.7613;

type Place = {
  readonly zip: Zip;
  readonly state: State;
  readonly latitude: number;
  readonly longitude: number;
  /** On the unit sphere: straight distances are quick, and exact for short ones too. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
};

/** Centroids of the US ZIPs, from npm `zipcodes` (BSD). It writes "unknown" as latitude 0, longitude 0. */
const places: ReadonlyMap<string, Place> = new Map(
  Object.values(zipcodes.codes).flatMap(({ zip, state, country, latitude, longitude }) => {
    if (country !== 'US' || !isZip(zip) || (latitude === 0 && longitude === 0)) return [];
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    const x = Math.cos(phi) * Math.cos(lambda);
    const y = Math.cos(phi) * Math.sin(lambda);
    return [[zip, { zip, state, latitude, longitude, x, y, z: Math.sin(phi) }] as const];
  }),
);

/** Degrees; null for a ZIP whose place is not known. */
export function centroid(zip: Zip): { readonly latitude: number; readonly longitude: number } | null {
  const place = places.get(zip);
  return place ? { latitude: place.latitude, longitude: place.longitude } : null;
}

/** Great-circle miles between two centroids; null where one is not known. */
export function milesBetween(from: Zip, to: Zip): number | null {
  const [a, b] = [places.get(from), places.get(to)];
  return a && b ? greatCircle(squaredChord(a, b)) : null;
}

/** Miles to the nearest of `others`; null where its own centroid or all of theirs are not known. */
export function milesToNearest(zip: Zip, others: readonly Zip[]): number | null {
  const place = places.get(zip);
  if (!place) return null;
  let nearest = Infinity;
  for (const other of others) {
    const at = places.get(other);
    if (at) nearest = Math.min(nearest, squaredChord(place, at));
  }
  return nearest === Infinity ? null : greatCircle(nearest);
}

export type ZipAt = { readonly zip: Zip; readonly state: State; readonly miles: number };

/** Every ZIP within `miles` of any of `centres`, these included, nearest first; ties in ZIP order. */
export function zipsWithin(miles: number, centres: readonly Zip[]): readonly ZipAt[] {
  const known = centres.flatMap((zip) => places.get(zip) ?? []);
  const reach = 2 * Math.sin(Math.min(miles / earthRadius, Math.PI) / 2);
  const squaredReach = reach ** 2;
  const found: ZipAt[] = [];
  for (const place of places.values()) {
    let nearest = Infinity;
    for (const centre of known) {
      // Latitudes alone rule most pairs out: z never differs by more than the chord.
      const north = centre.z - place.z;
      if (north > reach || north < -reach) continue;
      const squared = squaredChord(place, centre);
      if (squared < nearest) nearest = squared;
    }
    if (nearest <= squaredReach) found.push({ zip: place.zip, state: place.state, miles: greatCircle(nearest) });
  }
  return found.sort((a, b) => a.miles - b.miles || (a.zip < b.zip ? -1 : 1));
}

/** Every ZIP of these states whose place is known, in order. */
export function zipsIn(states: readonly State[]): readonly { readonly zip: Zip; readonly state: State }[] {
  const wanted = new Set(states);
  return [...places.values()]
    .filter(({ state }) => wanted.has(state))
    .map(({ zip, state }) => ({ zip, state }))
    .sort((a, b) => (a.zip < b.zip ? -1 : 1));
}

/** Squared straight distance through a unit Earth. */
function squaredChord(a: Place, b: Place): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2;
}

/** The haversine formula, from the squared chord. */
function greatCircle(squared: number): number {
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(squared) / 2));
}
