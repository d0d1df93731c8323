import zipcodes from 'zipcodes';

/** A real ZIP: city, state and centroid come from the npm package `zipcodes` (GeoNames). */
export type Place = {
  readonly zip: string;
  readonly city: string;
  /** Two letters. */
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
};

/** The fifty states and the capital: no military mail, no territories, no Canada. */
export const states = (
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK ' +
  'OR PA RI SC SD TN TX UT VT VA WA WV WI WY'
).split(' ');

const known = new Set(states);
const places = new Map<string, Place>();
const byState = new Map<string, Place[]>(states.map((state) => [state, []]));

for (const { zip, city, state, latitude, longitude, country } of Object.values(zipcodes.codes)) {
  if (country !== 'US' || !known.has(state)) continue;
  const place = { zip, city, state, latitude, longitude };
  places.set(zip, place);
  byState.get(state)?.push(place);
}
for (const list of byState.values()) list.sort((a, b) => (a.zip < b.zip ? -1 : 1));

export const stateNames: Readonly<Record<string, string>> = Object.fromEntries(
  states.map((state) => [state, titleCase(zipcodes.states.abbr[state] ?? state)]),
);

export function placeOf(zip: string): Place | undefined {
  return places.get(zip);
}

/** Every ZIP of the country, by state and then by number. */
export function allPlaces(): readonly Place[] {
  return states.flatMap((state) => placesOf(state));
}

/** A state's ZIPs by number; empty for a state we do not know. */
export function placesOf(state: string): readonly Place[] {
  return byState.get(state) ?? [];
}

/** Miles between two centroids along the great circle. */
export function milesBetween(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(b.latitude - a.latitude) / 2);
  const east = Math.sin(radians(b.longitude - a.longitude) / 2);
  const chord = north * north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east * east;
  return 2 * 3958.8 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** ZIPs of `state` (by default the ZIP's own) within `miles` of `zip`, itself left out, the nearest first. */
export function zipsWithin(
  zip: string,
  miles: number,
  state?: string,
): readonly (Place & { readonly miles: number })[] {
  const centre = placeOf(zip);
  if (!centre) return [];
  return placesOf(state ?? centre.state)
    .filter((place) => place.zip !== zip && Math.abs(place.latitude - centre.latitude) <= miles / 68)
    .map((place) => ({ ...place, miles: milesBetween(centre, place) }))
    .filter((place) => place.miles <= miles)
    .sort((a, b) => a.miles - b.miles || (a.zip < b.zip ? -1 : 1));
}

function titleCase(words: string): string {
  return words.toLowerCase().replace(/\b(?!of\b)[a-z]/g, (letter) => letter.toUpperCase());
}
