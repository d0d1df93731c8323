import { afterEach, expect, test } from '@jest/globals';
import { makeHealth, type Look } from '../../src/console/health.ts';
import { startConsole, type Console } from '../../src/console/server.ts';
import { makeLog } from '../../src/log.ts';

let console: Console | undefined;
afterEach(() => console?.close());

async function ask(openRuns: () => Promise<number>, parts: Readonly<Record<string, Look>> = {}) {
  const health = makeHealth({ openRuns, parts, patienceMs: 50 });
  console = await startConsole({ port: 0, health, file: () => undefined, slack: null, log: makeLog('silent') });
  const address = `http://127.0.0.1:${console.port}`;
  const answer = await fetch(`${address}/health`);
  const facts: unknown = await answer.json();
  return { status: answer.status, facts, alive: (await fetch(`${address}/alive`)).status, address };
}

test('tells each part, and how many runs are not over', async () => {
  const { status, facts } = await ask(() => Promise.resolve(4), { slack: () => ({ ok: true, since: '2027-01-15' }) });
  expect(status).toBe(200);
  expect(facts).toMatchObject({ ok: true, runs: 4, database: { ok: true }, slack: { ok: true, since: '2027-01-15' } });
});

test('a database that is away is 503, and no reason to start the process anew', async () => {
  const { status, facts, alive } = await ask(() => Promise.reject(new Error('secret address of the database')));
  expect(status).toBe(503);
  expect(facts).toMatchObject({ ok: false, runs: null, database: { ok: false } });
  expect(JSON.stringify(facts)).not.toContain('secret address');
  expect(alive).toBe(200);
});

test('Slack being away is said, and takes the app out of no balancer', async () => {
  const { status, facts } = await ask(() => Promise.resolve(0), { slack: () => ({ ok: false, since: '2027-01-15' }) });
  expect(status).toBe(200);
  expect(facts).toMatchObject({ ok: false, database: { ok: true }, slack: { ok: false } });
});

test('a part that never answers is answered for', async () => {
  const never = new Promise<number>(() => undefined);
  const { status, facts } = await ask(() => never);
  expect(status).toBe(503);
  expect(facts).toMatchObject({ database: { ok: false, problem: 'no answer in time' } });
});

test('however often it is asked, the database is asked once', async () => {
  let asked = 0;
  const { address } = await ask(() => Promise.resolve(++asked));
  await Promise.all(Array.from({ length: 50 }, () => fetch(`${address}/health`)));
  expect(asked).toBe(1);
});
