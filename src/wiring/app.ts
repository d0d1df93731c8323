import { dueKinds } from '../../pipeline/calendar/hours.ts';
import { startBackups } from '../backups/index.ts';
import type { Config } from '../config.ts';
import { serveFile } from '../console/files.ts';
import { makeHealth } from '../console/health.ts';
import { startConsole } from '../console/server.ts';
import { makeLinks } from '../links.ts';
import type { Log } from '../log.ts';
import { mayHaveFile } from '../operations/file-access.ts';
import { endPausesOver, sayEndedPauses } from '../operations/resume.ts';
import { startRetention } from '../retention/index.ts';
import { sleep } from '../sleep.ts';
import { makeHolder } from '../runs/holder.ts';
import type { LeaseTimes } from '../runs/lease.ts';
import { checkDue } from '../scheduler/check.ts';
import { startScheduler, type Scheduler } from '../scheduler/index.ts';
import { intentDue } from '../scheduler/intent.ts';
import { mondayDue } from '../scheduler/monday.ts';
import { monthlyDue } from '../scheduler/monthly.ts';
import { whereSeen } from '../scheduler/seen.ts';
import { clockTrouble } from '../scheduler/trouble.ts';
import { startWatcher, type Watcher } from '../watcher/index.ts';
import { overdueMessages } from '../watcher/say.ts';
import { makeSlackApp, makeSlackClient, usualPatience, type SlackPatience } from '../slack/app.ts';
import type { SlackDeps } from '../slack/deps.ts';
import type { Outbox } from '../slack/outbox/index.ts';
import { makeRoutes } from '../slack/routes.ts';
import { makeStanding, slackHealth } from '../slack/standing.ts';
import { successPlace } from './cards.ts';
import { startMessages, tellAdmin } from './messages.ts';
import { ownKeys } from './own-keys.ts';
import { startWorks, type Works } from './works.ts';

export type RunningApp = { readonly port: number; stop(): Promise<void> };

const minute = 60_000;

/** The long-running process: Slack, the runner, the outbox and the console. */
export async function startApp(
  config: Config,
  log: Log,
  options: { readonly patience?: SlackPatience; readonly lease?: LeaseTimes } = {},
): Promise<RunningApp> {
  // Made after the notifier that nudges it.
  const late: { outbox?: Outbox; watcher?: Watcher } = {};
  const works = await startWorks(config, log, { ...options, nudge: () => late.outbox?.nudge() });
  const { store } = works;
  log.info({ where: store.where }, 'database ready');
  const standing = makeStanding();
  const deps: SlackDeps = {
    ...works,
    slack: makeSlackClient(config, log),
    config,
    slackStanding: standing.now,
    lookForMessages: () => late.outbox?.look(),
    log,
  };
  const { secret, standing: keys } = await ownKeys(store, log);
  let port = config.PORT;
  const links = () =>
    makeLinks({ secret, publicUrl: config.PUBLIC_URL ?? `http://127.0.0.1:${port}`, minutes: config.LINK_MINUTES });
  const routes = makeRoutes({
    sign: (key, user, now) => links().sign(key, user, now),
    verify: (path, query, now) => links().verify(path, query, now),
  });
  const slackApp = makeSlackApp(config, deps, routes, standing, options.patience ?? usualPatience);
  const console = await startConsole({
    port: config.PORT,
    file: serveFile({
      links,
      files: store.files,
      mayRead: (user, key) => mayHaveFile(deps, user, key),
      noteReading: (who, key) => store.runs.audit({ who, what: 'read a file', subject: key }),
    }),
    // How each part stands, a line each.
    health: makeHealth({
      openRuns: () => store.runs.openCount(),
      parts: {
        slack: () => slackHealth(standing.now()),
        keys: () => keys,
        calendar: () => late.watcher?.standing() ?? { ok: true },
      },
    }),
    slack: slackApp.requests,
    log,
  });
  port = console.port;
  const outbox = startMessages(works, config, log);
  late.outbox = outbox;
  const { scheduler, watcher } = startCalendar(works, config, log, () => outbox.nudge());
  late.watcher = watcher;
  await slackApp.start();
  const housekeeping = startHousekeeping(works, config, log);
  // The app starts even while Slack is away, and connects when it is back.
  for (const end = Date.now() + 5_000; !standing.now().connected && Date.now() < end;) await sleep(50);
  const mode = slackApp.requests ? 'HTTP' : 'Socket Mode';
  log.info({ port, mode, slack: config.SLACK_API_URL }, 'LeadOps is running');
  return {
    port,
    async stop() {
      await watcher.stop();
      await scheduler.stop();
      await housekeeping.stop();
      await slackApp.stop();
      await console.close();
      await outbox.stop();
      await works.stop();
    },
  };
}

/** What starts by itself, and when; and beside it who watches that it does. */
function startCalendar(
  works: Works,
  config: Config,
  log: Log,
  nudge: () => void,
): { readonly scheduler: Scheduler; readonly watcher: Watcher } {
  const place = successPlace(config);
  if (place === null) {
    log.warn(
      'Nobody would see what the calendar starts, so that it starts nothing: set LEADOPS_ADMINS or SUCCESS_CHANNEL.',
    );
  }
  void sayEndedPauses(works).catch((error: unknown) => log.warn({ err: error }, 'ended pauses could not be looked at'));
  const handlers = {
    monthly: whereSeen(place, monthlyDue(works)),
    check: whereSeen(place, checkDue(works)),
    monday: whereSeen(place, mondayDue(works)),
    intent: whereSeen(config.INTENT_CHANNEL ?? place, intentDue(works)),
  };
  const scheduler = startScheduler({
    calendar: works.store.calendar,
    pauses: works.store.pauses,
    endPauses: (now) => endPausesOver(works, now),
    handlers,
    clock: works.clock,
    worker: makeHolder(),
    graceMs: config.CATCH_UP_HOURS * 60 * minute,
    log,
    // A business clock of its own (CLOCK_URL) jumps on purpose and is believed at once.
    confirmMs: config.CLOCK_URL ? 0 : minute,
    machineTime: !config.CLOCK_URL,
    onTrouble: (trouble) => tellAdmin(works, config, clockTrouble(trouble)),
  });
  const watcher = startWatcher({
    calendar: works.store.calendar,
    kinds: dueKinds.filter((kind) => kind in handlers),
    clock: works.clock,
    log,
    say: overdueMessages(works.store, config, place, nudge),
  });
  return { scheduler, watcher };
}

/** People and pictures go when their time is over; a copy of the database is made every night. */
function startHousekeeping({ store, clock }: Works, config: Config, log: Log): { stop(): Promise<void> } {
  const retention = startRetention({ store, clock, log, days: config.RETENTION_DAYS, traceDays: config.TRACE_DAYS });
  const backups = startBackups({
    store,
    dataDir: config.DATA_DIR,
    folder: config.BACKUP_DIR,
    days: config.BACKUP_DAYS,
    log,
    tell: (message) => tellAdmin({ store }, config, message),
  });
  return {
    async stop() {
      await retention.stop();
      await backups.stop();
    },
  };
}
