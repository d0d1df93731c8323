import { connect } from 'node:net';
import type { RequestListener } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { Retryable } from '../../pipeline/errors.ts';
import { makeHealth, type Health } from '../../src/console/health.ts';
import { startConsole, type Console, type Limits } from '../../src/console/server.ts';
import { makeLog } from '../../src/log.ts';

let console: Console | undefined;
afterEach(() => console?.close());

const well: Health = makeHealth({ openRuns: () => Promise.resolve(3) });

async function start(
  parts: { health?: Health; slack?: RequestListener; fail?: () => never; limits?: Partial<Limits> } = {},
): Promise<string> {
  console = await startConsole({
    port: 0,
    health: parts.health ?? well,
    file: () => parts.fail?.(),
    slack: parts.slack ?? null,
    log: makeLog('silent'),
    ...(parts.limits && { limits: parts.limits }),
  });
  return `http://127.0.0.1:${console.port}`;
}

/** What comes back for bytes that no HTTP client would send. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(console?.port ?? 0, '127.0.0.1');
  socket.write(bytes);
  return readAll(socket);
}
const get = (target: string) => raw(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

test.each(['//', '//evil.example/', '/%', '/files/%E0%A4%A', 'health', '*', 'http://[', 'file:///etc/passwd'])(
  '%s is no address: 400, and the next request is answered',
  async (target) => {
    const address = await start();
    expect(await get(target)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${address}/health`)).status).toBe(200);
  },
);

test('a proxy may send the whole address', async () => {
  await start();
  expect(await get('http://leadops.example/alive')).toMatch(/^HTTP\/1\.1 200 /);
});

test('an unknown path says what this is, and nothing of the inside', async () => {
  const address = await start();
  const answer = await fetch(`${address}/wp-login.php`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await answer.text();
  expect(page).toMatch(/LeadOps.*Slack.*\/leadops help/s);
  expect(page).not.toMatch(/wp-login|express|\d+\.\d+\.\d+/i);
});

test('Slack’s receiver gets POST /slack/events, its body unread, and nothing else', async () => {
  const got: string[] = [];
  const address = await start({
    slack: (request, response) => {
      void readAll(request).then((body) => {
        got.push(`${request.method} ${request.url} ${body}`);
        response.end('taken');
      });
    },
  });
  const path = `${address}/slack/events`;
  for (const init of [{}, { method: 'PUT', body: 'x' }, { method: 'DELETE' }, { method: 'OPTIONS' }]) {
    expect((await fetch(path, init)).status).toBe(404);
  }
  for (const other of ['/slack/install', '/slack/events/', '/Slack/Events', '/slack/oauth_redirect']) {
    expect((await fetch(`${address}${other}`, { method: 'POST', body: 'x' })).status).toBe(404);
  }
  expect(got).toEqual([]);
  expect(await (await fetch(path, { method: 'POST', body: '{"a":1}' })).text()).toBe('taken');
  expect(got).toEqual(['POST /slack/events {"a":1}']);
});

test('in Socket Mode Slack’s path is a path like any other', async () => {
  const address = await start();
  expect((await fetch(`${address}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
});

test.each([
  ['a defect', new Error('of ours'), 500],
  ['an outage', new Retryable('NETWORK', 'of the database'), 503],
])('what a handler throws ends in an answer that tells nothing of it: %s', async (_what, error, status) => {
  const address = await start({
    fail: () => {
      throw error;
    },
  });
  const answer = await fetch(`${address}/files/x`);
  expect(answer.status).toBe(status);
  expect(await answer.text()).not.toContain(error.message);
  expect((await fetch(`${address}/alive`)).status).toBe(200);
});

test('who never ends a request is answered 408, and the connection is over', async () => {
  await start({ limits: { headersMs: 200, requestMs: 300, checkEveryMs: 50 } });
  expect(await raw('GET / HTTP/1.1\r\nX-Slow: z')).toMatch(/^HTTP\/1\.1 408 /);
});

test('a body that nobody asked for ends the connection with the answer, however long it was to be', async () => {
  await start();
  const said = await raw('POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\nx');
  expect(said).toMatch(/^HTTP\/1\.1 404 .*connection: close/is);
});

test('headers without end are 431', async () => {
  await start();
  expect(await raw(`GET / HTTP/1.1\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
});
