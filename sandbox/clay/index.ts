import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { ClayFaults, takeTurn } from './faults.ts';
import { assetRoutes, bundleOf, documentOf } from '../bundle.ts';
import { columnRoutes } from './server/routes-column.ts';
import { importRoutes } from './server/routes-import.ts';
import { signInRoutes } from './server/routes-sign-in.ts';
import { tableRoutes } from './server/routes-table.ts';
import { workspaceRoutes } from './server/routes-workspace.ts';
import { makeLive } from './server/live.ts';
import { makeSessions } from './server/sessions.ts';
import { defaultFolders, defaultWaits, type ClayOptions } from './server/settings.ts';
import { makeValidation } from './server/validation.ts';
import type { Work } from './server/work.ts';
import { makeWorld, statsOf } from './server/world.ts';
import type { Boot, Look } from './shapes.ts';

export type { ClayOptions, ClayWaits } from './server/settings.ts';
export type { ClayFaults } from './faults.ts';
export type { ClayStats } from './server/stats.ts';

const workspace = '482913';

/** The stand-in Clay at an address of its own: its pages, its state, and what it does on request (`/_control`). */
export async function startClay(options: ClayOptions): Promise<StandIn> {
  const { login, mfaCode = '424242', sessionMs = 12 * 3_600_000, folders = defaultFolders } = options;
  const waits = { ...defaultWaits, ...options.waits };
  const bundle = await bundleOf(new URL('./pages/main.tsx', import.meta.url));
  let generation = 0;
  let work = begin();
  const sessions = makeSessions({
    login,
    mfaCode,
    sessionMs,
    faults: () => work.world.faults,
    tally: () => work.world.tally,
  });
  const live = makeLive(sessions, () => (work.world.tally.concurrentSessions += 1));

  /** A fresh world and the work that goes on in it. */
  function begin(): Work {
    const world = makeWorld(folders, generation);
    const changed: Work['changed'] = (table) => {
      table.version += 1;
      live.changed(table.id);
    };
    const validation = makeValidation({
      debounce: options.debounce,
      rowsPerSecond: waits.validationRowsPerSecond,
      faults: () => world.faults,
      changed,
      charge: (table, byAutoUpdate) => {
        table.creditsSpent += 1;
        if (byAutoUpdate) table.creditsByAutoUpdate += 1;
      },
    });
    return { world, waits, validation, changed };
  }

  function end(): void {
    work.world.ended.abort();
    work.validation.stop();
    sessions.endAll();
  }

  const app: Express = express();
  app.disable('x-powered-by').disable('etag');
  control(app, {
    stats: () => statsOf(work.world, live.openBrowsers()),
    fault: (patch) => {
      const { expireSessions, ...rest } = ClayFaults.partial().parse(patch);
      Object.assign(work.world.faults, rest);
      if (expireSessions) sessions.endAll();
      if (rest.stuckValidation === 0) work.validation.release();
    },
    reset: () => {
      end();
      generation += 1;
      work = begin();
    },
  });

  app.use(assetRoutes('/assets', () => Promise.resolve(bundle)));
  app.get('/favicon.ico', (_request, response) => response.status(204).end());
  app.use(async (request: Request, response: Response, next: NextFunction) => {
    const { faults } = work.world;
    if (faults.slow > 0) await wait(faults.slow);
    const isReading = request.method === 'GET' && request.path.startsWith('/api/');
    if (!isReading && takeTurn(faults, 'error500')) {
      return void response.status(500).type('html').send('<h1>Internal Server Error</h1>');
    }
    next();
  });
  app.use(signInRoutes(() => sessions));
  app.post('/api/sign-out', (request, response) => {
    const session = sessions.find(request.headers.cookie);
    if (session) sessions.end(session);
    response.clearCookie('claysession').json({ ok: true });
  });
  app.use(['/api', '/exports'], (request: Request, response: Response, next: NextFunction) => {
    if (sessions.find(request.headers.cookie)) next();
    else response.status(401).json({ error: 'Your session has expired.' });
  });
  app.use(workspaceRoutes(() => work.world));
  app.use(importRoutes(() => work));
  app.use(tableRoutes(() => work));
  app.use(columnRoutes(() => work));

  app.use((request: Request, response: Response) => {
    const session = sessions.find(request.headers.cookie);
    const isSignIn = request.path === '/login';
    if (!session && !isSignIn) return response.redirect(`/login?next=${encodeURIComponent(request.originalUrl)}`);
    if (session && (isSignIn || request.path === '/')) return response.redirect(`/workspaces/${workspace}/home`);
    const boot: Boot = {
      look: lookOf(work.world.faults),
      workspace,
      workspaceName: options.workspaceName ?? 'Renewal Desk',
      email: session?.email ?? null,
    };
    response
      .type('html')
      .set('cache-control', 'no-store')
      .send(documentOf({ title: 'Clay', root: 'root', assets: '/assets', bundle, boot }));
  });

  const standIn = await serve('clay', app, options.port);
  live.attach(standIn.server);
  return {
    name: standIn.name,
    url: standIn.url,
    close: async () => {
      end();
      live.close();
      await standIn.close();
    },
  };
}

function lookOf({ redesign, wording }: ClayFaults): Look {
  if (redesign === true) return 'redesigned';
  if (redesign === 'words') return 'relabelled';
  return wording;
}
