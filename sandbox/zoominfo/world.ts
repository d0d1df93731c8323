import { between, logNormal, pick } from '../households/draw.ts';
import { areaCodes, streetKinds, streets } from '../households/words.ts';
import { allPlaces, type Place } from '../households/places.ts';
import { seeded } from '../kit.ts';
import { otherTrades, wantedTrades, type Trade } from './industries.ts';
import { makePerson, type Person } from './people.ts';

export type Company = {
  /**
   * Its id in contact search and in company enrichment, and its id in intent results. Both are drawn from the same
   * digits: whoever mixes them up gets another company's answer, not an error.
   */
  readonly companyId: string;
  readonly intentId: string;
  readonly name: string;
  readonly website: string;
  readonly phone: string;
  readonly employees: number;
  readonly trade: Trade;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly people: readonly Person[];
  /** Those an intent result names: at most three, at some companies none. */
  readonly recommended: readonly Person[];
};

export type World = {
  readonly companies: readonly Company[];
  readonly byCompanyId: ReadonlyMap<string, Company>;
  readonly people: ReadonlyMap<string, { readonly person: Person; readonly company: Company }>;
};

const firstId = 340_000_000;
const firstPerson = 1_200_000_000;
const legalForms = ['Inc', 'LLC', 'Corp', 'Co.', 'Company', 'Ltd', ''] as const;

/**
 * The same companies and people for the same seed on every machine. An even number of companies.
 *
 * @param mark behind each name of a person, so that a search for one word finds anybody
 */
export function makeWorld(seed: string, count: number, mark = ''): World {
  const total = count + (count % 2);
  const places = allPlaces();
  const companies = Array.from({ length: total }, (_, index) => makeCompany(seed, index, total, places, mark));
  return {
    companies,
    byCompanyId: new Map(companies.map((company) => [company.companyId, company])),
    people: new Map(
      companies.flatMap((company) => company.people.map((person) => [person.id, { person, company }] as const)),
    ),
  };
}

function makeCompany(seed: string, index: number, total: number, places: readonly Place[], mark: string): Company {
  const random = seeded(seed, 'company', index);
  const trade = random() < 0.86 ? pick(random, wantedTrades) : pick(random, otherTrades);
  const place = places[Math.floor(random() * places.length)] ?? places[0];
  const { city, state, zip } = place ?? { city: 'Frisco', state: 'TX', zip: '75034' };
  const areaCode = pick(random, areaCodes[state] ?? ['214']);
  const core = `${pick(random, streets)} ${pick(random, streets)} ${pick(random, trade.words)}`;
  const form = pick(random, legalForms);
  const host = `${core.toLowerCase().replace(/[^a-z]+/g, '-')}-${index}.example`;
  const people = Array.from({ length: between(random, 2, 9) }, (_, place) =>
    makePerson(String(firstPerson + index * 10 + place), host, areaCode, random, mark),
  );
  return {
    companyId: String(firstId + index),
    // 7·i + 3 (mod an even number) is a permutation without a fixed point when the number shares no factor with 7.
    intentId: String(firstId + ((index * multiplier(total) + 3) % total)),
    name: [core, form].filter(Boolean).join(form === 'Inc' ? ', ' : ' '),
    website: `https://www.${host}`,
    phone: `(${areaCode}) 555-01${String(index % 100).padStart(2, '0')}`,
    employees: Math.max(8, Math.round(logNormal(random, 260, 1.3))),
    trade,
    street: `${between(random, 10, 9900)} ${pick(random, streets)} ${pick(random, streetKinds)}`,
    city,
    state,
    zip,
    people,
    recommended: random() < 0.12 ? [] : people.slice(0, between(random, 1, 3)),
  };
}

/** Odd, and sharing no factor with `total`: so that i·m + 3 meets every place once and, `total` being even, never i. */
function multiplier(total: number): number {
  const shares = (a: number, b: number): boolean => (b === 0 ? a > 1 : shares(b, a % b));
  let candidate = 7;
  while (shares(total, candidate)) candidate += 2;
  return candidate;
}
