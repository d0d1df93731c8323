import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { characterOf, recordCount } from '../households/character.ts';
import { demoClients, demoWorld, megaZip } from '../households/demo.ts';
import { homesOf } from '../households/density.ts';
import { homesCsv } from '../households/homes.ts';
import { householdsOf, type Household } from '../households/household.ts';
import { judge } from '../households/judge.ts';
import { allPlaces, placeOf, zipsWithin } from '../households/places.ts';
import { verdictOf, wellFormed } from '../households/verdict.ts';
import { defaultWorld, makeWorld } from '../households/world.ts';

const world = defaultWorld;
/** Big ZIPs from all over, and everybody in them whose home was bought in a March. */
const zips = allPlaces()
  .filter((place) => homesOf(world, place) > 6000)
  .filter((_, index) => index % 80 === 0)
  .map(({ zip }) => zip);
const lists = zips.map((zip) => householdsOf(world, zip, 3));
const everybody = lists.flat();

const share = (list: readonly Household[], test: (household: Household) => boolean) =>
  list.filter(test).length / list.length;

test('the same seed makes the same households, on any machine and in any order', () => {
  const again = householdsOf(makeWorld(), '75035', 3);
  expect(householdsOf(world, '75035', 3)).toEqual(again);
  expect(householdsOf({ ...world, seed: 'another' }, '75035', 3)).not.toEqual(again);
  const print = createHash('sha256').update(JSON.stringify(again)).digest('hex').slice(0, 12);
  // Changes with every change to the words or the order of draws; must not change with the machine.
  expect([again.length, print]).toEqual([31, '0511e6089e51']);
});

test('ten thousand records are as many as they are counted to be without being made', () => {
  const list = householdsOf(demoWorld, megaZip, 3);
  expect(list.length).toBeGreaterThan(10_000);
  expect(list.length).toBe(recordCount(demoWorld, megaZip, 3));
});

test('homes per ZIP look like the country: none behind post-office boxes, a few ZIPs above 20,000', () => {
  const homes = allPlaces().map((place) => homesOf(world, place));
  expect(homes.length).toBeGreaterThan(41_000);
  expect(homes.filter((count) => count === 0).length / homes.length).toBeGreaterThan(0.1);
  const big = homes.filter((count) => count > 20_000).length;
  expect(big).toBeGreaterThan(20);
  expect(big).toBeLessThan(400);
  expect(Math.max(...homes)).toBeLessThan(40_000);
});

test('the homes come as a CSV for the whole country', () => {
  const [header, ...lines] = homesCsv(demoWorld).trimEnd().split('\n');
  expect(header).toBe('zip,city,state,owner_occupied');
  expect(lines.length).toBe(allPlaces().length);
  expect(lines).toContain(`75034,Frisco,TX,${demoWorld.zips['75034']?.homes ?? ''}`);
});

test('cleaned leads per home differ by ZIP around a middle, with a log-normal sigma of about a quarter', () => {
  const logs = lists.map((list, index) => {
    const homes = characterOf(world, zips[index] ?? '')?.homes ?? 0;
    return Math.log(judge(list, world.seed).cleaned.length / homes);
  });
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const sigma = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
  expect(sigma).toBeGreaterThan(0.2);
  expect(sigma).toBeLessThan(0.32);
});

test('Head Household is blank in between 10 % and half of a ZIP, and ZIPs differ', () => {
  const blanks = lists.map((list) => share(list, ({ home }) => home.headHousehold.trim() === ''));
  expect(Math.min(...blanks)).toBeGreaterThan(0.07);
  expect(Math.max(...blanks)).toBeLessThan(0.55);
  expect(Math.max(...blanks) - Math.min(...blanks)).toBeGreaterThan(0.15);
  const words = new Set(everybody.map(({ home }) => home.headHousehold));
  for (const word of ['Y', 'Yes', 'N', 'No', 'False', '0', '']) expect(words).toContain(word);
});

test('about 68 % of well-formed e-mails are Safe to Send, whatever their case, and malformed ones never', () => {
  const verdicts = everybody
    .filter(({ person }) => wellFormed(person.email.trim().toLowerCase()))
    .map(({ person }) => verdictOf(person.email, world.seed));
  const safe = verdicts.filter(({ result }) => result === 'Safe to Send').length / verdicts.length;
  expect(safe).toBeGreaterThan(0.66);
  expect(safe).toBeLessThan(0.7);
  expect(new Set(verdicts.map(({ code }) => code))).toEqual(new Set(['2', '3', '4', '5', '6', '7', '8']));
  expect(verdictOf(' JANE.DOE1@EXAMPLE.COM', 'x')).toEqual(verdictOf('jane.doe1@example.com', 'x'));
  for (const text of ['', 'none', 'jane@', 'jane@@example.com', 'jane(at)example.com', 'jane@example,com']) {
    expect(verdictOf(text, world.seed)).toMatchObject({ result: 'Invalid', code: '1' });
  }
});

test('nobody here can be reached: example domains only, and 555-01XX phones or none', () => {
  const hosts = new Set(
    everybody
      .map(({ person }) => person.email.trim().toLowerCase())
      .filter(wellFormed)
      .map((email) => email.split('@')[1]?.replace(/^[a-z0-9]+\.(?=example\.)/, '')),
  );
  expect([...hosts].sort()).toEqual(['example.com', 'example.net', 'example.org']);
  const phones = everybody.flatMap(({ person }) => [person.phone, person.cellPhone]);
  expect(phones.filter((phone) => !/^$|555[-. ]?01\d\d$|^0000000000$|^N\/A$/.test(phone))).toEqual([]);
});

test('the quirks of a real file are all there', () => {
  const some = (test: (household: Household) => boolean) => everybody.some(test);
  expect(some(({ home }) => home.homeValue === 900_000)).toBe(true);
  expect(some(({ home }) => home.homeValue === 900_001)).toBe(true);
  expect(some(({ home }) => home.homeValue === 0)).toBe(true);
  expect(some(({ home }) => home.homeValue === null)).toBe(true);
  expect(share(everybody, ({ home }) => (home.homeValue ?? 0) > 900_000)).toBeGreaterThan(0.01);
  expect(some(({ person }) => person.lastName === '')).toBe(true);
  for (const name of [/^[A-Z]+ & [A-Z]+ *$/, /^[a-z]+ *$/])
    expect(some(({ person }) => name.test(person.firstName))).toBe(true);
  for (const name of ['MCDONALD', "O'NEIL", 'VAN DER BERG', 'DE LA CRUZ']) {
    expect(some(({ person }) => person.lastName.trim() === name)).toBe(true);
  }
  expect(some(({ person }) => / III *$/.test(person.lastName))).toBe(true);
  expect(some(({ person }) => /[áéíñöü]/i.test(person.lastName))).toBe(true);
  expect(some(({ home }) => home.mailing !== null)).toBe(true);
  const leapDays = householdsOf(world, zips[0] ?? '', 2).filter(({ home }) => home.purchase.day === 29);
  expect(leapDays.length).toBeGreaterThan(0);
  for (const { home } of leapDays) expect(home.purchase.year % 4).toBe(0);
});

test('ZIPs lose their zeros, win decimals and four more digits', () => {
  const texts = householdsOf(makeWorld({ zips: { '07034': { homes: 30_000 } } }), '07034', 3).map(
    ({ home }) => home.zipText,
  );
  for (const form of [/^07034$/, /^7034$/, /^07034-\d{4}$/, /^7034\d{4}$/, /^0?7034\.0$/]) {
    expect(texts.some((text) => form.test(text))).toBe(true);
  }
});

test('some households come again, at the same door or with a second home in the ZIP beside', () => {
  const near = ['75034', '75035']
    .flatMap((zip) => householdsOf(demoWorld, zip, 3))
    .filter(({ person }) => person.email !== '');
  const seen = new Map<string, Household>();
  const pairs = near.flatMap((household) => {
    const email = household.person.email.trim().toLowerCase();
    const before = seen.get(email);
    seen.set(email, household);
    return before ? [[before, household] as const] : [];
  });
  expect(pairs.some(([a, b]) => a.home.zip === b.home.zip && a.home.address1 === b.home.address1)).toBe(true);
  expect(pairs.some(([a, b]) => a.home.zip !== b.home.zip && a.home.address1 !== b.home.address1)).toBe(true);
});

test('the judge puts each record into one state, and the states add up', () => {
  const { raw, states, cleaned } = judge(everybody, world.seed);
  expect(raw).toBe(everybody.length);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(raw);
  expect(states.cleaned).toBe(cleaned.length);
  const relaxed = judge(everybody, world.seed, 1_000_000);
  expect(relaxed.cleaned.length).toBeGreaterThan(cleaned.length);
});

test('the judge lets the first reason decide, and keeps a home worth exactly the limit', () => {
  const [model] = everybody.filter(({ person }) => verdictOf(person.email, world.seed).code === '5');
  if (!model) throw new Error('nobody is safe to send');
  const made = (changes: {
    person?: Partial<Household['person']>;
    home?: Partial<Household['home']>;
    defect?: 'short row';
  }) => ({
    ...model,
    defect: changes.defect ?? null,
    person: { ...model.person, lastName: 'Smith', ...changes.person },
    home: { ...model.home, headHousehold: 'Y', homeValue: 900_000, state: 'OK', ...changes.home },
  });
  const stateOf = (...list: Household[]) => Object.keys(judge(list, world.seed).states).at(-1);
  expect(stateOf(made({}))).toBe('cleaned');
  expect(stateOf(made({}), made({}))).toBe('duplicate');
  expect(stateOf(made({ home: { homeValue: 900_001 } }))).toBe('rejected: home_value');
  expect(stateOf(made({ home: { homeValue: 900_001, state: 'TX' } }))).toBe('high_net_worth');
  expect(stateOf(made({ home: { homeValue: 0 } }))).toBe('rejected: home_value_missing');
  expect(stateOf(made({ home: { headHousehold: 'FALSE', homeValue: null } }))).toBe('rejected: head_household');
  expect(stateOf(made({ person: { lastName: ' ' }, home: { headHousehold: '' } }))).toBe('rejected: name');
  expect(stateOf(made({ person: { email: 'none' } }))).toBe('rejected: email');
  expect(stateOf(made({ defect: 'short row', person: { lastName: '' } }))).toBe('quarantined');
});

test("the demo's first client has one ZIP above an export's limit, and falls short of 15,000", () => {
  const [lakeside, prairie] = demoClients;
  const all = (list: readonly string[]) => list.flatMap((zip) => householdsOf(demoWorld, zip, 3));
  const first = judge(all(lakeside?.zips ?? []), demoWorld.seed);
  expect(first.raw).toBeGreaterThan(30_000);
  expect(first.raw).toBeLessThan(40_000);
  expect(first.cleaned.length).toBeLessThan(15_000);
  for (const zip of lakeside?.zips ?? []) {
    expect(placeOf(zip)).toBeDefined();
    if (zip !== megaZip) expect(recordCount(demoWorld, zip, 3)).toBeLessThan(1900);
  }
  expect(judge(all(prairie?.zips ?? []), demoWorld.seed).cleaned.length).toBeGreaterThan(3000);
});

test('ZIPs around a ZIP come nearest first, and stay in the state asked for', () => {
  const near = zipsWithin('75034', 10);
  expect(near.map(({ zip }) => zip)).toContain('75035');
  expect(near.map(({ miles }) => miles)).toEqual(near.map(({ miles }) => miles).sort((a, b) => a - b));
  for (const { miles, state } of near) expect([miles <= 10, state]).toEqual([true, 'TX']);
  expect(zipsWithin('75034', 10, 'OK')).toEqual([]);
});
