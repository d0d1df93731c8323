/** A stand-in for Email Bison: its REST API and its web app on one state. See the README beside this. */
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import { control, serve, type StandIn } from '../kit.ts';
import { apiDoor } from './api/door.ts';
import { campaignsOf, makeDesk, resetDesk } from './desk.ts';
import { FaultRequest } from './faults.ts';
import { settingsOf, type BisonOptions } from './settings.ts';
import { sync } from './state/attach.ts';
import { happensTo } from './state/leads.ts';
import { statsOf, type BisonStats } from './state/ledger.ts';
import { webDoor } from './web/door.ts';

export type { BisonLogin, BisonOptions, BisonWaits, BisonWorkspace, CampaignSeed } from './settings.ts';
export type { Faults as BisonFaults } from './faults.ts';
export type { BisonStats } from './state/ledger.ts';

/** Starts it on loopback; `stats()` is what `GET /_control/stats` answers. */
export async function startBison(options: BisonOptions): Promise<StandIn & { stats(): BisonStats }> {
  const settings = settingsOf(options);
  const desk = makeDesk(settings);
  const web = await webDoor(desk);

  const stats = (): BisonStats => {
    const workspaces = [...desk.world.workspaces.values()];
    // Looking at a campaign is what lets a due sync happen.
    for (const workspace of workspaces) campaignsOf(desk, workspace);
    return statsOf(desk.ledger, workspaces);
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
      const everywhere = [...desk.world.workspaces.values()];
      const where = everywhere.filter(({ id }) => workspace === undefined || id === workspace);
      const now = settings.now();
      if (syncNow) {
        for (const { campaigns } of everywhere) {
          for (const campaign of campaigns.values()) sync(campaign, { now: Infinity, everyMs: 0 });
        }
      }
      happensTo(desk.world, where, unsubscribe, { status: 'unsubscribed', now });
      happensTo(desk.world, where, bounce, { status: 'bounced', now });
      Object.assign(desk.faults, faults);
    },
    reset() {
      resetDesk(desk);
      web.sessions.endAll();
      web.sessions.forgetPortals();
    },
  });
  app.use(async (request, _response, next) => {
    if (desk.faults.slow > 0 && request.path !== '/presence') await wait(desk.faults.slow);
    next();
  });
  app.use('/api', apiDoor(desk));
  app.use(web.router);

  const standIn = await serve('bison', app, options.port);
  return {
    name: standIn.name,
    url: standIn.url,
    stats,
    close: async () => {
      desk.world.ended.abort();
      web.presence.close();
      await standIn.close();
    },
  };
}
