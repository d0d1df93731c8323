/**
 * Homes per ZIP for the whole country, as a person would hand it to `zips import`:
 * `node --import tsx sandbox/households/homes.ts [demo] > homes.csv`
 */
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { demoWorld } from './demo.ts';
import { homesOf } from './density.ts';
import { allPlaces } from './places.ts';
import { defaultWorld, type World } from './world.ts';

/** `zip,city,state,owner_occupied`, one line for each of about 40,000 ZIPs; 0 for post-office boxes. */
export function homesCsv(world: World): string {
  return stringify(
    allPlaces().map((place) => [place.zip, place.city, place.state, homesOf(world, place)]),
    { header: true, columns: ['zip', 'city', 'state', 'owner_occupied'] },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(homesCsv(process.argv[2] === 'demo' ? demoWorld : defaultWorld));
}
