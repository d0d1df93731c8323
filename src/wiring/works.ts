import { makeBrowserHost, type BrowserHost } from '../../connectors/browser/chromium.ts';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import { perform } from '../../pipeline/workflows/index.ts';
import { followClock, machineClock, type Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { makeHolder } from '../runs/holder.ts';
import type { LeaseTimes } from '../runs/lease.ts';
import { startRunner, type Runner } from '../runs/runner.ts';
import type { Notifier } from '../slack/notifier.ts';
import { openStore, type Store } from '../store/index.ts';
import { cardsOver } from './cards.ts';
import { loadIntentConfig } from './intent-config.ts';
import { makePorts } from './ports.ts';
import { makeVendorLanes } from './vendors.ts';
import { makeWorkFolder } from './work-folder.ts';

/** What the app and the command line share: the rows, the browser and a runner over them. */
export type Works = {
  readonly config: CliConfig;
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

export type WorksOptions = {
  readonly store?: Store;
  readonly nudge?: () => void;
  readonly sweepMs?: number;
  /** Takes up no run: this process only looks. */
  readonly resting?: boolean;
  /** How long a run is ours without a word to the database. */
  readonly lease?: LeaseTimes;
};

/** The world, made once. Nothing else makes a browser or a runner. */
export async function startWorks(config: CliConfig, log: Log, options: WorksOptions = {}): Promise<Works> {
  const intentConfig = loadIntentConfig(config.INTENT_CONFIG);
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
  const nudge = options.nudge ?? (() => undefined);
  const notifier = cardsOver({ store, clock, log, config, nudge });
  const ending = new AbortController();
  // Made after the world its runs have.
  const late: { runner?: Runner } = {};
  const nudgeRuns = () => late.runner?.nudge();
  const world = { store, clock, config, log, browser, lanes, folder: work.path, ending: ending.signal };
  const portsFor = makePorts({ ...world, nudge, nudgeRuns });
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
    laterTries: config.RETRY_MINUTES.map((minutes) => minutes * 60_000),
    ending: ending.signal,
    ...(options.lease && { lease: options.lease }),
    onChange: (run) => notifier.card(run),
  });
  late.runner = runner;
  return {
    config,
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
      await lanes.close();
      await browser.close();
      await work.remove();
      following?.stop();
      store.close();
    },
  };
}
