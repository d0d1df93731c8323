import { section } from '../../blocks/kit.ts';
import { readClayExport } from '../../connectors/clay/schema.ts';
import { makeClay } from '../../connectors/clay/index.ts';
import { makeCole } from '../../connectors/cole/index.ts';
import { makeBrowserHost, type BrowserHost } from '../../connectors/browser/chromium.ts';
import { makeZoominfo } from '../../connectors/zoominfo/index.ts';
import { csvFiles } from '../../connectors/csv/index.ts';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { perform } from '../../pipeline/workflows/index.ts';
import { startBackups } from '../backups/index.ts';
import { serveFile } from '../console/files.ts';
import { makeHealth } from '../console/health.ts';
import { startConsole } from '../console/server.ts';
import { ownKeys } from './own-keys.ts';
import { bisonDoors } from './bison.ts';
import { followClock, machineClock, type Clock } from '../clock.ts';
import type { CliConfig, Config } from '../config.ts';
import { loadIntentConfig } from './intent-config.ts';
import { zoominfoLogin } from './logins.ts';
import { mailerFor, mailSettings } from './mail.ts';
import { makeLinks } from '../links.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';
import { makeChildRuns } from '../runs/children.ts';
import { makeHolder } from '../runs/holder.ts';
import type { LeaseTimes } from '../runs/lease.ts';
import { startRunner, type Runner } from '../runs/runner.ts';
import type { AttemptWorld } from '../runs/state.ts';
import { startRetention } from '../retention/index.ts';
import { startScheduler } from '../scheduler/index.ts';
import { whereSeen } from '../scheduler/seen.ts';
import { clockTrouble } from '../scheduler/trouble.ts';
import { intentDue } from '../scheduler/intent.ts';
import { mondayDue } from '../scheduler/monday.ts';
import { makeSlackApp, makeSlackClient, usualPatience, type SlackConfig, type SlackPatience } from '../slack/app.ts';
import type { SlackDeps } from '../slack/deps.ts';
import { mayHaveFile } from '../slack/file-access.ts';
import { makeNotifier, type Notifier } from '../slack/notifier.ts';
import { startOutbox, type Outbox } from '../slack/outbox.ts';
import { makeStanding, slackHealth } from '../slack/standing.ts';
import { makeRoutes } from '../slack/routes.ts';
import { openStore, type Store } from '../store/index.ts';
import { makeWorkFolder } from './work-folder.ts';
import { loginOf, makeVendorLanes, sessionDepsFor } from './vendors.ts';

const minute = 60_000;

/** What the app and the command line share: the rows, the browser and a runner over them. */
export type Works = {
  readonly store: Store;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly runner: Runner;
  readonly browser: BrowserHost;
  readonly intentConfig: IntentConfig;
  /** The world outside a run: for looking, not for working. */
  readonly ports: (name: string) => Ports;
  stop(): Promise<void>;
};

/** The world, made once. Nothing else makes a store, a browser or a runner. */
export async function startWorks(
  config: CliConfig,
  log: Log,
  options: {
    readonly store?: Store;
    readonly nudge?: () => void;
    readonly sweepMs?: number;
    /** Takes up no run: this process only looks. */
    readonly resting?: boolean;
    /** How long a run is ours without a word to the database. */
    readonly lease?: LeaseTimes;
  } = {},
): Promise<Works> {
  const intentConfig = loadIntentConfig(config.INTENT_CONFIG);
  const mail = mailerFor(config);
  const store = options.store ?? (await openStore(config));
  const following = config.CLOCK_URL ? await followClock(config.CLOCK_URL) : null;
  const clock: Clock = following ?? machineClock;
  const holder = makeHolder();
  const work = await makeWorkFolder(config.DATA_DIR, holder);
  // Playwright always makes the browser's profile in the system's temporary folder, so that folder is set for this
  // process.
  process.env.TMPDIR = work.path;
  const browser = makeBrowserHost({
    log,
    chromiumPath: config.CHROMIUM_PATH,
    headless: config.HEADLESS,
    sandbox: config.CHROMIUM_SANDBOX,
    folder: work.path,
  });
  const lanes = makeVendorLanes(store, holder, log);
  const [firstAdmin = null] = config.LEADOPS_ADMINS;
  const success = config.SUCCESS_CHANNEL ?? firstAdmin;
  const notifierOver = (own: Store) =>
    makeNotifier({
      store: own,
      clock,
      log,
      admin: firstAdmin,
      channels: { 'client success': success, intent: config.INTENT_CHANNEL ?? success },
      nudge: options.nudge ?? (() => undefined),
    });
  const notifier = notifierOver(store);
  // One for the process: token, pace and breaker are shared.
  const zoominfo = makeZoominfo({ url: config.ZOOMINFO_URL, credentials: zoominfoLogin(store, config), log });
  const ending = new AbortController();
  // Made after the world its runs have.
  const late: { runner?: Runner } = {};
  const portsFor = (runId: string, runLog: Log, attempt?: AttemptWorld): Ports => {
    const own = attempt?.store ?? store;
    const signal = attempt ? AbortSignal.any([ending.signal, attempt.signal]) : ending.signal;
    const turn = attempt && { turn: attempt.turn };
    const sessionDeps = sessionDepsFor({
      store,
      browser,
      lanes,
      folder: work.path,
      runId,
      log: runLog,
      signal,
      largestFile: config.DOWNLOAD_MAX_MB * 1_000_000,
      signInOrigins: config.SIGN_IN_ORIGINS,
      ...turn,
    });
    return {
      cole: makeCole({ ...sessionDeps, url: config.COLE_URL, credentials: (state) => loginOf(store, 'cole', state) }),
      clay: makeClay({ ...sessionDeps, url: config.CLAY_URL, credentials: () => loginOf(store, 'clay', '') }),
      bison: bisonDoors({ store, sessionDeps, url: config.BISON_URL, log: runLog }),
      leads: own.leads,
      clients: own.clients,
      batches: own.batches,
      approvals: own.approvals,
      files: own.files,
      csv: { ...csvFiles, readResults: readClayExport },
      notices: attempt ? notifierOver(own) : notifier,
      zoominfo,
      mail,
      credits: own.credits(clock),
      intentBook: own.intentBook,
      intentBatches: own.intentBatches,
      uploads: own.uploads,
      evergreen: own.evergreen,
      suppressions: own.suppressions,
      children: makeChildRuns(own, runId, () => late.runner?.nudge()),
      settings: {
        mail: mailSettings(config),
        validationTimeoutMs: config.VALIDATION_TIMEOUT_MINUTES * minute,
        pollMs: config.POLL_SECONDS * 1_000,
        nearbyMiles: config.NEARBY_MILES,
        sync: { everyMs: config.BISON_SYNC_POLL_SECONDS * 1_000, atMostMs: config.BISON_SYNC_SECONDS * 1_000 },
        catchUpDays: config.CATCH_UP_DAYS,
      },
    };
  };
  const runner = startRunner({
    store,
    perform,
    portsFor: (run, runLog, attempt) => portsFor(run.id, runLog, attempt),
    clock,
    log,
    holder,
    lanes: config.RUN_LANES,
    approvalDays: config.APPROVAL_DAYS,
    sweepMs: options.sweepMs ?? 3_000,
    resting: options.resting ?? false,
    retries: { times: 3, firstMs: 1_000 },
    ending: ending.signal,
    ...(options.lease && { lease: options.lease }),
    onChange: (run) => notifier.card(run),
  });
  late.runner = runner;
  return {
    store,
    clock,
    notifier,
    runner,
    browser,
    intentConfig,
    ports: (name) => portsFor(name, log),
    async stop() {
      ending.abort('the process is ending');
      await runner.stop();
      await browser.close();
      await work.remove();
      following?.stop();
      store.close();
    },
  };
}

/** Brings Slack up to what the rows say. The app's, and the command line's where it has a token. */
export function startMessages(works: Pick<Works, 'store' | 'notifier'>, config: SlackConfig & CliConfig, log: Log) {
  const { store, notifier } = works;
  return startOutbox({
    messages: store.messages,
    files: store.files,
    // One try for each call: the outbox itself waits out limits and outages.
    slack: makeSlackClient(config, log, { rejectRateLimitedCalls: true, retryConfig: { retries: 0 } }),
    worker: makeHolder(),
    elsewhere: async ({ runId }) => {
      const run = runId ? await store.runs.get(runId) : null;
      return run ? notifier.places(run) : config.LEADOPS_ADMINS.slice(0, 1);
    },
    onGivenUp: async ({ runId, file }) => {
      const run = runId && file ? await store.runs.get(runId) : null;
      if (run) await notifier.card(run);
    },
    log,
    pollMs: 2_000,
  });
}

/** Tells the first admin what concerns the machine and no run. */
async function tellAdmin(
  { store }: Pick<Works, 'store'>,
  { LEADOPS_ADMINS: [admin] }: Pick<CliConfig, 'LEADOPS_ADMINS'>,
  { purpose, text }: { readonly purpose: string; readonly text: string },
): Promise<void> {
  if (admin) await store.messages.want({ runId: null, purpose, channel: admin, text, blocks: [section(text)] });
}

export type RunningApp = { readonly port: number; stop(): Promise<void> };

/** The long-running process: Slack, the runner, the outbox and the console. */
export async function startApp(
  config: Config,
  log: Log,
  options: { readonly patience?: SlackPatience; readonly lease?: LeaseTimes } = {},
): Promise<RunningApp> {
  // Made after the notifier that nudges it.
  const late: { outbox?: Outbox } = {};
  const works = await startWorks(config, log, { ...options, nudge: () => late.outbox?.nudge() });
  const { store, clock, notifier, runner } = works;
  log.info({ where: store.where }, 'database ready');
  const slack = makeSlackClient(config, log);
  const standing = makeStanding();
  const deps: SlackDeps = {
    store,
    runner,
    notifier,
    slack,
    clock,
    config,
    intentConfig: works.intentConfig,
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
      parts: { slack: () => slackHealth(standing.now()), keys: () => keys },
    }),
    slack: slackApp.requests,
    log,
  });
  port = console.port;
  const outbox = startMessages(works, config, log);
  late.outbox = outbox;
  const weekPlace = config.SUCCESS_CHANNEL ?? config.LEADOPS_ADMINS[0] ?? null;
  if (weekPlace === null) {
    log.warn(
      'Nobody would see what the calendar starts, so that it starts nothing: set LEADOPS_ADMINS or SUCCESS_CHANNEL.',
    );
  }
  const scheduler = startScheduler({
    calendar: store.calendar,
    handlers: {
      monday: whereSeen(weekPlace, mondayDue({ store, runner, notifier, clock, config })),
      intent: whereSeen(
        config.INTENT_CHANNEL ?? weekPlace,
        intentDue({ store, runner, notifier, clock, intentConfig: works.intentConfig, config }),
      ),
    },
    clock,
    worker: makeHolder(),
    graceMs: config.CATCH_UP_HOURS * 60 * minute,
    log,
    // A business clock of its own (CLOCK_URL) jumps on purpose and is believed at once.
    confirmMs: config.CLOCK_URL ? 0 : minute,
    machineTime: !config.CLOCK_URL,
    onTrouble: (trouble) => tellAdmin(works, config, clockTrouble(trouble)),
  });
  const retention = startRetention({
    store,
    clock,
    log,
    days: config.RETENTION_DAYS,
    traceDays: config.TRACE_DAYS,
  });
  await slackApp.start();
  const backups = startBackups({
    store,
    dataDir: config.DATA_DIR,
    folder: config.BACKUP_DIR,
    days: config.BACKUP_DAYS,
    log,
    tell: (message) => tellAdmin(works, config, message),
  });
  // The app starts even while Slack is away, and connects when it is back.
  for (const end = Date.now() + 5_000; !standing.now().connected && Date.now() < end;) await pause(50);
  log.info(
    { port, mode: slackApp.requests ? 'HTTP' : 'Socket Mode', slack: config.SLACK_API_URL },
    'LeadOps is running',
  );
  return {
    port,
    async stop() {
      await scheduler.stop();
      await retention.stop();
      await backups.stop();
      await slackApp.stop();
      await console.close();
      await outbox.stop();
      await works.stop();
    },
  };
}
