import { afterEach, describe, expect, test } from '@jest/globals';
import type { StandIn } from '../kit.ts';
import { startZoominfo, type ZoominfoOptions, type ZoominfoStats } from '../zoominfo/index.ts';
import { makeWorld } from '../zoominfo/world.ts';

let running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.map((each) => each.close()));
  running = [];
});

const now = Date.parse('2026-11-23T12:00:00Z');
const login = { username: 'leadops', password: 'brown-finch-38' };
const topics = ['Vending Machines', 'Breakroom Solutions', 'Coffee Services', 'Water Coolers'];
const search = { topics, signalScoreMin: 75, employeeRangeMin: '50', employeeRangeMax: '5000', rpp: 100, page: 1 };

async function zoominfo(options: Partial<ZoominfoOptions> = {}) {
  const standIn = await startZoominfo({
    ...login,
    seed: 'test',
    now: () => now,
    credits: 100,
    signInsPerSecond: 1000,
    requestsPerSecond: 1000,
    ...options,
  });
  running.push(standIn);
  let token = '';
  const post = (path: string, body: unknown) =>
    fetch(`${standIn.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const signIn = (given: unknown = login) => post('/authenticate', given);
  const { jwt } = (await (await signIn()).json()) as { jwt: string };
  token = jwt;
  const json = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>;
  return {
    jwt,
    signIn,
    post,
    ask: (path: string, body: unknown) => json(post(path, body)),
    enrich: (ids: readonly string[], outputFields: readonly string[] = ['id', 'email', 'companyId', 'companyName']) =>
      post('/enrich/contact', { matchPersonInput: ids.map((personId) => ({ personId })), outputFields }),
    usage: () => fetch(`${standIn.url}/lookup/usage`, { headers: { authorization: `Bearer ${token}` } }),
    fault: (patch: unknown) => post('/_control/fault', patch),
    reset: () => post('/_control/reset', {}),
    stats: async () => (await (await fetch(`${standIn.url}/_control/stats`)).json()) as ZoominfoStats,
  };
}

type Row = Record<string, unknown> & { readonly company?: Record<string, unknown> };
const rowsOf = (answer: Record<string, unknown>) => answer['data'] as Row[];
const world = makeWorld('test', 180);
const people = [...world.people.keys()];

describe('signing in', () => {
  test('a token has three parts; without a good one everything is 401', async () => {
    const { jwt, signIn, post, fault, stats } = await zoominfo();
    expect(jwt.split('.')).toHaveLength(3);
    expect((await post('/search/intent', search)).status).toBe(200);
    await fault({ expireToken: true });
    expect((await post('/search/intent', search)).status).toBe(401);
    expect((await signIn({ ...login, password: 'other' })).status).toBe(401);
    await fault({ wrongLogin: true });
    expect((await signIn()).status).toBe(401);
    expect((await stats()).refused).toEqual({ token: 1, login: 2 });
  });

  test('one sign-in a second, 25 calls a second; then 429 says when to come back', async () => {
    const { signIn, usage, stats } = await zoominfo({ signInsPerSecond: 1, requestsPerSecond: 25 });
    const again = await signIn();
    expect([again.status, again.headers.get('retry-after')]).toEqual([429, '1']);
    const statuses = (await Promise.all(Array.from({ length: 30 }, usage))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThan(30);
    expect(statuses).toContain(429);
    expect((await stats()).refused['rate']).toBeGreaterThan(1);
  });
});

describe('what is refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['/search/intent', { ...search, colour: 'red' }, 'Criteria invalid: colour is not a search criterion'],
    ['/search/intent', { ...search, employeeRangeMin: 50 }, 'employeeRangeMin must be a string with a number in it'],
    ['/search/intent', { ...search, sicCodes: ['3531'] }, 'sicCodes must be a comma separated string'],
    ['/search/intent', { ...search, signalScoreMin: 59 }, 'signalScoreMin must be from 60 to 100'],
    ['/search/intent', { ...search, topics: 'Vending Machines' }, 'topics must be a list of topics'],
    ['/search/intent', { ...search, rpp: 101 }, 'rpp must not be more than 100'],
    ['/search/intent', { ...search, page: 11 }, 'page must not reach past 1,000 records'],
    ['/search/intent', { ...search, page: 10 }, 'requested is greater than the available results'],
    ['/search/contact', { companyId: '1', excludeOrgExportedContacts: true }, 'excludeOrgExportedContacts is not'],
    ['/search/contact', { companyId: '1', requiredFieldsOperator: 'or' }, 'requiredFieldsOperator is not'],
    ['/search/contact', { companyId: '1', managementLevel: 'VP' }, 'managementLevel must be of Board Member, C Level'],
    ['/search/contact', { companyId: '1', contactAccuracyScoreMin: 95 }, 'contactAccuracyScoreMin must be a string'],
    ['/search/contact', { companyId: '9'.repeat(501) }, 'companyId must not be longer than 500 characters'],
    [
      '/enrich/contact',
      { matchPersonInput: [{ personId: '1' }], outputFields: ['employeeCount'] },
      'employeeCount is not',
    ],
    ['/enrich/contact', { matchPersonInput: [{ personId: '1' }], outputFields: ['sicCode'] }, 'sicCode is not'],
    ['/enrich/contact', { matchPersonInput: [{ personId: '1' }], outputFields: ['industry'] }, 'industry is not'],
    ['/enrich/contact', { matchPersonInput: [{ personId: '1' }] }, 'outputFields must be a list of fields'],
    ['/enrich/contact', { matchPersonInput: [{}], outputFields: ['id'] }, 'matchPersonInput.personId must be an id'],
    ['/enrich/contact', { matchPersonInput: Array(26).fill({ personId: 1 }), outputFields: ['id'] }, 'more than 25'],
  ])('%s %j', async (path, body, words) => {
    const { post, stats } = await zoominfo();
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ success: false, error: expect.stringContaining(words) });
    expect((await stats()).credits.charged).toBe(0);
  });
});

describe('intent results', () => {
  test('come flat and nested, with three kinds of dates and none, scores as numbers and as strings', async () => {
    const { ask } = await zoominfo({ signalsPerDay: 28 });
    const rows = [
      ...rowsOf(await ask('/search/intent', search)),
      ...rowsOf(await ask('/search/intent', { ...search, page: 2 })),
    ];
    const dates = rows.map(({ signalDate }) => signalDate);
    expect(rows.some(({ company }) => company !== undefined)).toBe(true);
    expect(rows.some(({ companyId }) => typeof companyId === 'string')).toBe(true);
    expect(dates.some((date) => /^\d{4}-\d\d-\d\d$/.test(String(date)))).toBe(true);
    expect(dates.some((date) => /^\d{4}-\d\d-\d\dT14:30:00Z$/.test(String(date)))).toBe(true);
    expect(dates.some((date) => /^\d{1,2}\/\d{1,2}\/\d{4} 12:00 AM$/.test(String(date)))).toBe(true);
    expect(new Set(rows.map(({ signalScore }) => typeof signalScore))).toEqual(new Set(['number', 'string']));
    expect(rows.some(({ recommendedContacts }) => (recommendedContacts as unknown[]).length === 0)).toBe(true);
  });

  test('show the last row of a page again on the next', async () => {
    const { ask } = await zoominfo({ signalsPerDay: 28 });
    const [first, second] = [await ask('/search/intent', search), await ask('/search/intent', { ...search, page: 2 })];
    expect(rowsOf(first).at(-1)).toEqual(rowsOf(second)[0]);
  });

  test('are the same for the same seed and day, and go on with the days', async () => {
    let clock = now;
    const [one, two, other] = await Promise.all([
      zoominfo({ now: () => clock }),
      zoominfo(),
      zoominfo({ seed: 'another' }),
    ]);
    const answer = await one.ask('/search/intent', search);
    expect(await two.ask('/search/intent', search)).toEqual(answer);
    expect(await other.ask('/search/intent', search)).not.toEqual(answer);
    clock += 7 * 86_400_000;
    const later = await one.ask('/search/intent', search);
    expect(later).not.toEqual(answer);
    const ids = new Set(rowsOf(answer).map(({ id }) => id));
    expect(rowsOf(later).filter(({ id }) => ids.has(id)).length).toBeGreaterThan(5);
  });

  test('are those of a usual day by default: about 25, few of them fresh', async () => {
    const counts: number[] = [];
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const { ask } = await zoominfo({ seed });
      counts.push(rowsOf(await ask('/search/intent', search)).length);
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(18);
    expect(mean).toBeLessThan(34);
  });

  test('name companies by ids that are other companies’ in contact search', () => {
    const companyIds = new Set(world.companies.map(({ companyId }) => companyId));
    for (const { intentId, companyId } of world.companies) {
      expect(companyIds.has(intentId)).toBe(true);
      expect(intentId).not.toBe(companyId);
    }
    expect(new Set(world.companies.map(({ intentId }) => intentId)).size).toBe(world.companies.length);
  });
});

describe('enrichment', () => {
  test('costs a credit a record, every time, and says which was paid for twice', async () => {
    const { enrich, usage, stats } = await zoominfo();
    const ids = people.slice(0, 3);
    await enrich(ids);
    await enrich(ids.slice(0, 1));
    await enrich(['999']);
    expect(await stats()).toMatchObject({
      credits: { limit: 100, charged: 4, remaining: 96 },
      repeated: [`person:${ids[0] ?? ''}`],
    });
    expect(await (await usage()).json()).toMatchObject({ usage: [{ currentUsage: 4, usageRemaining: 96 }] });
  });

  test('answers a record now flat, now nested, data now a list, now not', async () => {
    const { enrich } = await zoominfo();
    const answers = await Promise.all(
      people.slice(0, 12).map(async (id) => JSON.stringify(await (await enrich([id])).json())),
    );
    expect(answers.some((answer) => answer.includes('"data":[{"outputFields"'))).toBe(true);
    expect(answers.some((answer) => answer.includes('"data":{"outputFields"'))).toBe(true);
    expect(answers.some((answer) => answer.includes('"company":{"id"'))).toBe(true);
    expect(answers.some((answer) => answer.includes('"companyId":'))).toBe(true);
  });

  test('with lapsed credits it is 200 and empty, and costs nothing; so it is when they run out', async () => {
    const { enrich, fault, stats } = await zoominfo({ credits: 1 });
    await fault({ lapsed: true });
    const lapsed = await enrich(people.slice(0, 2));
    expect(lapsed.status).toBe(200);
    expect(JSON.stringify(await lapsed.json())).not.toContain('.example');
    expect(await stats()).toMatchObject({ emptyRecords: 2, credits: { charged: 0 } });
    await fault({ lapsed: false });
    await enrich(people.slice(0, 3));
    expect(await stats()).toMatchObject({ emptyRecords: 4, credits: { charged: 1, remaining: 0 } });
  });

  test('charged and not answered: the connection cut, or a 502', async () => {
    const { enrich, fault, stats } = await zoominfo();
    await fault({ loseAnswer: 1, error502: 1 });
    await expect(enrich(people.slice(0, 2))).rejects.toThrow();
    expect((await enrich(people.slice(2, 4))).status).toBe(502);
    expect((await enrich(people.slice(4, 5))).status).toBe(200);
    expect(await stats()).toMatchObject({ lostAnswers: 2, credits: { charged: 5 } });
  });

  test('refused before it is done: 500 and 429 cost nothing', async () => {
    const { enrich, fault, stats } = await zoominfo();
    await fault({ error500: 1, rateLimited: 1 });
    expect((await enrich(people.slice(0, 2))).status).toBe(429);
    expect((await enrich(people.slice(0, 2))).status).toBe(500);
    expect((await stats()).credits.charged).toBe(0);
  });
});

test('everybody is invented: hosts that cannot exist, numbers nobody has', () => {
  for (const { person, company } of world.people.values()) {
    if (person.email !== '') expect(person.email).toMatch(/@[a-z0-9-]+\.example$/);
    for (const phone of [person.mobilePhone, person.directPhone, person.phone, company.phone]) {
      if (phone !== '') expect(phone).toMatch(/^\(\d{3}\) 555-01\d\d$/);
    }
  }
});

test('faults hold until reset, an unknown one is refused', async () => {
  const { ask, post, fault, reset, stats } = await zoominfo();
  await fault({ zeroResults: true });
  expect(rowsOf(await ask('/search/intent', search))).toEqual([]);
  await fault({ zeroResults: false, unknownField400: 'topics' });
  expect((await post('/search/intent', search)).status).toBe(400);
  await fault({ unknownField400: false, shapeChanged: true });
  expect(JSON.stringify(await ask('/search/intent', search))).not.toContain('signalScore');
  expect((await fault({ zeroResutls: true })).status).toBe(500);
  await reset();
  expect(await stats()).toMatchObject({ requests: {}, refused: {}, credits: { charged: 0 } });
  expect(JSON.stringify(await ask('/search/intent', search))).toContain('signalScore');
});
