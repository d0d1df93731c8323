import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Credentials, SignInOrigin } from '../../connectors/auth/credentials.ts';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import type { SessionVault } from '../../connectors/browser/context.ts';
import { endBrowser } from '../../connectors/browser/end-browser.ts';
import type { Evidence } from '../../connectors/browser/evidence.ts';
import { makeLanes, type LaneGate, type Lanes } from '../../connectors/browser/lane.ts';
import type { Login, LoginLease, Turn } from '../../connectors/browser/login.ts';
import { NeedsHuman, Unexpected } from '../../pipeline/errors.ts';
import type { Log } from '../log.ts';
import { isGone } from '../runs/holder.ts';
import { pause } from '../pause.ts';
import { sites, type Site } from '../store/credentials.ts';
import type { Store } from '../store/index.ts';

/*
 * What the connectors need of the process: logins, saved sessions, leases, closed lanes and a place for photographs,
 * all of them rows.
 */

const leaseSeconds = 30;
const lookAgainMs = 500;

/** `cole:TX` → the site and the state its credential is stored under. */
function placeOf(login: Login): { site: Site; state: string } {
  const colon = login.indexOf(':');
  const [name, state] = colon < 0 ? [login, ''] : [login.slice(0, colon), login.slice(colon + 1)];
  const site = sites.find((one) => one === name);
  if (!site) throw new Unexpected(`"${login}" is no login of a vendor.`);
  return { site, state };
}

/** Lanes of this process over the leases of all. */
export function makeVendorLanes(store: Store, holder: string, log: Log): Lanes {
  return makeLanes({ lease: makeLease(store, holder, log), gate: makeGate(store), log });
}

function makeLease(store: Store, holder: string, log: Log): LoginLease {
  return {
    async acquire(login, browser, signal, queue) {
      let breakHolder: string | undefined;
      let since = performance.now();
      for (;;) {
        if (signal.aborted) {
          // The row in the queue is taken out at once, so that others do not have to wait until it is too old.
          await store.leases.release(login, holder).catch(() => undefined);
          signal.throwIfAborted();
        }
        since = performance.now();
        const claim = await store.leases.claim(login, holder, browser, leaseSeconds, {
          breakHolder,
          waitedMs: queue.waited(),
        });
        if (claim.granted) {
          const left = claim.previous?.browser;
          // The browser of a dead holder may still be signed in at the vendor: it is ended before ours begins.
          if (left && (await endBrowser(left)))
            log.warn({ login, pid: left.pid }, 'ended the browser of a dead process');
          break;
        }
        const dead = claim.holder && isGone(claim.holder, holder) ? claim.holder : undefined;
        if (!dead || breakHolder === dead) {
          queue.waits(claim.ahead + 1);
          await pause(lookAgainMs, signal);
        }
        breakHolder = dead;
      }
      return {
        since,
        async renew() {
          if (!(await store.leases.renew(login, holder, leaseSeconds)))
            throw new Error(`another process has the login ${login}`);
        },
        release: () => store.leases.release(login, holder),
      };
    },
  };
}

function makeGate(store: Store): LaneGate {
  return {
    isClosed: (vendor) => store.leases.closedReason(vendor),
    close: (vendor, reason) => store.leases.closeLane(vendor, reason),
  };
}

function makeVault(store: Store): SessionVault {
  return {
    load: (login) => store.credentials.session(placeOf(login).site, placeOf(login).state),
    save: (login, state) => store.credentials.saveSession(placeOf(login).site, placeOf(login).state, state),
    forget: (login) => store.credentials.forgetSession(placeOf(login).site, placeOf(login).state),
  };
}

const endings = {
  screenshot: ['png', 'image/png'],
  aria: ['yaml', 'text/yaml'],
  trace: ['zip', 'application/zip'],
} as const;

/** Photographs of a run's failures, in private storage. */
function makeEvidence(store: Store, runId: string, folder: string): Evidence {
  return {
    async save(name, kind, bytes) {
      const [ending, type] = endings[kind];
      const key = `evidence/${runId}/${name.replaceAll(/[^\w-]+/g, '-')}-${Date.now()}.${ending}`;
      const path = join(folder, `evidence-${randomUUID()}`);
      await writeFile(path, bytes, { mode: 0o600 });
      try {
        await store.files.keep(key, path, type);
      } finally {
        await unlink(path);
      }
      return key;
    },
  };
}

/** What the connectors' sessions are made with, as one run has it: browser and lanes are the process's, log and photographs the run's. */
export function sessionDepsFor(parts: {
  readonly store: Store;
  readonly browser: BrowserHost;
  readonly lanes: Lanes;
  /** The process's own. */
  readonly folder: string;
  readonly runId: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
  readonly turn?: Turn;
  readonly signInOrigins?: readonly SignInOrigin[];
  /** Bytes that a downloaded file may have. */
  readonly largestFile?: number;
}): SessionDeps {
  const { lanes, turn } = parts;
  return {
    browser: parts.browser,
    lanes: {
      run: (vendor, login, browser, work, signal) => lanes.run(vendor, login, browser, work, signal, turn),
    },
    gate: makeGate(parts.store),
    vault: makeVault(parts.store),
    evidence: makeEvidence(parts.store, parts.runId, parts.folder),
    folder: parts.folder,
    log: parts.log,
    ...(parts.signInOrigins && { signInOrigins: parts.signInOrigins }),
    ...(parts.signal && { signal: parts.signal }),
    ...(parts.largestFile !== undefined && { largestFile: parts.largestFile }),
  };
}

/** A vendor's login, decrypted. Where none is stored a person is asked for it. */
export async function loginOf(store: Pick<Store, 'credentials'>, site: Site, state: string): Promise<Credentials> {
  const found = await store.credentials.get(site, state);
  if (found) return { username: found.username, secret: found.secret, totp: found.totp ?? undefined };
  const name = state ? `${site} ${state}` : site;
  throw new NeedsHuman('AUTH', `There is no login for ${name} yet.`, {
    todo: `Store it with "leadops credentials set ${name} --username …" (the secret on standard input), then press "Try again".`,
    facts: { login: state ? `${site}:${state}` : site },
  });
}
