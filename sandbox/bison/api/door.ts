import express, { type Request, type Response, type Router } from 'express';
import type { Desk } from '../desk.ts';
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
export function apiDoor(desk: Desk): Router {
  const match = makeMatcher(routes);
  const router = express.Router();
  router.use(express.json({ limit: '16mb' }));

  async function answer(request: Request): Promise<Answer & { readonly route: Route }> {
    tally(desk.ledger.apiCalls, request.method);
    const { route, at } = match(request.method === 'HEAD' ? 'GET' : request.method, request.path);
    tally(desk.ledger.apiCallsByRoute, route.on.replace(' ', ' /api'));
    const who = holderOf(desk, request);
    const seconds = takeTurn(desk.faults, 'rateLimit') ? desk.faults.retryAfter : desk.secondsToWait(who.bearer);
    if (seconds > 0) {
      desk.ledger.rateLimited += 1;
      throw rateLimited(seconds);
    }
    if (takeTurn(desk.faults, 'error500')) throw new Refusal(500, { message: 'Server Error' });
    const form = request.is('multipart/form-data') ? await readForm(request) : null;
    const isWrite = request.method !== 'GET' && !route.on.endsWith('/switch-workspace');
    if (isWrite && who.token === 'super-admin' && desk.current.switching()) desk.ledger.writesDuringSwitch += 1;
    const url = new URL(request.originalUrl, `http://${request.headers.host ?? 'localhost'}`);
    const call: Call = {
      desk,
      workspace: who.workspace,
      token: who.token,
      at,
      query: url.searchParams,
      url: `${url.origin}${url.pathname}`,
      perPage: desk.settings.perPage,
      json: isRecord(request.body) ? request.body : {},
      form,
    };
    return { route, ...route.answer(call) };
  }

  router.use(async (request: Request, response: Response) => {
    try {
      const { route, status, body } = await answer(request);
      if (route.drops && takeTurn(desk.faults, route.drops)) return void request.socket.destroy();
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
function holderOf(desk: Desk, request: Request): Holder {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
  const { workspaces } = desk.world;
  const isAdmin = bearer !== '' && bearer === desk.settings.superAdminToken;
  const workspace = isAdmin
    ? workspaces.get(desk.current.id())
    : [...workspaces.values()].find(({ token }) => token !== null && token === bearer);
  if (!workspace || desk.faults.refuseTokens) {
    desk.ledger.refusedTokens += 1;
    throw unauthenticated();
  }
  return { bearer, token: isAdmin ? 'super-admin' : 'api-user', workspace };
}

const isRecord = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);
