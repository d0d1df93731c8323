import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { AnswerTooLarge, textOf } from '../../connectors/api/body.ts';
import { NotJson } from '../../connectors/api/json.ts';
import { makeHttp } from '../../connectors/bison/api/http.ts';
import { exchange } from '../../connectors/api/exchange.ts';
import { DataMismatch, Retryable } from '../../pipeline/errors.ts';

let server: Server;
let address: string;
let hungUp: Promise<void>;

beforeAll(async () => {
  server = createServer((request, response) => {
    hungUp = new Promise((resolve) => response.once('close', resolve));
    if (request.url === '/announced') response.setHeader('content-length', '900000000');
    if (request.url?.endsWith('/trickle') === true) {
      response.write('[');
      return;
    }
    if (request.url?.endsWith('/busy') === true) {
      response.writeHead(503, { 'retry-after': '3600' }).end('<html>maintenance</html>');
      return;
    }
    if (request.url === '/small') {
      response.end('{"data":"Zoë"}');
      return;
    }
    const chunk = Buffer.alloc(200_000, '"a person and another", ');
    const more = () => {
      if (!response.destroyed) response.write(chunk, () => setImmediate(more));
    };
    more();
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('an answer is read to its end', async () => {
  expect(await textOf(await fetch(`${address}/small`))).toBe('{"data":"Zoë"}');
});

test('an answer that goes on and on is read no further than it may be long', async () => {
  await expect(textOf(await fetch(`${address}/endless`), 1_000_000)).rejects.toThrow(AnswerTooLarge);
  await hungUp;
  await expect(textOf(await fetch(`${address}/announced`), 1_000_000)).rejects.toThrow('larger than 1 MB');
  await hungUp;
});

test('Bison that answers without an end is not listened to', async () => {
  const log = pino({ level: 'silent' });
  const bison = makeHttp({ url: address, log, retries: { times: 0, firstMs: 1 } }, 'token');
  const failure = await bison.get('/campaigns').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DataMismatch);
  expect(String(failure)).toContain('larger than 16 MB');
  expect(String(failure)).not.toContain('person');
  await hungUp;

  const slow = makeHttp({ url: address, log, timeoutMs: 300, retries: { times: 0, firstMs: 1 } }, 'token');
  await expect(slow.get('/trickle')).rejects.toThrow(Retryable);
  await hungUp;
});

test('ZoomInfo that answers without an end has answered, and it is no answer', async () => {
  const request = {
    vendor: 'ZoomInfo',
    what: '/search/intent',
    method: 'GET',
    url: `${address}/search/intent`,
  } as const;
  const failure = await exchange({ ...request, token: 'token', timeoutMs: 30_000, clock: Date.now }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(NotJson);
  expect(failure).toMatchObject({ problem: 'the answer is larger than 16 MB' });
  await hungUp;
});

test('a wait of an hour that a vendor asks for is the run’s, and not sat out in the call', async () => {
  const bison = makeHttp({ url: address, log: pino({ level: 'silent' }) }, 'token');
  await expect(bison.get('/busy')).rejects.toMatchObject({
    name: 'Retryable',
    kind: '5XX',
    retryAfterMs: 3_600_000,
    message: 'Bison answered 503 to GET /busy',
  });
});
