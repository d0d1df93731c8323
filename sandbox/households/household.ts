import { characterOf, recordCount, type Character } from './character.ts';
import { between, padded, pick, streams, type Random } from './draw.ts';
import { personAt, type Person } from './person.ts';
import { placesOf } from './places.ts';
import { propertyAt, streetAddress, type Property } from './property.ts';
import type { World } from './world.ts';

/** How a record's line of CSV is broken, if it is: see `sandbox/cole/csv.ts`. */
export type Defect = 'open quote' | 'stray quote' | 'short row';

/** One record of the vendor: a person as written on the deed, and the home. */
export type Household = {
  /** `75034-03-17`: ZIP, purchase month, place in the list. */
  readonly id: string;
  readonly person: Person;
  readonly home: Property;
  readonly defect: Defect | null;
};

const defects = ['open quote', 'stray quote', 'short row'] as const;

/**
 * The households of a ZIP whose home was bought in `month` (1–12) of any year, in the order Cole lists them. Made
 * when asked, from nothing but the world and the place: about 100,000 a second.
 */
export function householdsOf(world: World, zip: string, month: number): readonly Household[] {
  const own = listOf(world, characterOf(world, zip), month);
  return own ? Array.from({ length: own.size }, (_, index) => householdAt(world, own, index)) : [];
}

/** Everything that can be said about a ZIP's month without making a household. */
type List = {
  readonly character: Character;
  readonly month: number;
  readonly size: number;
  readonly records: (index: number) => Random;
  readonly people: (index: number) => Random;
  readonly streets: (index: number) => Random;
};

function listOf(world: World, character: Character | undefined, month: number): List | undefined {
  if (!character) return undefined;
  const { zip } = character.place;
  return {
    character,
    month,
    size: recordCount(world, zip, month),
    records: streams(world.seed, 'record', zip, month),
    people: streams(world.seed, 'person', zip, month),
    streets: streams(world.seed, 'street', zip, month),
  };
}

function householdAt(world: World, own: List, index: number): Household {
  const random = own.records(index);
  const source = random() < world.repeatShare ? repeated(world, own, index, random) : { list: own, index };
  const defect = random() < world.brokenShare ? pick(random, defects) : null;
  // The same home again where the ZIP is the same; a second home of the same people where it is not.
  const address = streetAddress(own.streets(source.list === own ? source.index : index), world.mark);
  return {
    id: `${own.character.place.zip}-${padded(own.month, 2)}-${index}`,
    person: personAt(source.list.character, source.list.people(source.index), world.mark),
    home: propertyAt(world, own.character, own.month, address, random),
    defect,
  };
}

/** Whom the record repeats: mostly somebody of the same ZIP, else of the ZIP before or after it by number. */
function repeated(world: World, own: List, index: number, random: Random): { list: List; index: number } {
  const near = random() < 0.6 ? undefined : neighbour(world, own.character, random() < 0.5 ? -1 : 1);
  const list = listOf(world, near, own.month) ?? own;
  return { list, index: list.size > 0 ? between(random, 0, list.size - 1) : index };
}

function neighbour(world: World, { place }: Character, step: 1 | -1): Character | undefined {
  const list = placesOf(place.state);
  for (let at = list.indexOf(place) + step; list[at]; at += step) {
    const found = characterOf(world, list[at]?.zip ?? '');
    if (found && found.homes > 500) return found;
  }
  return undefined;
}
