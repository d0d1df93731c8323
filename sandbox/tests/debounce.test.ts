import { afterEach, expect, test } from '@jest/globals';
import type { StandIn } from '../kit.ts';
import { startDebounce, type DebounceOptions, type DebounceStats } from '../debounce/index.ts';

let running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.map((each) => each.close()));
  running = [];
});

async function debounce(options: Partial<DebounceOptions> = {}) {
  const standIn = await startDebounce({ key: 'k-1', ...options });
  running.push(standIn);
  const post = (path: string, body: unknown) =>
    fetch(`${standIn.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    check: (email: string, key = 'k-1') =>
      fetch(`${standIn.url}/v1/?${new URLSearchParams({ api: key, email }).toString()}`),
    fault: (patch: unknown) => post('/_control/fault', patch),
    reset: () => post('/_control/reset', {}),
    stats: async () => (await (await fetch(`${standIn.url}/_control/stats`)).json()) as DebounceStats,
  };
}

type Answer = { debounce: Record<string, unknown>; success: unknown; balance: unknown };
const read = async (response: Response) => (await response.json()) as Answer;

test('every value of an answer is a string, and the balance goes down by one', async () => {
  const vendor = await debounce({
    credits: 10,
    verdict: () => ({ code: '5', result: 'Safe to Send', reason: 'Deliverable' }),
  });
  const first = await read(await vendor.check('jane@example.com'));
  expect(first).toEqual({
    debounce: {
      email: 'jane@example.com',
      code: '5',
      role: 'false',
      free_email: 'false',
      result: 'Safe to Send',
      reason: 'Deliverable',
      send_transactional: '1',
      did_you_mean: '',
    },
    success: '1',
    balance: '9',
  });
  expect((await read(await vendor.check('jane@example.com'))).balance).toBe('8');
});

test('about 68 of 100 addresses are safe to send, the same ones every time, and a malformed one is a syntax error', async () => {
  const vendor = await debounce();
  const results: unknown[] = [];
  for (let n = 0; n < 400; n += 1)
    results.push((await read(await vendor.check(`owner.${n}@example.com`))).debounce['result']);
  const safe = results.filter((result) => result === 'Safe to Send').length;
  expect(safe).toBeGreaterThan(400 * 0.6);
  expect(safe).toBeLessThan(400 * 0.76);
  expect((await read(await vendor.check('OWNER.7@example.com'))).debounce['result']).toBe(results[7]);
  expect((await read(await vendor.check('no-at-sign'))).debounce).toMatchObject({ code: '1', result: 'Invalid' });
  expect((await read(await vendor.check('info@example.com'))).debounce).toMatchObject({ code: '8', role: 'true' });
  expect(await vendor.stats()).toMatchObject({ calls: 403, answered: 403, balance: 1_000_000 - 403 });
});

test('a wrong key is 401, no credits is 402, and neither costs anything', async () => {
  const vendor = await debounce({ credits: 1 });
  expect((await vendor.check('a@example.com', 'stolen')).status).toBe(401);
  expect((await vendor.check('a@example.com')).status).toBe(200);
  expect((await vendor.check('a@example.com')).status).toBe(402);
  expect(await vendor.stats()).toMatchObject({ answered: 1, balance: 0, refused: { wrongKey: 1, creditsLow: 1 } });
});

test('five calls at once are answered, a sixth is refused with 429', async () => {
  const vendor = await debounce({ latencyMs: 200 });
  const five = Array.from({ length: 5 }, (_, n) => vendor.check(`five.${n}@example.com`));
  expect((await Promise.all(five)).map((response) => response.status)).toEqual([200, 200, 200, 200, 200]);
  const six = Array.from({ length: 6 }, (_, n) => vendor.check(`six.${n}@example.com`));
  const statuses = (await Promise.all(six)).map((response) => response.status).sort();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect(await vendor.stats()).toMatchObject({ maxConcurrent: 6, refused: { tooMany: 1 } });
});

test('faults make it misbehave until reset, and an unknown fault is refused', async () => {
  const vendor = await debounce();
  await vendor.fault({ down: true });
  expect((await vendor.check('a@example.com')).status).toBe(503);
  await vendor.fault({ down: false, tooMany: 1 });
  expect((await vendor.check('a@example.com')).status).toBe(429);
  expect((await vendor.check('a@example.com')).status).toBe(200);
  await vendor.fault({ wrongKey: true });
  expect((await vendor.check('a@example.com')).status).toBe(401);
  await vendor.fault({ wrongKey: false, lowCredits: true });
  expect((await vendor.check('a@example.com')).status).toBe(402);
  await vendor.reset();
  expect(await vendor.stats()).toMatchObject({ calls: 0, balance: 1_000_000 });
  expect((await vendor.check('a@example.com')).status).toBe(200);
  expect((await vendor.fault({ dwon: true })).status).toBe(500);
});
