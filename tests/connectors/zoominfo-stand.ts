import { afterEach } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { makeZoominfo, type ZoominfoOptions } from '../../connectors/zoominfo/index.ts';
import { intentDefaults } from '../../pipeline/intent/config.ts';
import { intentQuery } from '../../pipeline/intent/query.ts';
import type { CompanyId, Zoominfo } from '../../pipeline/ports/zoominfo.ts';
import { serve, type StandIn } from '../../sandbox/kit.ts';
import {
  startZoominfo,
  type ZoominfoFaults,
  type ZoominfoOptions as StandInOptions,
} from '../../sandbox/zoominfo/index.ts';
import type { ZoominfoStats } from '../../sandbox/zoominfo/index.ts';

const login = { username: 'polly@agency.example', password: 'brown-finch-38' };
/** A Monday morning. */
export const now = Date.parse('2026-11-23T12:00:00Z');
export const seed = 'desk';
export const query = intentQuery(intentDefaults);
// Ids are the vendor's own, and any text is one.
export const contactQuery = { companies: ['7' as CompanyId], levels: ['VP'] as const, accuracyMin: 95 };

let running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.map((standIn) => standIn.close()));
  running = [];
});

/** Ends one before the test does. */
async function end(standIn: StandIn): Promise<void> {
  running = running.filter((each) => each !== standIn);
  await standIn.close();
}

/** What was logged, as text. */
export type Logged = { readonly lines: string[] };

/** The client with a short patience, and what it logged. */
export function client(url: string, options: Partial<ZoominfoOptions> = {}): { zoominfo: Zoominfo; logged: Logged } {
  const lines: string[] = [];
  const log = pino({ level: 'debug', base: undefined }, { write: (line: string) => void lines.push(line) });
  const zoominfo = makeZoominfo({
    url,
    credentials: () => Promise.resolve({ username: login.username, secret: login.password }),
    log,
    firstRetryMs: 1,
    breaker: { failures: 100, restMs: 60_000 },
    ...options,
  });
  return { zoominfo, logged: { lines } };
}

/** The stand-in ZoomInfo and a client of it. */
export async function openZoominfo(standIn: Partial<StandInOptions> = {}, options: Partial<ZoominfoOptions> = {}) {
  const vendor = await startZoominfo({
    ...login,
    seed,
    now: () => now,
    credits: 1000,
    retryAfterSeconds: 0,
    ...standIn,
  });
  running.push(vendor);
  const post = (path: string, body: unknown) =>
    fetch(`${vendor.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    url: vendor.url,
    ...client(vendor.url, options),
    fault: (patch: Partial<ZoominfoFaults>) => post('/_control/fault', patch),
    stats: async () => (await (await fetch(`${vendor.url}/_control/stats`)).json()) as ZoominfoStats,
    close: () => end(vendor),
  };
}

export type Asked = {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly token: string | undefined;
};
export type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/**
 * A ZoomInfo of another make: it signs in, and answers as it is told.
 * @param answer told the call, and how many of that path came before it
 */
export async function foreign(answer: (asked: Asked, before: number) => Reply, options: Partial<ZoominfoOptions> = {}) {
  const asked: Asked[] = [];
  const app = express();
  app.use(express.json());
  app.use((request, response) => {
    const { path } = request;
    response.set('connection', 'close');
    if (path === '/authenticate') return void response.json({ jwt: 'a.b.c' });
    const call = { path, body: (request.body ?? {}) as Asked['body'], token: request.headers.authorization };
    const reply = answer(call, asked.filter((each) => each.path === path).length);
    asked.push(call);
    response.status(reply.status ?? 200).set(reply.headers ?? {});
    if (typeof reply.body === 'string') response.send(reply.body);
    else response.json(reply.body);
  });
  const standIn = await serve('foreign', app);
  running.push(standIn);
  return { ...client(standIn.url, options), asked, url: standIn.url, close: () => end(standIn) };
}

/** A ZoomInfo that answers every call with the same body. */
export const saying = (body: unknown) => foreign(() => ({ body }));

/** What a promise was refused with. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => error,
  );
}
