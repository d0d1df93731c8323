import { setTimeout as wait } from 'node:timers/promises';
import express, { type Request, type Response, type Router } from 'express';
import type { Service } from '../service.ts';
import { takeTurn, type Faults } from '../faults.ts';
import type { BisonLogin } from '../settings.ts';
import type { Boot, Look, Portal } from '../shapes.ts';
import { assetRoutes, bundleOf, documentOf } from '../../bundle.ts';
import { campaignRoutes } from './campaigns.ts';
import { contactRoutes } from './contacts.ts';
import { makePresence, type Presence } from './presence.ts';
import { makeSessions, type Sessions } from './sessions.ts';
import { signInRoutes } from './sign-in.ts';
import { makeVisits, Said, type Visit } from './visit.ts';

export type WebApp = { readonly router: Router; readonly sessions: Sessions; readonly presence: Presence };

/** The web app: its pages, and what they ask their server under `/web`. */
export async function webApp(service: Service): Promise<WebApp> {
  const bundle = await bundleOf(new URL('../pages/main.tsx', import.meta.url));
  const sessions = makeSessions(service);
  const presence = makePresence((login) => {
    service.ledger.violations.push({ login, kind: 'two browsers at once', at: new Date().toISOString() });
  });
  const on = makeVisits(service, sessions);
  const router = express.Router();

  router.use(assetRoutes('/build', () => Promise.resolve(bundle)));
  router.get('/favicon.ico', (_request, response) => void response.status(204).end());
  router.get('/presence', (request, response) => {
    const session = sessions.find(request);
    if (session) presence.open(request, response, session);
    else response.status(401).end();
  });
  router.use((request: Request, response: Response, next) => {
    const isReading = request.method === 'GET' && request.path.startsWith('/web/');
    if (!isReading && takeTurn(service.faults, 'error500')) response.status(500).type('html').send(errorPage);
    else next();
  });
  router.use(express.json());
  router.use(signInRoutes(sessions));

  /** Answers when the switch is through. */
  const enterPortal = async ({ session, body }: Visit): Promise<void> => {
    const target = portalsOf(service, session.login).find(({ id }) => id === Number(body.id));
    if (!target) throw new Said('You have no access to this client portal.', 403);
    const through = sessions
      .portalOf(session)
      .switchTo(target.id, service.settings.waits.workspaceSwitchMs + service.faults.workspaceLag);
    // A millisecond more: timers may come a little early.
    await wait(through - Date.now() + 1);
  };
  router.post('/web/portal', on(enterPortal));
  router.use('/web', contactRoutes(on, sessions), campaignRoutes(on));
  router.use(
    '/web',
    (_request: Request, response: Response) => void response.status(404).json({ error: 'Not found.' }),
  );

  router.use((request: Request, response: Response) => {
    const session = sessions.find(request);
    const isSignIn = request.path === '/login';
    if (!session && !isSignIn) return response.redirect(`/login?next=${encodeURIComponent(request.originalUrl)}`);
    const portals = session ? portalsOf(service, session.login) : [];
    if (session && (isSignIn || request.path === '/')) {
      return response.redirect(portals.length > 1 ? '/portals' : '/campaigns');
    }
    const current = session && sessions.portalOf(session).id();
    const boot: Boot = {
      look: lookOf(service.faults.redesign),
      email: session?.login.email ?? null,
      portal: portals.find(({ id }) => id === current) ?? null,
      portals,
    };
    response
      .type('html')
      .set('cache-control', 'no-store')
      .send(documentOf({ title: 'EmailBison', root: 'app', assets: '/build', bundle, boot }));
  });
  return { router, sessions, presence };
}

function portalsOf({ world }: Service, { workspaces }: BisonLogin): readonly Portal[] {
  return [...world.workspaces.values()]
    .filter(({ id }) => workspaces?.includes(id) ?? true)
    .map(({ id, name }) => ({ id, name }));
}

function lookOf(redesign: Faults['redesign']): Look {
  if (redesign === 'words') return 'relabelled';
  return redesign ? 'redesigned' : 'current';
}

const errorPage = `<!doctype html><html lang="en"><head><title>Server Error</title></head>
<body style="font:16px system-ui;display:grid;place-items:center;height:90vh;color:#71717a"><h1>500 | Server Error</h1></body></html>`;
