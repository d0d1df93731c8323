import express, { type Request, type Response, type Router } from 'express';
import type { Service } from '../service.ts';
import { takeTurn } from '../faults.ts';
import { tally } from '../state/ledger.ts';
import type { Workspace } from '../state/world.ts';
import type { Answer, Call, Route } from './call.ts';
import { campaignRoutes } from './campaigns.ts';
import { readForm } from './form.ts';
import { leadRoutes } from './leads.ts';
import { listRoutes } from './lists.ts';
import { makeMatcher } from './match.ts';
import { rateLimited, Refusal, unauthenticated } from './refusal.ts';
import { variableRoutes } from './variables.ts';
import { workspaceRoutes } from './workspaces.ts';

const routes: readonly Route[] = [
  ...workspaceRoutes,
  ...campaignRoutes,
  ...listRoutes,
  ...leadRoutes,
  ...variableRoutes,
];

/** The REST API: everything under `/api`. */
export function apiRoutes(service: Service): Router {
  const match = makeMatcher(routes);
  const router = express.Router();
  router.use(express.json({ limit: '16mb' }));

  async function answer(request: Request): Promise<Answer & { readonly route: Route }> {
    tally(service.ledger.apiCalls, request.method);
    const { route, at } = match(request.method === 'HEAD' ? 'GET' : request.method, request.path);
    tally(service.ledger.apiCallsByRoute, route.on.replace(' ', ' /api'));
    const who = holderOf(service, request);
    const seconds = takeTurn(service.faults, 'rateLimit')
      ? service.faults.retryAfter
      : service.secondsToWait(who.bearer);
    if (seconds > 0) {
      service.ledger.rateLimited += 1;
      throw rateLimited(seconds);
    }
    if (takeTurn(service.faults, 'error500')) throw new Refusal(500, { message: 'Server Error' });
    const form = request.is('multipart/form-data') ? await readForm(request) : null;
    const isWrite = request.method !== 'GET' && !route.on.endsWith('/switch-workspace');
    if (isWrite && who.token === 'super-admin' && service.current.switching()) service.ledger.writesDuringSwitch += 1;
    const url = new URL(request.originalUrl, `http://${request.headers.host ?? 'localhost'}`);
    const call: Call = {
      service,
      workspace: who.workspace,
      token: who.token,
      at,
      query: url.searchParams,
      url: `${url.origin}${url.pathname}`,
      perPage: service.settings.perPage,
      json: isRecord(request.body) ? request.body : {},
      form,
    };
    return { route, ...route.answer(call) };
  }

  router.use(async (request: Request, response: Response) => {
    try {
      const { route, status, body } = await answer(request);
      if (route.drops && takeTurn(service.faults, route.drops)) return void request.socket.destroy();
      response.status(status).json(body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const wait = error.status === 429 ? (error.body as { retry_after: number }).retry_after : null;
      if (wait !== null) response.set('retry-after', String(wait));
      response.status(error.status).json(error.body);
    }
  });
  return router;
}

type Holder = { readonly bearer: string; readonly token: Call['token']; readonly workspace: Workspace };

/** Whose token it is, and where it works now. @throws Refusal 401 */
function holderOf(service: Service, request: Request): Holder {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
  const { workspaces } = service.world;
  const isAdmin = bearer !== '' && bearer === service.settings.superAdminToken;
  const workspace = isAdmin
    ? workspaces.get(service.current.id())
    : [...workspaces.values()].find(({ token }) => token !== null && token === bearer);
  if (!workspace || service.faults.refuseTokens) {
    service.ledger.refusedTokens += 1;
    throw unauthenticated();
  }
  return { bearer, token: isAdmin ? 'super-admin' : 'api-user', workspace };
}

const isRecord = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);
