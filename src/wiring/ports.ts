import { makeClay } from '../../connectors/clay/index.ts';
import { readClayExport } from '../../connectors/clay/schema.ts';
import { makeCole } from '../../connectors/cole/index.ts';
import { csvFiles } from '../../connectors/csv/index.ts';
import { makeZoominfo } from '../../connectors/zoominfo/index.ts';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import type { Lanes } from '../../connectors/browser/lane.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { Clock } from '../clock.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { makeChildRuns } from '../runs/children.ts';
import type { AttemptWorld } from '../runs/state.ts';
import type { Store } from '../store/index.ts';
import { bisonAccess } from './bison.ts';
import { cardsOver } from './cards.ts';
import { makeLogins } from './login-checks.ts';
import { zoominfoLogin } from './logins.ts';
import { mailerFor, mailSettings } from './mail.ts';
import { loginOf, sessionDepsFor } from './vendors.ts';

/** The world of one run, or (without an attempt) the world outside a run: for looking, not for working. */
export type PortsFor = (runId: string, runLog: Log, attempt?: AttemptWorld) => Ports;

const minute = 60_000;

/** Makes the ports of runs: what all share is made here, once; what is a run's own, for each. */
export function makePorts(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: CliConfig;
  readonly log: Log;
  readonly browser: BrowserHost;
  readonly lanes: Lanes;
  /** Of the process's own, for files in progress. */
  readonly folder: string;
  /** Ends all work at the vendors. */
  readonly ending: AbortSignal;
  /** A message is wanted. */
  readonly nudge: () => void;
  /** A run has become ready. */
  readonly nudgeRuns: () => void;
}): PortsFor {
  const { store, clock, config, log, browser, lanes, folder, ending, nudge, nudgeRuns } = parts;
  const settings = pipelineSettings(config);
  const mail = mailerFor(config);
  // One for the process: token, pace and breaker are shared.
  const zoominfo = makeZoominfo({ url: config.ZOOMINFO_URL, credentials: zoominfoLogin(store, config), log });
  return (runId, runLog, attempt) => {
    const own = attempt?.store ?? store;
    const sessionDeps = sessionDepsFor({
      store,
      browser,
      lanes,
      folder,
      runId,
      log: runLog,
      signal: attempt ? AbortSignal.any([ending, attempt.signal]) : ending,
      largestFile: config.DOWNLOAD_MAX_MB * 1_000_000,
      signInOrigins: config.SIGN_IN_ORIGINS,
      ...(attempt && { turn: attempt.turn }),
    });
    return {
      cole: makeCole({ ...sessionDeps, url: config.COLE_URL, credentials: (state) => loginOf(store, 'cole', state) }),
      clay: makeClay({ ...sessionDeps, url: config.CLAY_URL, credentials: () => loginOf(store, 'clay', '') }),
      bison: bisonAccess({ store, sessionDeps, url: config.BISON_URL, log: runLog }),
      leads: own.leads,
      clients: own.clients,
      batches: own.batches,
      approvals: own.approvals,
      files: own.files,
      csv: { ...csvFiles, readResults: readClayExport },
      notices: cardsOver({ store: own, clock, log, config, nudge }),
      zoominfo,
      mail,
      logins: makeLogins({ store: own, config, sessionDeps, runId, log: runLog }),
      credits: own.credits(clock),
      intentBook: own.intentBook,
      intentBatches: own.intentBatches,
      uploads: own.uploads,
      evergreen: own.evergreen,
      suppressions: own.suppressions,
      children: makeChildRuns(own, runId, nudgeRuns),
      pauses: own.pauses,
      settings,
    };
  };
}

function pipelineSettings(config: CliConfig): Ports['settings'] {
  return {
    mail: mailSettings(config),
    validationTimeoutMs: config.VALIDATION_TIMEOUT_MINUTES * minute,
    pollMs: config.POLL_SECONDS * 1_000,
    nearbyMiles: config.NEARBY_MILES,
    sync: { everyMs: config.BISON_SYNC_POLL_SECONDS * 1_000, atMostMs: config.BISON_SYNC_SECONDS * 1_000 },
    catchUpDays: config.CATCH_UP_DAYS,
  };
}
