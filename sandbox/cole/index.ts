/**
 * A stand-in for Cole X Dates: the pages of docs/vendors.md#cole over invented households. See the README beside this.
 */
import { setTimeout } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import express from 'express';
import { makeWorld } from '../households/world.ts';
import { control, serve, type StandIn } from '../kit.ts';
import { Fault, noFaults, take } from './faults.ts';
import { makeJobs } from './jobs.ts';
import { makeLedger, type ColeStats } from './ledger.ts';
import { skinOf } from './pages/skin.ts';
import { makeRecords } from './records.ts';
import { accountRoutes } from './routes/account.ts';
import type { Cole } from './routes/visit.ts';
import { exportRoutes } from './routes/export.ts';
import { searchRoutes } from './routes/search.ts';
import { makeSessions } from './sessions.ts';
import type { ColeOptions, Settings } from './settings.ts';
import { makeWatch } from './watch.ts';

export type { ColeStats, ExportEntry } from './ledger.ts';
export type { ColeLogin, ColeOptions, ColeWaits } from './settings.ts';
export { captchaAnswer } from './settings.ts';

const asset = (name: string) => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');

const styles = (redesigned: boolean) =>
  ['frame.css', 'forms.css', ...(redesigned ? ['redesign.css'] : [])].map(asset).join('\n');

/** Starts it on loopback; `stats()` is what `GET /_control/stats` answers. */
export async function startCole(options: ColeOptions): Promise<StandIn & { stats(): ColeStats }> {
  const settings: Settings = {
    world: makeWorld(),
    today: () => new Date().toISOString().slice(0, 10),
    sessionMinutes: 30,
    exportLimit: 10_000,
    mfaCode: '482913',
    ...options,
    waits: { search: 0, prepare: 0, download: 0, ...options.waits },
  };
  let faults = noFaults(settings.mfaCode);
  const ledger = makeLedger();
  const watch = makeWatch();
  const sessions = makeSessions(settings.sessionMinutes);
  const records = makeRecords(settings.world, () => Number(settings.today().slice(0, 4)));
  const jobs = makeJobs({ world: settings.world, records, ledger, faults: () => faults, waits: settings.waits });
  const cole: Cole = { settings, sessions, watch, ledger, records, jobs, recent: new Map(), faults: () => faults };
  const account = accountRoutes(cole);

  const app = express();
  app.disable('x-powered-by');
  app.get('/Content/site.css', (_request, response) =>
    response.type('css').send(skinOf(faults.redesign).dressCss(styles(faults.redesign === true))),
  );
  app.get('/Scripts/site.js', (_request, response) => response.type('js').send(asset('site.js')));
  control(app, {
    stats: () => ledger.stats(watch.violations),
    fault(asked) {
      const { expireSessions = false, ...others } = Fault.partial().parse(asked);
      if (expireSessions) sessions.clear();
      if (others.captcha !== undefined) account.forget();
      faults = { ...faults, ...others };
    },
    reset() {
      faults = noFaults(settings.mfaCode);
      account.forget();
      for (const part of [ledger, watch, jobs]) part.reset();
      for (const part of [sessions, cole.recent]) part.clear();
    },
  });
  app.use(async (request, response, next) => {
    if (request.path !== '/Account/Window') {
      if (faults.slow > 0) await setTimeout(faults.slow);
      if (take(faults, 'error500')) {
        response.status(500).send("<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2>");
        return;
      }
    }
    if (request.path === '/Export/Start' && take(faults, 'expireAtExport')) sessions.clear();
    next();
  });
  app.use(express.urlencoded({ extended: false, limit: '1mb' }));
  app.use(account.router, searchRoutes(cole), exportRoutes(cole));
  return { ...(await serve('cole', app, settings.port)), stats: () => ledger.stats(watch.violations) };
}
