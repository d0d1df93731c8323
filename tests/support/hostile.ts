import { createHash } from 'node:crypto';
import { connect } from 'node:net';

/*
 * What a port on the internet is sent: random and hostile requests, over raw sockets, because no HTTP client would send
 * most of them. The same seed sends the same bytes.
 */

export type HostileResult = {
  readonly requests: number;
  readonly connections: number;
  /** Answers by status, such as { 400: 5200, 404: 3100 }. */
  readonly answers: Readonly<Record<string, number>>;
};

type Random = {
  /** From 0 up to below `end`. */
  below(end: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  bytes(count: number): Buffer;
};

/** Numbers that look random, the same for the same seed: SHA-256 of a counter. */
function makeRandom(seed: string): Random {
  let counter = 0;
  const block = () => createHash('sha256').update(`${seed}:${counter++}`).digest();
  const below = (end: number) => block().readUInt32LE(0) % end;
  return {
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    bytes: (count) => Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, block)).subarray(0, count),
  };
}

const methods = [
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'DELETE',
  'PATCH',
  'PROPFIND',
  'get',
  'G\0T',
] as const;
const targets = [
  '/',
  '//',
  '///',
  '//evil.example/',
  '//[',
  '/\\evil.example',
  '/health',
  '/health/',
  '/HEALTH',
  '/alive?x=1',
  '/files/',
  '/files/AAAA?until=99999999999&for=U1&sig=x',
  '/files/%',
  '/files/%E0%A4%A',
  '/files/../../etc/passwd',
  '/files/..%2f..%2f.env',
  '/files/Li4vLmVudg?until=NaN&sig=',
  '/slack/events',
  '/slack/events/',
  '/slack/events?a[b]=c&a[__proto__][x]=1',
  '/slack/',
  '/slack/install',
  '/slack/oauth_redirect?code=1&state=2',
  '/.env',
  '/%00',
  '/a\0b',
  '/?__proto__=1&constructor=2',
  '/%ff%fe',
  '*',
  'health',
  '?',
  '#',
  'http://',
  'http://[::1',
  'http://evil.example/health',
  'http://user:word@localhost/slack/events',
  'https://localhost:99999/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '/é',
  `/${'a'.repeat(9_000)}`,
  `/${'../'.repeat(900)}`,
  `/?${'a=1&'.repeat(2_000)}`,
] as const;
const headers = [
  '',
  'Expect: 100-continue\r\n',
  'Expect: the-unexpected\r\n',
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n',
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n',
  'Content-Length: 5\r\nContent-Length: 6\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 99999999999999999999\r\n',
  'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'Transfer-Encoding: xchunked\r\n',
  `X-Long: ${'y'.repeat(20_000)}\r\n`,
  'X-Many: 1\r\n'.repeat(300),
  'X-Null: a\0b\r\n',
  'X Space: 1\r\n',
  'X-Folded: a\r\n b\r\n',
  'Host: other\r\n',
  'Cookie: a=%; =; __proto__=1\r\n',
  'Range: bytes=0-,0-,0-,-1\r\n',
  'X-Slack-Signature: v0=00\r\nX-Slack-Request-Timestamp: NaN\r\n',
  'X-Slack-Signature: v0=00\r\nX-Slack-Signature: v0=01\r\nX-Slack-Request-Timestamp: 1\r\n',
  'X-Slack-Retry-Num: 1e999\r\nContent-Type: application/json\r\n',
] as const;
const bodies = [
  '{}',
  'null',
  '{"type":"url_verification","challenge":"x"}',
  'payload={',
  'payload=null',
  'ssl_check=1&payload={"type":"block_actions"}',
  '{"__proto__":{"x":1}}',
  '['.repeat(20_000),
] as const;

/** One request, most often one that is wrong somewhere. What is last on its connection may end in the middle. */
function oneRequest(random: Random): Buffer {
  const shape = random.below(20);
  if (shape === 0) return random.bytes(1 + random.below(400));
  if (shape === 1)
    return Buffer.from(
      random.pick([
        '\r\n\r\n',
        '\n',
        'GET\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        '\x16\x03\x01\x02\x00\x01\x00',
      ]),
    );
  if (shape === 2)
    return Buffer.from(`CONNECT ${random.pick(['evil.example:443', '/', ''])} HTTP/1.1\r\nHost: x\r\n\r\n`);
  const version = random.pick(['1.1', '1.1', '1.1', '1.1', '1.0', '0.9', '2.0', '9.9', '']);
  const line = `${random.pick(methods)} ${random.pick(targets)} HTTP/${version}\r\n`;
  const host = random.below(10) === 0 ? '' : 'Host: localhost\r\n';
  if (shape === 3)
    return Buffer.concat([Buffer.from(`${line}${host}X-Noise: `), random.bytes(200), Buffer.from('\r\n\r\n')]);
  if (shape === 4) {
    const chunks = random.pick([
      '5\r\nhello\r\n0\r\n\r\n',
      'zz\r\n',
      '-1\r\n',
      'ffffffffffffffff\r\nx',
      '5;ext\r\nhello\r\n0\r\nTrailer: x\r\n\r\n',
    ]);
    return Buffer.from(`${line}${host}Transfer-Encoding: chunked\r\n\r\n${chunks}`);
  }
  if (shape <= 8) {
    const body = random.pick(bodies);
    const type = random.pick([
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '\u0001',
    ]);
    const length = random.below(6) === 0 ? Buffer.byteLength(body) + random.below(50) : Buffer.byteLength(body);
    const target = random.pick(['/slack/events', '/slack/events', '/health', '/files/AAAA']);
    return Buffer.from(
      `POST ${target} HTTP/1.1\r\n${host}Content-Type: ${type}\r\nContent-Length: ${length}\r\n${random.pick(headers)}\r\n${body}`,
    );
  }
  return Buffer.from(`${line}${host}${random.pick(headers)}\r\n`);
}

/** Sends so many requests, several on a connection, and answers what came back once every connection is over. */
export async function sendHostile(
  port: number,
  options: { readonly requests: number; readonly seed: string },
): Promise<HostileResult> {
  const random = makeRandom(options.seed);
  const answers: Record<string, number> = {};
  let sent = 0;
  let connections = 0;
  const visitor = async () => {
    while (sent < options.requests) {
      // Requests behind a wrong one are never read: a connection each for most, so that every kind is met.
      const some = Math.min(1 + random.below(3), options.requests - sent);
      const bytes = Buffer.concat(Array.from({ length: some }, () => oneRequest(random)));
      sent += some;
      connections++;
      const cut = random.below(8) === 0 ? random.below(bytes.length) : bytes.length;
      const said = await visit(port, bytes.subarray(0, cut), random.below(12) === 0);
      for (const [, status = ''] of said.matchAll(/^HTTP\/1\.1 (\d{3})/gm))
        answers[status] = (answers[status] ?? 0) + 1;
    }
  };
  const lingering = linger(port);
  await Promise.all(Array.from({ length: 40 }, visitor));
  lingering.end();
  return { requests: options.requests, connections, answers };
}

/** Sends bytes on a connection of their own; answers what came back until it was over. `rude`: leaves without listening. */
function visit(port: number, bytes: Buffer, rude: boolean): Promise<string> {
  return new Promise((resolve) => {
    const said: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      if (rude) socket.write(bytes, () => socket.resetAndDestroy());
      else socket.end(bytes);
    });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => said.push(chunk));
    // A reset is an answer too.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(Buffer.concat(said).toString('latin1')));
  });
}

/** Thirty connections that say a letter now and then and never come to an end. */
function linger(port: number): { end(): void } {
  const sockets = Array.from({ length: 30 }, () => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /health HTTP/1.1\r\nX-Slow: '));
    socket.on('error', () => socket.destroy());
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('z');
  }, 200);
  return {
    end() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}
