import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAway, makeDb, may, Refused, type Db } from '../../src/store/db.ts';
import { makeFileStore } from '../../src/store/files.ts';

/*
 * What stands between us and a database answers in its own name while the database is away, with any status. Taken for
 * the database's word, its 404 would be "no rows", its page a refusal that fails runs, its 404 for a file the end of it.
 */

let server: Server;
let db: Db;
let answer: RequestListener;
beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  db = makeDb(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'sb_secret_x'); // listens on TCP
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
);

const says =
  (status: number, type: string, body: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, type === '' ? {} : { 'content-type': type }).end(body);
const page = '<html><body>Down for maintenance</body></html>';
const strangers: Readonly<Record<string, RequestListener>> = {
  'a page with 200': says(200, 'text/html', page),
  'a page with 502': says(502, 'text/html', page),
  'a page with 403': says(403, 'text/html; charset=utf-8', page),
  'a line with 404': says(404, 'text/plain', 'default backend - 404'),
  'nothing with 404': says(404, '', ''),
  'no such key, with 401': says(401, 'application/json', '{"message":"Invalid API key"}'),
  'an error of its own, with 404': says(404, 'application/json', '{"error":"tunnel not found"}'),
  'half a row': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('[{"slug":', () => response.destroy());
  },
};

describe.each(Object.keys(strangers))('%s', (name) => {
  test('is an outage to who reads, who writes and who asks for a function', async () => {
    answer = strangers[name] ?? says(500, '', '');
    const asked = [
      async () => may(await db.from('clients').select('slug').maybeSingle()),
      async () => may(await db.from('clients').delete().eq('slug', 'x')),
      async () => may(await db.rpc('close_delivery', { p_id: 'x', p_worker: 'x', p_outcome: 'done' })),
    ];
    for (const ask of asked) expect(isAway(await ask().catch((error: unknown) => error))).toBe(true);
  });
});

test.each(['a line with 404', 'a page with 403', 'nothing with 404'])('%s is no word on a kept file', async (name) => {
  answer = strangers[name] ?? says(500, '', '');
  const files = makeFileStore(db, '/nowhere');
  expect(isAway(await files.read('runs/a.png').catch((error: unknown) => error))).toBe(true);
});

test('what the database itself refuses, and does not find, is no outage', async () => {
  answer = says(409, 'application/json; charset=utf-8', '{"code":"23505","message":"duplicate key","details":null}');
  await expect((async () => may(await db.from('clients').delete().eq('slug', 'x')))()).rejects.toThrow(Refused);
  answer = says(400, 'application/json', '{"statusCode":"404","error":"not_found","message":"Object not found"}');
  expect(await makeFileStore(db, '/nowhere').read('runs/a.png')).toBeNull();
  answer = says(204, '', '');
  expect(may(await db.rpc('close_delivery', { p_id: 'x', p_worker: 'x', p_outcome: 'done' }))).toBeNull();
});
