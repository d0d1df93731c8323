import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express } from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { DebounceFaults, noFaults } from './faults.ts';
import { defaultVerdict, isFree, isRole, type DebounceVerdict } from './verdict.ts';

export { defaultVerdict, type DebounceVerdict } from './verdict.ts';
export type { DebounceFaults } from './faults.ts';

export type DebounceOptions = {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly key: string;
  readonly verdict?: (email: string) => DebounceVerdict;
  /** How long one check takes, milliseconds. 0 by default; the real service takes 300 to 2,000. */
  readonly latencyMs?: number;
  /** Checks left; each answered call takes one. */
  readonly credits?: number;
};

/** `GET /_control/stats`. `answered` = calls that cost a credit. */
export type DebounceStats = {
  readonly calls: number;
  readonly answered: number;
  readonly byResult: Readonly<Record<string, number>>;
  readonly refused: {
    readonly wrongKey: number;
    readonly creditsLow: number;
    readonly tooMany: number;
    readonly down: number;
  };
  readonly maxConcurrent: number;
  readonly balance: number;
};

/** 429 beyond so many calls at once (docs/vendors.md#debounce). */
const concurrentCalls = 5;

const freshStats = () => ({
  calls: 0,
  answered: 0,
  byResult: {} as Record<string, number>,
  refused: { wrongKey: 0, creditsLow: 0, tooMany: 0, down: 0 },
  maxConcurrent: 0,
});

type Refusal = { readonly status: number; readonly error: string; readonly kind: keyof DebounceStats['refused'] };

/** DeBounce's single-validation API at an address of its own. */
export async function startDebounce(options: DebounceOptions): Promise<StandIn> {
  const { key, verdict = defaultVerdict, latencyMs = 0, credits = 1_000_000 } = options;
  let faults = { ...noFaults };
  let stats = freshStats();
  let balance = credits;
  let inFlight = 0;

  const refusal = (given: unknown): Refusal | null => {
    if (faults.down) return { status: 503, error: 'Service Unavailable', kind: 'down' };
    if (faults.wrongKey || given !== key) return { status: 401, error: 'Wrong API', kind: 'wrongKey' };
    if (faults.tooMany > 0) {
      faults.tooMany -= 1;
      return { status: 429, error: 'Maximum concurrent calls reached', kind: 'tooMany' };
    }
    if (inFlight > concurrentCalls) return { status: 429, error: 'Maximum concurrent calls reached', kind: 'tooMany' };
    if (faults.lowCredits || balance <= 0) return { status: 402, error: 'Credits Low', kind: 'creditsLow' };
    return null;
  };

  const check = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = new URLSearchParams(request.url?.slice(request.url.indexOf('?') + 1));
    stats.calls += 1;
    inFlight += 1;
    stats.maxConcurrent = Math.max(stats.maxConcurrent, inFlight);
    const refused = refusal(query.get('api'));
    if (!refused && latencyMs + faults.slow > 0) await wait(latencyMs + faults.slow);
    // Before the answer leaves, so that a client that keeps five calls open is never counted as six.
    inFlight -= 1;
    if (refused) {
      stats.refused[refused.kind] += 1;
      return send(response, refused.status, { debounce: { error: refused.error, code: '0' }, success: '0' });
    }
    const email = query.get('email') ?? '';
    const said = verdict(email);
    balance -= 1;
    stats.answered += 1;
    stats.byResult[said.result] = (stats.byResult[said.result] ?? 0) + 1;
    send(response, 200, answer(email, said, balance));
  };

  const app: Express = express();
  app.disable('x-powered-by');
  control(app, {
    stats: (): DebounceStats => ({ ...stats, balance }),
    fault: (patch) => {
      faults = { ...faults, ...DebounceFaults.partial().parse(patch) };
    },
    reset: () => {
      faults = { ...noFaults };
      stats = freshStats();
      balance = credits;
    },
  });
  const standIn = await serve('debounce', app, options.port);
  beforeExpress(standIn.server, (request) => request.url?.startsWith('/v1/?') ?? false, check);
  return standIn;
}

/** Express costs four times what an answer costs, and a pull asks 40,000 times: the one busy address goes past it. */
function beforeExpress(
  server: Server,
  isMine: (request: IncomingMessage) => boolean,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): void {
  const others = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isMine(request)) void handle(request, response);
    else for (const other of others) other.call(server, request, response);
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

/** The answer's shape, every value a string: docs/vendors.md#debounce. */
function answer(email: string, said: DebounceVerdict, balance: number): unknown {
  return {
    debounce: {
      email,
      code: said.code,
      role: String(isRole(email)),
      free_email: String(isFree(email)),
      result: said.result,
      reason: said.reason,
      send_transactional: ['4', '5', '7', '8'].includes(said.code) ? '1' : '0',
      did_you_mean: '',
    },
    success: '1',
    balance: String(balance),
  };
}
