/** A stand-in for Email Bison: its REST API and its web app on one state. See the README beside this. */
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { apiRoutes } from './api/routes.ts';
import { campaignsOf, makeService, resetService } from './service.ts';
import { FaultRequest } from './faults.ts';
import { settingsOf, type BisonOptions } from './settings.ts';
import { sync } from './state/attach.ts';
import { happensTo } from './state/leads.ts';
import { statsOf, type BisonStats } from './state/ledger.ts';
import { webApp } from './web/routes.ts';

export type { BisonLogin, BisonOptions, BisonWaits, BisonWorkspace, CampaignSeed } from './settings.ts';
export type { Faults as BisonFaults } from './faults.ts';
export type { BisonStats } from './state/ledger.ts';

/** Starts it on loopback; `stats()` is what `GET /_control/stats` answers. */
export async function startBison(options: BisonOptions): Promise<StandIn & { stats(): BisonStats }> {
  const settings = settingsOf(options);
  const service = makeService(settings);
  const web = await webApp(service);

  const stats = (): BisonStats => {
    const workspaces = [...service.world.workspaces.values()];
    // Looking at a campaign is what lets a due sync happen.
    for (const workspace of workspaces) campaignsOf(service, workspace);
    return statsOf(service.ledger, workspaces);
  };

  const app = express();
  app.disable('x-powered-by').disable('etag');
  control(app, {
    stats,
    fault(asked) {
      const {
        expireSessions,
        syncNow,
        unsubscribe = [],
        bounce = [],
        workspace,
        ...faults
      } = FaultRequest.parse(asked);
      if (expireSessions) web.sessions.endAll();
      const everywhere = [...service.world.workspaces.values()];
      const where = everywhere.filter(({ id }) => workspace === undefined || id === workspace);
      const now = settings.now();
      if (syncNow) {
        for (const { campaigns } of everywhere) {
          for (const campaign of campaigns.values()) sync(campaign, { now: Infinity, everyMs: 0 });
        }
      }
      happensTo(service.world, where, unsubscribe, { status: 'unsubscribed', now });
      happensTo(service.world, where, bounce, { status: 'bounced', now });
      Object.assign(service.faults, faults);
    },
    reset() {
      resetService(service);
      web.sessions.endAll();
      web.sessions.forgetPortals();
    },
  });
  app.use(async (request, _response, next) => {
    if (service.faults.slow > 0 && request.path !== '/presence') await wait(service.faults.slow);
    next();
  });
  app.use('/api', apiRoutes(service));
  app.use(web.router);

  const standIn = await serve('bison', app, options.port);
  return {
    name: standIn.name,
    url: standIn.url,
    stats,
    close: async () => {
      service.world.ended.abort();
      web.presence.close();
      await standIn.close();
    },
  };
}
