import { describe, expect, test } from '@jest/globals';
import { Retryable } from '../../pipeline/errors.ts';
import {
  AnswerLost,
  EmptyRecords,
  RequestRefused,
  UnexpectedAnswer,
  type CompanyId,
  type PersonId,
} from '../../pipeline/ports/zoominfo.ts';
import { makeWorld } from '../../sandbox/zoominfo/world.ts';
import { client, openZoominfo, foreign, query, refusal, seed } from './zoominfo-stand.ts';

const world = makeWorld(seed, 180);
const people = (count: number) => [...world.people.keys()].slice(0, count) as PersonId[];
const companies = (count: number) => world.companies.slice(0, count).map(({ companyId }) => companyId as CompanyId);
const contactsOf = (count: number) => ({
  companies: companies(count),
  levels: ['Manager', 'Director', 'VP'] as const,
  accuracyMin: 95,
});

describe('what costs nothing is tried again', () => {
  test('three failures do not matter', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ error500: 3 });
    expect((await zoominfo.searchIntent(query)).signals.length).toBeGreaterThan(0);
    expect((await stats()).requests['/search/intent']).toBe(4);
  });

  test('after the fourth it is said, and that nothing was decided', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ error500: 4 });
    const error = await refusal(zoominfo.searchContacts(contactsOf(3)));
    expect(error).toBeInstanceOf(Retryable);
    expect(error).toMatchObject({ kind: '5XX', message: expect.stringContaining('500') });
    expect((await stats()).requests['/search/contact']).toBe(4);
  });

  test('a vendor that cuts every connection is a lost network', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await zoominfo.usage();
    await fault({ down: true });
    expect(await refusal(zoominfo.usage())).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
    expect((await stats()).refused['down']).toBe(4);
  });

  test('a vendor that does not answer in time is a time-out', async () => {
    const { zoominfo, fault } = await openZoominfo({}, { timeoutMs: 500 });
    await zoominfo.usage();
    await fault({ slow: 5_000 });
    expect(await refusal(zoominfo.usage())).toMatchObject({ name: 'Retryable', kind: 'TIMEOUT' });
  });

  test('429 is waited out as the vendor asks', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ rateLimited: 2 });
    expect(await zoominfo.usage()).toMatchObject({ used: 0 });
    expect((await stats()).refused).toEqual({ rate: 2 });
  });
});

describe('what costs is carried out once at most', () => {
  test.each(['error500', 'error502', 'loseAnswer'] as const)(
    '%s: nobody knows whether it was done, so it is not asked again and counts as spent',
    async (name) => {
      const { zoominfo, fault, stats } = await openZoominfo();
      await fault({ [name]: 1 });
      const error = await refusal(zoominfo.enrichContacts(people(7)));
      expect(error).toBeInstanceOf(AnswerLost);
      expect(error).toMatchObject({ credits: 7, message: expect.stringContaining('up to 7 credits') });
      const { requests, credits, repeated } = await stats();
      expect(requests['/enrich/contact']).toBe(1);
      expect(credits.charged).toBe(name === 'error500' ? 0 : 7);
      expect(repeated).toEqual([]);
    },
  );

  test('a time-out is no different', async () => {
    const { zoominfo, fault, stats } = await openZoominfo({}, { timeoutMs: 500 });
    await zoominfo.usage();
    await fault({ slow: 5_000 });
    expect(await refusal(zoominfo.enrichCompanies(companies(4)))).toMatchObject({ name: 'AnswerLost', credits: 4 });
    expect((await stats()).requests['/enrich/company']).toBe(1);
  });

  test('429 says that it was not done: it is waited out, and paid once', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ rateLimited: 2 });
    expect((await zoominfo.enrichContacts(people(5))).credits).toBe(5);
    const { requests, credits, repeated } = await stats();
    expect({ asked: requests['/enrich/contact'], charged: credits.charged, repeated }).toEqual({
      asked: 3,
      charged: 5,
      repeated: [],
    });
  });

  test('with nobody at the other end nothing was charged, and it may be tried later', async () => {
    const gone = await foreign(() => ({ body: {} }));
    await gone.zoominfo.usage();
    await gone.close();
    expect(await refusal(gone.zoominfo.enrichContacts(people(2)))).toMatchObject({
      name: 'Retryable',
      kind: 'NETWORK',
      message: expect.stringContaining('could not be reached'),
    });
    // Nor where it has not even signed in.
    const { zoominfo } = client(gone.url);
    expect(await refusal(zoominfo.enrichContacts(people(2)))).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
  });

  test('a sign-in that is lost on the way to a paid call is no lost answer', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ down: true });
    expect(await refusal(zoominfo.enrichContacts(people(2)))).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
    expect((await stats()).requests).toEqual({ '/authenticate': 4 });
  });
});

describe('credits that have lapsed', () => {
  test('a 200 full of empty records is an error, not 25 blank leads', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ lapsed: true });
    const error = await refusal(zoominfo.enrichContacts(people(25)));
    expect(error).toBeInstanceOf(EmptyRecords);
    expect(error).toMatchObject({
      records: 25,
      credits: 0,
      message: 'ZoomInfo answered with 25 empty contacts: no name, e-mail or phone in any of them',
    });
    expect(await stats()).toMatchObject({ emptyRecords: 25, credits: { charged: 0 } });
  });

  test('companies without details are said, and no error: the people of their leads are paid for by then', async () => {
    const { zoominfo, fault } = await openZoominfo();
    await fault({ lapsed: true });
    expect(await zoominfo.enrichCompanies(companies(5))).toMatchObject({
      records: [],
      empty: companies(5),
      unmatched: [],
      credits: 0,
    });
  });

  test('credits that end in the middle leave full records and empty ones, told apart', async () => {
    const { zoominfo, stats } = await openZoominfo({ credits: 3 });
    const asked = people(5);
    const { records, empty, credits } = await zoominfo.enrichContacts(asked);
    expect(records.map(({ id }) => id)).toEqual(asked.slice(0, 3));
    expect(empty).toEqual(asked.slice(3));
    expect(credits).toBe((await stats()).credits.charged);
  });
});

describe('an API that changes', () => {
  test('a field that is gone from every row of a search is named', async () => {
    const { zoominfo, fault } = await openZoominfo();
    await fault({ shapeChanged: true });
    const intent = await refusal(zoominfo.searchIntent(query));
    expect(intent).toBeInstanceOf(UnexpectedAnswer);
    expect(intent).toMatchObject({ message: expect.stringMatching(/\/search\/intent .*signalScore: missing in all/) });
    expect(await refusal(zoominfo.searchContacts(contactsOf(20)))).toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringMatching(/\/search\/contact .*contactAccuracyScore: missing in all/),
    });
  });

  test('a field that is gone from paid records is named, and the records are kept', async () => {
    const { zoominfo, fault } = await openZoominfo();
    await fault({ shapeChanged: true });
    const contacts = await zoominfo.enrichContacts(people(4));
    expect(contacts).toMatchObject({ credits: 4, missingFields: ['companyId'] });
    expect(contacts.records.map(({ company }) => company.id)).toEqual([null, null, null, null]);
    const details = await zoominfo.enrichCompanies(companies(4));
    expect(details).toMatchObject({ credits: 4, missingFields: ['employeeCount'] });
  });

  test.each([
    ['sicCodes', '/search/intent'],
    ['topics', '/search/intent'],
  ])('the criterion %s refused with 400 is named, asked once, and is no empty day', async (field, path) => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ unknownField400: field });
    const error = await refusal(zoominfo.searchIntent(query));
    expect(error).toBeInstanceOf(RequestRefused);
    expect(error).toMatchObject({
      fields: [field],
      message: expect.stringContaining(`${path} (400): Criteria invalid: ${field} is not a search criterion`),
    });
    expect((await stats()).requests[path]).toBe(1);
  });

  test('a field of a paid call that we need is named, and nothing is charged', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ unknownField400: true });
    expect(await refusal(zoominfo.enrichContacts(people(2)))).toMatchObject({
      name: 'RequestRefused',
      fields: ['mobilePhone'],
    });
    expect(await refusal(zoominfo.enrichCompanies(companies(2)))).toMatchObject({ fields: ['primaryIndustry'] });
    expect(await refusal(zoominfo.searchContacts(contactsOf(2)))).toMatchObject({ fields: ['excludePartialProfiles'] });
    expect((await stats()).credits.charged).toBe(0);
  });

  test('a field that we can do without is done without, and said', async () => {
    const { zoominfo, fault, stats } = await openZoominfo();
    await fault({ unknownField400: 'directPhone' });
    const answer = await zoominfo.enrichContacts(people(3));
    expect(answer).toMatchObject({ credits: 3, refusedFields: ['directPhone'] });
    expect(answer.records.map(({ directPhone }) => directPhone)).toEqual([null, null, null]);
    const { requests, credits, repeated } = await stats();
    expect({ asked: requests['/enrich/contact'], charged: credits.charged, repeated }).toEqual({
      asked: 2,
      charged: 3,
      repeated: [],
    });
  });
});

describe('a vendor that is down', () => {
  test('is left alone after five failures in a row, paid calls too, and asked again after a rest', async () => {
    const { zoominfo, fault, stats } = await openZoominfo({}, { breaker: { failures: 5, restMs: 300 } });
    await zoominfo.usage();
    await fault({ error500: 1000 });
    expect(await refusal(zoominfo.usage())).toMatchObject({ name: 'Retryable', kind: '5XX' });
    const error = await refusal(zoominfo.usage());
    expect(error).toMatchObject({
      name: 'Retryable',
      kind: 'NETWORK',
      retryAfterMs: 300,
      message: expect.stringContaining('nothing was sent'),
    });
    expect(await refusal(zoominfo.enrichContacts(people(2)))).toMatchObject({ name: 'Retryable', kind: 'NETWORK' });
    const { requests } = await stats();
    expect(requests['/lookup/usage']).toBe(1 + 5);
    expect(requests['/enrich/contact']).toBeUndefined();

    await fault({ error500: 0 });
    let usage = null;
    while (usage === null) usage = await zoominfo.usage().catch(() => null);
    expect(usage).toMatchObject({ used: 0 });
  });

  test('429 is no failure: a busy vendor is not a dead one', async () => {
    const { zoominfo, fault } = await openZoominfo({}, { breaker: { failures: 2, restMs: 60_000 } });
    await fault({ rateLimited: 3 });
    expect(await zoominfo.usage()).toMatchObject({ used: 0 });
  });
});
