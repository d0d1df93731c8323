import { describe, expect, test } from '@jest/globals';
import { InvalidInput, NeedsHuman } from '../../pipeline/errors.ts';
import { newYorkDay } from '../../pipeline/intent/days.ts';
import { enrichLimit, type CompanyId, type PersonId } from '../../pipeline/ports/zoominfo.ts';
import { signalsAt } from '../../sandbox/zoominfo/signals.ts';
import { makeWorld } from '../../sandbox/zoominfo/world.ts';
import { openZoominfo, now, query, refusal, seed } from './zoominfo-stand.ts';

const world = makeWorld(seed, 180);
const allPeople = [...world.people.values()];
const people = (count: number) => allPeople.slice(0, count).map(({ person }) => person.id as PersonId);
const companies = (count: number) => world.companies.slice(0, count).map(({ companyId }) => companyId as CompanyId);

describe('intent search', () => {
  test('reads every page, each signal once, whichever way a row is written', async () => {
    const { zoominfo, stats } = await openZoominfo({ signalsPerDay: 28 });
    const truth = signalsAt(seed, world, now, 28).filter(
      ({ topic, score, company }) =>
        query.topics.includes(topic) &&
        score >= 75 &&
        company.employees >= 50 &&
        company.employees <= 5000 &&
        query.sicCodes.includes(company.trade.sic),
    );
    expect(truth.length).toBeGreaterThan(400);
    const { signals, total, unreadable, refusedFields } = await zoominfo.searchIntent(query);
    expect(signals.map(({ id }) => id).toSorted()).toEqual(truth.map(({ id }) => id).toSorted());
    expect(total).toBe(truth.length);
    expect([unreadable, refusedFields]).toEqual([{}, []]);
    expect((await stats()).requests['/search/intent']).toBe(Math.ceil(truth.length / 99));

    const byId = new Map(truth.map((each) => [each.id, each]));
    for (const read of signals) {
      const real = byId.get(read.id);
      expect(read).toMatchObject({
        topic: real?.topic,
        score: real?.score,
        audience: real?.audience,
        recommended: real?.company.recommended.map(({ id }) => id),
      });
      expect([real?.day, null]).toContain(read.day);
      expect(read.company.id).toBe(real?.company.intentId);
      expect(read.company.name.replace(',', '').toLowerCase()).toBe(real?.company.name.replace(',', '').toLowerCase());
      expect([real?.company.employees, null]).toContain(read.company.employees);
      expect([real?.company.trade.sic, null]).toContain(read.company.sic);
    }
    expect(signals.filter(({ day }) => day === null).length).toBeLessThan(signals.length / 20);
    expect(signals.filter(({ company }) => company.sic !== null).length).toBeGreaterThan(signals.length / 4);
  });

  test('a usual day has about 25 signals, and a day without any is an answer like another', async () => {
    const { zoominfo, fault } = await openZoominfo();
    const { signals } = await zoominfo.searchIntent(query);
    expect(signals.length).toBeGreaterThan(15);
    expect(signals.length).toBeLessThan(35);
    await fault({ zeroResults: true });
    expect(await zoominfo.searchIntent(query)).toEqual({ signals: [], total: 0, unreadable: {}, refusedFields: [] });
  });
});

describe('contact search', () => {
  test('asks for as many companies in a call as 500 characters hold, and finds each person once', async () => {
    const { zoominfo, stats } = await openZoominfo();
    const asked = companies(120);
    const { contacts, unreadable, cutOff } = await zoominfo.searchContacts({
      companies: asked,
      levels: ['Manager', 'Director', 'VP'],
      accuracyMin: 95,
    });
    const levels = ['Manager', 'Director', 'VP Level Exec'];
    const wanted = allPeople.filter(
      ({ person, company }) =>
        asked.includes(company.companyId as CompanyId) &&
        levels.includes(person.managementLevel) &&
        person.contactAccuracyScore >= 95 &&
        (person.mobilePhone || person.directPhone || person.phone) !== '',
    );
    expect(contacts.map(({ id }) => id).toSorted()).toEqual(wanted.map(({ person }) => person.id).toSorted());
    expect(unreadable).toEqual({});
    expect(cutOff).toEqual([]);
    // Nine digits and a comma: 50 ids in 499 characters.
    const groups = 3;
    const { requests, refused } = await stats();
    expect(requests['/search/contact']).toBeGreaterThanOrEqual(groups);
    expect(refused).toEqual({});
    const [first] = contacts;
    const real = world.people.get(first?.id ?? '');
    expect(first).toEqual({
      id: real?.person.id,
      companyId: real?.company.companyId,
      title: real?.person.jobTitle,
      accuracy: real?.person.contactAccuracyScore,
      hasMobile: real?.person.mobilePhone !== '',
      hasDirect: real?.person.directPhone !== '',
      hasOtherPhone: real?.person.phone !== '',
    });
  });

  test('no companies: nothing is asked', async () => {
    const { zoominfo, stats } = await openZoominfo();
    const none = await zoominfo.searchContacts({ companies: [], levels: ['Manager'], accuracyMin: 95 });
    expect(none.contacts).toEqual([]);
    expect((await stats()).requests).toEqual({});
  });
});

describe('enrichment', () => {
  test('people come with all that is known of them, a credit each', async () => {
    const { zoominfo, stats } = await openZoominfo();
    const ids = people(enrichLimit);
    const { records, credits, ...rest } = await zoominfo.enrichContacts(ids);
    expect(records.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted());
    expect(rest).toEqual({ unmatched: [], empty: [], unreadable: {}, missingFields: [], refusedFields: [] });
    expect((await stats()).credits.charged).toBe(credits);
    expect(credits).toBe(25);
    const dialled = (phone = '') => (phone === '' ? null : `+1${phone.replace(/\D/g, '')}`);
    for (const read of records) {
      const real = world.people.get(read.id);
      expect(read).toMatchObject({
        firstName: real?.person.firstName,
        lastName: real?.person.lastName,
        title: real?.person.jobTitle,
        accuracy: real?.person.contactAccuracyScore,
        email: real?.person.email === '' ? null : real?.person.email,
        mobilePhone: dialled(real?.person.mobilePhone),
        directPhone: dialled(real?.person.directPhone),
        phone: dialled(real?.person.phone),
        company: {
          id: real?.company.companyId,
          name: real?.company.name,
          website: real?.company.website,
          phone: dialled(real?.company.phone),
          street: real?.company.street,
          city: real?.company.city,
          state: real?.company.state,
          zip: real?.company.zip,
          employees: null,
          sic: null,
          industry: '',
        },
      });
      expect(read.levels).toHaveLength(1);
    }
  });

  test('companies come with employees, the most specific SIC code and the industry', async () => {
    const { zoominfo } = await openZoominfo();
    const { records, credits } = await zoominfo.enrichCompanies(companies(3));
    expect(credits).toBe(3);
    for (const read of records) {
      const real = world.byCompanyId.get(read.id);
      expect(read).toMatchObject({
        name: real?.name,
        employees: real?.employees,
        sic: real?.trade.sic,
        industry: real?.trade.industry,
        zip: real?.zip,
      });
    }
    expect(records).toHaveLength(3);
  });

  test('an id nobody bears is unmatched and costs nothing', async () => {
    const { zoominfo, stats } = await openZoominfo();
    const [one = '' as PersonId] = people(1);
    const answer = await zoominfo.enrichContacts([one, '999' as PersonId]);
    expect(answer).toMatchObject({ unmatched: ['999'], empty: [], credits: 1 });
    expect((await stats()).credits.charged).toBe(1);
    expect(await zoominfo.enrichContacts(['999' as PersonId])).toMatchObject({ records: [], credits: 0 });
  });

  test.each([
    ['none', []],
    ['one twice', ['1', '1']],
    ['26', Array.from({ length: 26 }, (_, index) => `${index}`)],
  ])('%s: refused here, before anything is asked', async (_many, ids) => {
    const { zoominfo, stats } = await openZoominfo();
    expect(await refusal(zoominfo.enrichContacts(ids as PersonId[]))).toBeInstanceOf(InvalidInput);
    expect((await stats()).requests).toEqual({});
  });

  test('a company of an intent result is another company in contact search: only a recommended person tells which', async () => {
    const { zoominfo } = await openZoominfo({ signalsPerDay: 10 });
    const { signals } = await zoominfo.searchIntent(query);
    const found = signals.find(({ recommended }) => recommended.length > 0);
    const person = found?.recommended[0] ?? ('' as PersonId);
    const { records } = await zoominfo.enrichContacts([person]);
    const real = world.companies.find(({ intentId }) => intentId === found?.company.id);
    expect(records[0]?.company.id).toBe(real?.companyId);
    // The same digits exist in the other space, and are somebody else: an answer, and a wrong one.
    const wrong = await zoominfo.enrichCompanies([String(found?.company.id) as CompanyId]);
    expect(wrong.records[0]?.name).not.toBe(real?.name);
  });
});

describe('usage', () => {
  test('is the vendor’s own count', async () => {
    const { zoominfo } = await openZoominfo({ credits: 100 });
    await zoominfo.enrichContacts(people(3));
    expect(await zoominfo.usage()).toEqual({ used: 3, limit: 100, remaining: 97 });
  });
});

describe('signing in', () => {
  test('one token serves all calls, those that start together too', async () => {
    const { zoominfo, stats } = await openZoominfo();
    await Promise.all([zoominfo.usage(), zoominfo.usage(), zoominfo.searchIntent(query), zoominfo.usage()]);
    await zoominfo.enrichContacts(people(2));
    expect((await stats()).tokens).toBe(1);
  });

  test('a token that runs out in the middle of the work is replaced once, and nothing is paid twice', async () => {
    const { zoominfo, fault, stats } = await openZoominfo({ signInsPerSecond: 100 });
    await zoominfo.usage();
    await fault({ expireToken: true });
    await Promise.all([zoominfo.enrichContacts(people(2)), zoominfo.usage(), zoominfo.usage()]);
    const { tokens, credits, repeated, refused } = await stats();
    expect({ tokens, charged: credits.charged, repeated }).toEqual({ tokens: 2, charged: 2, repeated: [] });
    expect(refused).toEqual({ token: 3 });
  });

  test('a token is renewed before its hour is over, on the machine’s clock', async () => {
    let clock = now;
    const { zoominfo, stats } = await openZoominfo({ signInsPerSecond: 100 }, { clock: () => clock });
    await zoominfo.usage();
    clock += 54 * 60_000;
    await zoominfo.usage();
    expect((await stats()).tokens).toBe(1);
    clock += 60_000;
    await zoominfo.usage();
    expect((await stats()).tokens).toBe(2);
    expect((await stats()).refused).toEqual({});
  });

  test('a login that is refused is a person’s business: asked once, and the password stays out of it', async () => {
    const { zoominfo, fault, stats, logged } = await openZoominfo();
    await fault({ wrongLogin: true });
    const error = await refusal(zoominfo.enrichContacts(people(1)));
    expect(error).toBeInstanceOf(NeedsHuman);
    expect(error).toMatchObject({ need: 'AUTH', message: expect.stringContaining('nothing was asked for or charged') });
    expect((await stats()).requests).toEqual({ '/authenticate': 1 });
    expect(`${JSON.stringify(error)} ${String(error)} ${logged.lines.join('')}`).not.toMatch(/brown-finch|polly/);
  });

  test('what a person has set since counts at the next sign-in', async () => {
    let password = 'stale';
    const credentials = () => Promise.resolve({ username: 'polly@agency.example', secret: password });
    const { zoominfo } = await openZoominfo({ signInsPerSecond: 100 }, { credentials });
    await refusal(zoominfo.usage());
    password = 'brown-finch-38';
    expect((await zoominfo.usage()).limit).toBe(1000);
  });
});

test('no more calls a second than the vendor takes, however many are asked for at once', async () => {
  // The vendor of this test takes forty, so that a call that comes late is no accident: sixty at once would be too many.
  const { zoominfo, stats } = await openZoominfo({ requestsPerSecond: 40 });
  await Promise.all(Array.from({ length: 60 }, () => zoominfo.usage()));
  const { requests, refused } = await stats();
  expect(requests['/lookup/usage']).toBe(60);
  expect(refused).toEqual({});
});

test('nothing of a person, a number, a token or the login is in the log', async () => {
  const { zoominfo, fault, logged } = await openZoominfo({ signalsPerDay: 5, signInsPerSecond: 100 });
  const { signals } = await zoominfo.searchIntent(query);
  await fault({ error500: 2 });
  await zoominfo.searchContacts({ companies: companies(60), levels: ['Manager'], accuracyMin: 95 });
  await fault({ expireToken: true, rateLimited: 1 });
  const { records } = await zoominfo.enrichContacts(people(10));
  await fault({ loseAnswer: 1 });
  const errors = [await refusal(zoominfo.enrichContacts(people(3)))];
  await fault({ lapsed: true });
  errors.push(await refusal(zoominfo.enrichContacts(people(3))));
  await zoominfo.enrichCompanies(companies(3));
  await fault({ lapsed: false, unknownField400: 'companyId' });
  errors.push(await refusal(zoominfo.enrichContacts(people(3))));
  const told = errors.map((error) => (error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : ''));
  const written = [...logged.lines, ...told].join('\n');
  expect(logged.lines.length).toBeGreaterThan(3);
  expect(told.join('')).toContain('companyId');
  const secrets = [
    ...records.flatMap(({ id, lastName, email, mobilePhone }) => [id, lastName, email, mobilePhone]),
    ...signals.map(({ company }) => company.name),
    'brown-finch',
    'polly',
    'eyJ',
    '@',
  ];
  for (const secret of secrets) if (secret !== null) expect(written).not.toContain(secret);
  expect(newYorkDay(new Date(now))).toBe('2026-11-23');
});
