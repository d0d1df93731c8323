import { between, pick, weighted, type Random } from '../households/draw.ts';
import { firstNames, lastNames } from '../households/words.ts';

/** Somebody invented, at an address reserved for examples. Phones are `(XXX) 555-01XX`, or none. */
export type Person = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  /** ZoomInfo's own words. */
  readonly managementLevel: string;
  readonly contactAccuracyScore: number;
  readonly email: string;
  readonly mobilePhone: string;
  readonly directPhone: string;
  readonly phone: string;
};

const titles: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'C Level Exec': ['Chief Executive Officer', 'Chief Operating Officer', 'Chief Financial Officer'],
  'VP Level Exec': ['VP of Operations', 'Vice President, Human Resources', 'VP Facilities', 'Vice President, Finance'],
  Director: ['Director of Operations', 'Director, Food Service', 'Director of People', 'Director of Facilities'],
  Manager: ['Office Manager', 'Facilities Manager', 'Building Manager', 'Plant Manager', 'Property Manager'],
  'Board Member': ['Board Member'],
  'Non Manager': ['Administrative Assistant', 'Buyer', 'Facilities Coordinator'],
};

/** @param mark stands behind each of the names */
export function makePerson(id: string, host: string, areaCode: string, random: Random, mark: string): Person {
  const managementLevel = weighted(random, [
    ['Manager', 34],
    ['Director', 22],
    ['VP Level Exec', 12],
    ['C Level Exec', 8],
    ['Non Manager', 20],
    ['Board Member', 4],
  ]);
  const [firstName, lastName] = [pick(random, firstNames) + mark, pick(random, lastNames) + mark];
  const number = () => `(${areaCode}) 555-01${String(between(random, 0, 99)).padStart(2, '0')}`;
  const reach = (share: number) => (random() < share ? number() : '');
  return {
    id,
    firstName,
    lastName,
    jobTitle: pick(random, titles[managementLevel] ?? ['Manager']),
    managementLevel,
    contactAccuracyScore: weighted(random, [
      [between(random, 95, 99), 60],
      [between(random, 85, 94), 28],
      [between(random, 70, 84), 12],
    ]),
    email: random() < 0.95 ? `${plain(firstName)}.${plain(lastName)}@${host}` : '',
    mobilePhone: reach(0.5),
    directPhone: reach(0.45),
    phone: reach(0.6),
  };
}

/** Letters of the alphabet only: `Muñoz` → `munoz`. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
