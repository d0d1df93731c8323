/** The people behind the stand-ins: everything other stand-ins and the demo use of this folder. */
export { characterOf, recordCount, type Character } from './character.ts';
export { demoClients, demoWorld, megaZip, type DemoClient } from './demo.ts';
export { homesOf } from './density.ts';
export { homesCsv } from './homes.ts';
export { householdsOf, type Defect, type Household } from './household.ts';
export { judge, type Judged } from './judge.ts';
export { allPlaces, milesBetween, placeOf, placesOf, stateNames, states, zipsWithin, type Place } from './places.ts';
export { verdictOf, wellFormed, type EmailVerdict } from './verdict.ts';
export { defaultWorld, makeWorld, type World, type ZipOverride } from './world.ts';
