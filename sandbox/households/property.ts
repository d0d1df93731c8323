import type { Character } from './character.ts';
import { between, logNormal, padded, pick, weighted, type Random } from './draw.ts';
import { placesOf, type Place } from './places.ts';
import { streetKinds, streets } from './words.ts';
import type { World } from './world.ts';

// Not looked up in the global object a million times: see `draw.ts`.
const { floor, max, round } = Math;

export const dwellings = ['Single family', 'Condominium', 'Mobile home'] as const;
export type Dwelling = (typeof dwellings)[number];

/** The home, and what Cole says about its owners. Money in whole dollars, `null` where Cole has none. */
export type Property = {
  readonly zip: string;
  /** The ZIP as the file spells it: `7034`, `71022900`, `07102.0`, `07102-2900`. */
  readonly zipText: string;
  readonly city: string;
  readonly state: string;
  readonly address1: string;
  readonly address2: string;
  /** Where the owner gets mail, if not there. */
  readonly mailing: {
    readonly address: string;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
  } | null;
  readonly dwelling: Dwelling;
  readonly purchase: { readonly year: number; readonly month: number; readonly day: number };
  readonly purchaseAmount: number | null;
  /** 0 where the file says `$0`. */
  readonly homeValue: number | null;
  readonly headHousehold: string;
  readonly income: string;
  readonly netWorth: string;
  readonly investments: number | null;
  readonly investmentType: string;
  /** A code that means nothing: what must never be stored need not say anything about anybody. */
  readonly race: string;
};

export function propertyAt(
  world: World,
  character: Character,
  month: number,
  address: string,
  random: Random,
): Property {
  const { place } = character;
  const purchase = boughtIn(world, month, random);
  const homeValue = value(character, random);
  const dwelling =
    random() < character.condos
      ? weighted<Dwelling>(random, [
          ['Condominium', 4],
          ['Mobile home', 1],
        ])
      : 'Single family';
  return {
    zip: place.zip,
    zipText: spelled(place.zip, random),
    city: random() < 0.4 ? place.city.toUpperCase() : place.city,
    state: place.state,
    address1: address,
    address2: dwelling === 'Condominium' ? `Unit ${between(random, 1, 480)}` : '',
    mailing: random() < 0.02 ? elsewhere(place, random, world.mark) : null,
    dwelling,
    purchase,
    purchaseAmount: homeValue && random() < 0.6 ? round((homeValue * (0.3 + 0.65 * random())) / 500) * 500 : null,
    homeValue,
    headHousehold:
      random() < character.blankHeads
        ? weighted(random, [
            ['', 9],
            [' ', 1],
          ])
        : weighted(random, heads),
    income: random() < 0.85 ? pick(random, incomes) : '',
    netWorth: random() < 0.6 ? pick(random, netWorths) : '',
    investments: random() < 0.3 ? between(random, 1, 400) * 1000 : null,
    investmentType: random() < 0.3 ? pick(random, ['Stocks', 'Bonds', 'Real Estate', 'Mutual Funds']) : '',
    race: `RC-${between(random, 1, 9)}`,
  };
}

/** Cole's flag; the last five mean no. */
const heads = [
  ['Y', 66],
  ['Yes', 17],
  ['y', 3],
  ['H', 4],
  ['1', 3],
  ['True', 2],
  ['N', 2],
  ['No', 1.2],
  ['NO', 0.3],
  ['False', 0.8],
  ['0', 0.7],
] as const;
const incomes = [
  '$35,000-$49,999',
  '$50,000-$74,999',
  '$75,000-$99,999',
  '$100,000-$149,999',
  '$150,000+',
  '$82,000',
] as const;
const netWorths = ['$50,000', '$100,000-$249,999', '$250,000-$499,999', '$500,000+', '$1,250,000'] as const;

/** More purchases are recent; February has its 29th in leap years, and deeds like it a little. */
function boughtIn(world: World, month: number, random: Random): Property['purchase'] {
  const [first, last] = world.years;
  const year = last - floor((last - first + 1) * random() ** 1.35);
  const days = month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return { year, month, day: days === 29 && random() < 0.02 ? 29 : between(random, 1, days) };
}

function value({ noValue, medianValue, valueSigma }: Character, random: Random): number | null {
  const kind = random();
  if (kind < noValue) return random() < 0.25 ? 0 : null;
  if (kind > 0.9985) return 900_000;
  if (kind > 0.997) return 900_001;
  return max(20_000, round(logNormal(random, medianValue, valueSigma) / 1000) * 1000);
}

/** Spreadsheets have been at it: leading zeros lost, decimals won. */
function spelled(zip: string, random: Random): string {
  const plus4 = padded(between(random, 1, 9999), 4);
  const asNumber = random() < 0.3 ? (text: string) => text.replace(/^0+/, '') : (text: string) => text;
  return weighted(random, [
    [asNumber(zip), 92],
    [`${zip}-${plus4}`, 5],
    [asNumber(`${zip}${plus4}`), 1.5],
    [`${asNumber(zip)}.0`, 1.5],
  ]);
}

export function streetAddress(random: Random, mark: string): string {
  const side = weighted(random, [
    ['', 88],
    ['N ', 4],
    ['S ', 3],
    ['W ', 3],
    ['E ', 2],
  ]);
  const address = `${between(random, 1, 9899)} ${side}${pick(random, streets)}${mark} ${pick(random, streetKinds)}`;
  return weighted(random, [
    [address, 70],
    [address.toUpperCase(), 27],
    [`${address}, Apt ${between(random, 1, 40)}`, 3],
  ]);
}

function elsewhere(place: Place, random: Random, mark: string): Property['mailing'] {
  const list = placesOf(place.state);
  const { zip, city, state } = list[between(random, 0, list.length - 1)] ?? place;
  return { address: streetAddress(random, mark), city, state, zip };
}
