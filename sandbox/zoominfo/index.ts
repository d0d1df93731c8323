import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express, type Request, type Response } from 'express';
import { control, hash, serve, type StandIn } from '../kit.ts';
import { contactCriteria, intentCriteria, refuseCriteria, type Refusal } from './criteria.ts';
import { empty, inputOf, readEnrichment, recordOf, shown, type Kind } from './enrich.ts';
import { Fault, noFaults, take, type Faults } from './faults.ts';
import { makeRate, makeTokens } from './guard.ts';
import { makeLedger } from './ledger.ts';
import { goneField, renamed } from './drift.ts';
import { pageOf, searchPeople, searchSignals } from './search.ts';
import { signalsAt } from './signals.ts';
import { makeWorld } from './world.ts';

export type { Faults as ZoominfoFaults } from './faults.ts';
export type { ZoominfoStats } from './ledger.ts';

export type ZoominfoOptions = {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly username: string;
  readonly password: string;
  /** The same seed is the same companies, people and signals. */
  readonly seed: string;
  /** Business time, epoch milliseconds: which signals there are. The machine's by default. */
  readonly now?: () => number;
  /** Credits of the contract. */
  readonly credits: number;
  readonly companies?: number;
  /** Stands in every person's names and e-mail. */
  readonly mark?: string;
  /**
   * Signals on a working day, of every topic and score; about two in five answer the default search. By default so few
   * that a search finds about 25 in the 60 days it reaches back, most of them stale (docs/vendors.md#daily-poll: the
   * typical funnel).
   */
  readonly signalsPerDay?: number;
  /** How long a token is good, minutes of the machine's clock. */
  readonly tokenMinutes?: number;
  readonly requestsPerSecond?: number;
  /** Sign-ins a second. */
  readonly signInsPerSecond?: number;
  readonly retryAfterSeconds?: number;
};

type Body = Readonly<Record<string, unknown>>;

/** The vendor's own words, seen by others in a repository on GitHub. */
const beyondTheLastPage = 'Page number (page) requested is greater than the available results.';

/** ZoomInfo's Enterprise API at an address of its own (docs/vendors.md#zoominfo). */
export async function startZoominfo(options: ZoominfoOptions): Promise<StandIn> {
  const { username, password, seed, now = Date.now, retryAfterSeconds = 1 } = options;
  const world = makeWorld(seed, options.companies ?? 180, options.mark);
  const ledger = makeLedger(options.credits);
  const tokens = makeTokens(options.tokenMinutes ?? 60);
  const underLimit = makeRate(options.requestsPerSecond ?? 25);
  const underSignInLimit = makeRate(options.signInsPerSecond ?? 1);
  let faults: Faults = { ...noFaults };

  const refuse = (response: Response, status: number, reason: string, message: string): void => {
    ledger.refuse(reason);
    if (status === 429) response.set('Retry-After', String(retryAfterSeconds));
    response.status(status).json({ success: false, statusCode: status, error: message });
  };
  const invalid = (response: Response, { field, why }: Refusal): void =>
    refuse(response, 400, 'criteria', `Criteria invalid: ${field} ${why}`);

  /** What every call meets first. Answers it itself, and says so, when it goes no further. */
  const stopped = async (request: Request, response: Response, isSignIn: boolean): Promise<boolean> => {
    ledger.request(request.path);
    if (faults.down) {
      ledger.refuse('down');
      request.socket.destroy();
      return true;
    }
    if (faults.slow > 0) await wait(faults.slow);
    if (!(isSignIn ? underSignInLimit : underLimit)() || (!isSignIn && take(faults, 'rateLimited'))) {
      refuse(response, 429, 'rate', 'Too Many Requests');
    } else if (isSignIn) return false;
    else if (take(faults, 'error500')) refuse(response, 500, 'error500', 'Internal Server Error');
    else if (!tokens.isGood(request.headers.authorization)) refuse(response, 401, 'token', 'Unauthorized');
    else return false;
    return true;
  };

  const answer = (request: Request, response: Response, body: unknown): void =>
    void response.json(faults.shapeChanged ? renamed(request.path, body) : body);

  const search = (
    criteria: Parameters<typeof refuseCriteria>[1],
    find: (body: Body) => readonly unknown[],
  ): ((request: Request, response: Response) => Promise<void>) => {
    return async (request, response) => {
      if (await stopped(request, response, false)) return;
      const body = (request.body ?? {}) as Body;
      const refusal = refuseCriteria(body, criteria, goneField(request.path, faults.unknownField400));
      if (refusal) return invalid(response, refusal);
      const page = pageOf(faults.zeroResults ? [] : find(body), body);
      if (page === null) return refuse(response, 400, 'page', beyondTheLastPage);
      answer(request, response, page);
    };
  };

  const enrich = (kind: Kind) => async (request: Request, response: Response) => {
    if (await stopped(request, response, false)) return;
    const read = readEnrichment(kind, (request.body ?? {}) as Body, goneField(request.path, faults.unknownField400));
    if ('why' in read) return invalid(response, read);
    const result = read.ids.map((id, place) => enrichOne(kind, id, read.fields, place));
    if (take(faults, 'loseAnswer')) {
      ledger.lost();
      request.socket.destroy();
      return;
    }
    if (take(faults, 'error502')) {
      ledger.lost();
      return refuse(response, 502, 'error502', 'Bad Gateway');
    }
    const data = { outputFields: read.fields, result };
    // Now a record, now a list with that record in it (docs/vendors.md#zoominfo-enrichment).
    answer(request, response, { success: true, data: hash('list', ...read.ids) % 2 === 0 ? data : [data] });
  };

  const enrichOne = (kind: Kind, id: string, fields: readonly string[], place: number): unknown => {
    const record = recordOf(kind, id, world);
    if (!record) return { input: inputOf(kind, id), data: [], matchStatus: 'NO_MATCH' };
    const paid = !faults.lapsed && ledger.charge(kind, id);
    if (!paid) ledger.empty();
    const data = paid ? shown(kind, record, fields) : empty(id, fields);
    return { input: inputOf(kind, id), data: place % 2 === 0 ? [data] : data, matchStatus: 'FULL_MATCH' };
  };

  const app: Express = express();
  app.disable('x-powered-by');
  control(app, {
    stats: () => ledger.stats(),
    fault: (patch) => {
      faults = { ...faults, ...Fault.partial().parse(patch) };
      if (faults.expireToken) tokens.expireAll();
      faults.expireToken = false;
    },
    reset: () => {
      faults = { ...noFaults };
      ledger.reset();
    },
  });
  app.use(express.json());
  app.post('/authenticate', async (request, response) => {
    if (await stopped(request, response, true)) return;
    const given = (request.body ?? {}) as Body;
    if (faults.wrongLogin || given.username !== username || given.password !== password) {
      return refuse(response, 401, 'login', 'Authentication failed: username or password is wrong');
    }
    ledger.token();
    response.json({ jwt: tokens.issue() });
  });
  app.post(
    '/search/intent',
    search(intentCriteria, (body) => searchSignals(signalsAt(seed, world, now(), options.signalsPerDay ?? 1.4), body)),
  );
  app.post(
    '/search/contact',
    search(contactCriteria, (body) => searchPeople(world, body)),
  );
  app.post('/enrich/contact', enrich('person'));
  app.post('/enrich/company', enrich('company'));
  app.get('/lookup/usage', async (request, response) => {
    if (await stopped(request, response, false)) return;
    const { limit, charged, remaining } = ledger.stats().credits;
    const line = { limitType: 'uniqueIdLimit', description: 'Unique ids', totalLimit: limit };
    response.json({ usage: [{ ...line, currentUsage: charged, usageRemaining: remaining }] });
  });
  const standIn = await serve('zoominfo', app, options.port);
  return { name: standIn.name, url: standIn.url, close: () => standIn.close() };
}
