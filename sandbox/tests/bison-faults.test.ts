import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openBison, rows, type OpenBison } from './open-bison.ts';

let opened: OpenBison;
beforeAll(async () => {
  opened = await openBison();
});
afterAll(() => opened.bison.close());
beforeEach(() => opened.reset());

test('429 says how long to wait, in the header and in the body, as often as it was told to', async () => {
  await opened.fault({ rateLimit: 2, retryAfter: 3 });
  const limited = await opened.call('GET', '/campaigns');
  expect(limited).toMatchObject({ status: 429, body: { error: 'rate_limited', retry_after: 3 } });
  expect(limited.headers.get('retry-after')).toBe('3');
  expect((await opened.call('GET', '/campaigns')).status).toBe(429);
  expect((await opened.call('GET', '/campaigns')).status).toBe(200);
  expect(opened.stats().rateLimited).toBe(2);
});

test('a token that calls too often is limited by itself', async () => {
  const busy = await openBison({ rateLimit: { calls: 3, perMs: 60_000 } });
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await busy.call('GET', '/users')).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect((await busy.call('GET', '/users', undefined, 'nine')).status).toBe(200);
  await busy.bison.close();
});

test('success can mean zero leads, and the next attach adds them', async () => {
  await opened.call('PATCH', '/campaigns/41/pause');
  const { list } = await opened.upload({ name: 'a', rows: rows(3) });
  await opened.fault({ successButZero: 1 });
  const attach = () => opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id });
  expect(await attach()).toMatchObject({ status: 200, body: { data: { success: true } } });
  expect(opened.campaign(41)?.totalLeads).toBe(3);
  expect((await attach()).status).toBe(200);
  expect(opened.campaign(41)?.totalLeads).toBe(6);
});

test('a late sync keeps leads waiting until it is taken back, or told to happen now', async () => {
  const { list } = await opened.upload({ name: 'a', rows: rows(3) });
  await opened.fault({ lateSync: 10 * opened.fiveMinutes });
  await opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: list?.id });
  opened.pass(2 * opened.fiveMinutes);
  expect(opened.campaign(41)?.totalLeads).toBe(3);
  await opened.fault({ lateSync: 0 });
  expect(opened.campaign(41)?.totalLeads).toBe(6);
  const { list: more } = await opened.upload({ name: 'b', rows: rows(2, 'other.example.org') });
  await opened.call('POST', '/campaigns/41/leads/attach-lead-list', { lead_list_id: more?.id });
  expect(opened.campaign(41)?.totalLeads).toBe(6);
  await opened.fault({ syncNow: true });
  expect(opened.campaign(41)?.totalLeads).toBe(8);
});

test('a rename whose connection drops is done all the same', async () => {
  await opened.fault({ dropAfterRename: 1 });
  await expect(opened.call('PATCH', '/campaigns/41/update', { name: 'Renamed' })).rejects.toThrow();
  expect(opened.campaign(41)?.name).toBe('Renamed');
  expect(opened.stats().renames).toMatchObject([{ from: 'Evergreen', to: 'Renamed', via: 'api' }]);
});

test('an upload can be refused, drop its answer, and lose a share of its rows', async () => {
  await opened.fault({ rejectUpload: 1 });
  expect((await opened.upload({ name: 'a', rows: rows(2) })).made).toMatchObject({
    status: 422,
    body: { errors: { csv: expect.anything() as unknown } },
  });
  await opened.fault({ dropAfterUpload: 1 });
  await expect(opened.upload({ name: 'b', rows: rows(2) })).rejects.toThrow();
  await opened.fault({ failRows: 0.5 });
  const { list } = await opened.upload({ name: 'c', rows: rows(40, 'other.example.org') });
  expect(list?.failed).toBeGreaterThan(5);
  expect((list?.failed ?? 0) + (list?.accepted ?? 0)).toBe(40);
  expect(opened.stats().listsByName).toEqual({ b: 1, c: 1 });
});

test('personal domains can be skipped everywhere, or nowhere, whatever the workspace says', async () => {
  await opened.fault({ personalDomains: 'skip' });
  expect((await opened.upload({ name: 'a', rows: rows(2, 'gmail.com') })).list).toMatchObject({
    accepted: 0,
    skippedPersonal: 2,
  });
  await opened.fault({ personalDomains: 'allow' });
  expect((await opened.upload({ name: 'b', rows: rows(2, 'yahoo.com'), token: 'nine' })).list).toMatchObject({
    accepted: 2,
  });
});

test('every token can be refused, and any call can fail', async () => {
  await opened.fault({ refuseTokens: true });
  expect((await opened.call('GET', '/users')).status).toBe(401);
  await opened.fault({ refuseTokens: false, error500: 1 });
  expect(await opened.call('GET', '/users')).toMatchObject({ status: 500, body: { message: 'Server Error' } });
  expect((await opened.call('GET', '/users')).status).toBe(200);
});

test('a slow import is processing for as long as it takes', async () => {
  await opened.fault({ slowProcessing: 60_000 });
  expect((await opened.postCsv({ name: 'slow', rows: rows(3) })).status).toBe(201);
  for (;;) {
    const [list] = opened.stats().lists;
    if (list?.status !== 'Processing') {
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    expect(list).toMatchObject({ accepted: 0 });
    break;
  }
});

test('a reset forgets everything that was done', async () => {
  await opened.upload({ name: 'a', rows: rows(2) });
  await opened.fault({ refuseTokens: true });
  await opened.reset();
  expect(opened.stats()).toMatchObject({ lists: [], leadsSent: 0, apiCalls: {} });
  expect((await opened.call('GET', '/lead-lists')).body['data']).toEqual([]);
});

test('an unknown fault is refused', async () => {
  const answer = await fetch(`${opened.bison.url}/_control/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"nonsense":1}',
  });
  expect(answer.ok).toBe(false);
});
