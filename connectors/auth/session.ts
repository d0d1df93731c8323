import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NeedsHuman, Retryable, SessionExpired, VendorChanged } from '../../pipeline/errors.ts';
import type { BrowserHost } from '../browser/chromium.ts';
import type { SessionVault } from '../browser/context.ts';
import { attachEvidence, makeTracer, photograph, type Evidence, type Tracer } from '../browser/evidence.ts';
import { settle } from '../browser/settle.ts';
import type { LaneGate, Lanes } from '../browser/lane.ts';
import type { Login } from '../browser/login.ts';
import type { Stay } from '../browser/left-open.ts';
import {
  leaveFor,
  surfaceOf,
  usualLargestFile,
  usualPatience,
  type Patience,
  type Surface,
} from '../browser/surface.ts';
import type { Log } from '../browser/log.ts';
import type { Survey } from '../browser/survey.ts';
import type { Credentials, SignIn, SignInOrigin } from './credentials.ts';
import { explain } from './explain.ts';
import { asKnownError, asLostBrowser, asSignInError } from './known-errors.ts';
import { failurePictures } from './failure-pictures.ts';
import { keepState, openSession, stillOpen, type OpenSession } from './open-session.ts';
import { signIn } from './sign-in.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/** What every vendor's connector is made with; src/ makes it once. */
export type SessionDeps = {
  readonly browser: BrowserHost;
  readonly lanes: Pick<Lanes, 'run'>;
  readonly gate: LaneGate;
  readonly vault: SessionVault;
  readonly evidence: Evidence;
  /** Of the process's own, for recordings until they are kept or forgotten. */
  readonly folder: string;
  readonly log: Log;
  readonly patience?: Patience;
  /** Further origins where a vendor signs in, as the settings allow them. */
  readonly signInOrigins?: readonly SignInOrigin[];
  /** Bytes that a downloaded file may have; 200 MB where it is not said. */
  readonly largestFile?: number;
  /** The machine's clock, milliseconds. */
  readonly clock?: () => number;
  /** Ends all work at the vendors. */
  readonly signal?: AbortSignal;
  /**
   * Name and password are typed, whatever session is saved or open, and nothing stays open. What is saved stays until the
   * sign-in succeeded.
   */
  readonly fresh?: boolean;
};

export type Session = {
  readonly vendor: string;
  readonly login: Login;
  /** The page that is opened first, and again after a sign-in. */
  readonly url: string;
  readonly home: (survey: Survey) => boolean;
  readonly credentials: () => Promise<Credentials>;
  /** Work may begin on whatever page the last one ended at; else the first page is opened anew. */
  readonly beginsAnywhere?: boolean;
  /** Errors that are ordinary answers of this vendor: no picture of the page is kept for them. */
  readonly answers?: (error: unknown) => boolean;
};

/**
 * Does a piece of work at a vendor, signed in, in one session: no other browser is at that login meanwhile. Where the
 * vendor asks to sign in again in mid-work, that is done once and the work begins anew: it must be fit to be repeated.
 * The session stays open for a moment for the same run's next work.
 * @param work gets the page and the address it stood at right after the sign-in
 * @throws NeedsHuman · VendorChanged (and the lane is closed) · Retryable · whatever `work` throws
 */
export async function inSession<T>(
  deps: SessionDeps,
  session: Session,
  work: (surface: Surface, home: string) => Promise<T>,
): Promise<T> {
  const { browser, identity } = await deps.browser.running();
  return deps.lanes.run(
    session.vendor,
    session.login,
    identity,
    async (signal, stay: Stay<OpenSession>) => {
      if (deps.fresh) await stay.found?.close();
      const found = deps.fresh ? undefined : await stillOpen(stay.found);
      const open = found ?? (await openSession(browser, session, deps.fresh ? null : deps.vault, signal));
      let stop = (): void => undefined;
      // Work on a page that is gone does not always end by itself: a download under way may wait for ever.
      let lost = (): void => undefined;
      const stopped = new Promise<never>((_, reject) => {
        const refuse = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
        stop = () => void open.close().then(refuse);
        lost = () => reject(new Retryable('NETWORK', `${vendorName(session.vendor)}: the browser was lost`));
      });
      stopped.catch(() => undefined);
      const itsBrowser = open.context.browser() ?? browser;
      signal.addEventListener('abort', stop);
      itsBrowser.on('disconnected', lost);
      if (signal.aborted) stop();
      if (!itsBrowser.isConnected()) lost();
      const working = inContext(deps, session, open, work);
      working.catch(() => undefined);
      let stays = false;
      try {
        const result = await Promise.race([working, stopped]);
        stays = deps.fresh !== true && stay.leave(open);
        return result;
      } catch (error) {
        signal.throwIfAborted();
        if (!itsBrowser.isConnected()) throw asLostBrowser(error, session.vendor);
        if (error instanceof VendorChanged) await deps.gate.close(session.vendor, error.message);
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
        itsBrowser.off('disconnected', lost);
        if (!stays) await open.close(); // The login is free only when its browser context is gone.
      }
    },
    deps.signal,
  );
}

async function inContext<T>(
  deps: SessionDeps,
  session: Session,
  open: OpenSession,
  work: (surface: Surface, home: string) => Promise<T>,
): Promise<T> {
  const surface = await openSurface(deps, session, open);
  const path = join(deps.folder, `trace-${randomUUID()}.zip`);
  const tracer = makeTracer(open.context, path);
  const home = async () => {
    if (!open.inside || session.beginsAnywhere !== true) {
      await enter(deps, session, open, surface);
      open.inside = { page: surface.page, home: surface.page.url() };
    }
    return open.inside.home;
  };
  try {
    const at = await home();
    try {
      return await traced(deps, session, open, surface, tracer, () => work(surface, at));
    } catch (error) {
      if (!(error instanceof SessionExpired)) throw error;
      deps.log.info({ login: session.login }, 'session expired in mid-work: signing in again');
      await deps.vault.forget(session.login);
      open.saved = null;
      delete open.inside;
      await open.context.clearCookies();
      const again = await home();
      return await traced(deps, session, open, surface, tracer, () => work(surface, again));
    }
  } finally {
    await rm(path, { force: true });
  }
}

async function openSurface(deps: SessionDeps, session: Session, open: OpenSession): Promise<Surface> {
  return surfaceOf(open.inside?.page ?? (await open.context.newPage()), {
    vendor: session.vendor,
    log: deps.log,
    patience: deps.patience ?? usualPatience,
    largestFile: deps.largestFile ?? usualLargestFile,
    explain: (surface) => explain(surface, session.home),
  });
}

/** From the address to the vendor's own pages; what fails here leaves no trace file. */
async function enter(deps: SessionDeps, session: Session, open: OpenSession, surface: Surface): Promise<void> {
  const how: SignIn = {
    login: session.login,
    credentials: session.credentials,
    trusted: {
      url: session.url,
      allowed: (deps.signInOrigins ?? []).filter(({ vendor }) => vendor === session.vendor).map(({ origin }) => origin),
    },
    home: session.home,
    clock: deps.clock ?? Date.now,
    photograph: (secrets) =>
      photograph(surface.page, deps.evidence, `${session.login} sign-in`, secrets, deps.log, 'sign-in'),
  };
  try {
    const answer = await leaveFor(surface, session.url);
    const status = answer?.status() ?? 200;
    if (status >= 500) throw new Retryable('5XX', `${vendorName(session.vendor)} answered ${status}`);
    // While signing in, a sign-in page is expected: it is no explanation of a missing thing.
    const signingIn: Surface = { ...surface, explain: () => Promise.resolve() };
    await signIn(signingIn, how);
    await settle(signingIn);
    await keepState(deps.vault, session.login, open);
  } catch (error) {
    const known = asSignInError(error, session.vendor);
    if (!(known instanceof NeedsHuman)) {
      const { secret, username } = await session.credentials().catch(() => ({ secret: '', username: '' }));
      attachEvidence(known, await how.photograph([secret, username]));
    } else if (typeof known.facts.screenshot === 'string') {
      attachEvidence(known, [{ kind: 'screenshot', key: known.facts.screenshot }]);
    } else {
      const { secret, username } = await session.credentials().catch(() => ({ secret: '', username: '' }));
      attachEvidence(known, await how.photograph([secret, username]));
    }
    throw known;
  }
}

/** The work itself, recorded; the recording is kept where it fails. */
async function traced<T>(
  deps: SessionDeps,
  session: Session,
  open: OpenSession,
  surface: Surface,
  tracer: Tracer,
  work: () => Promise<T>,
): Promise<T> {
  await tracer.start();
  try {
    const result = await work();
    await tracer.stop();
    await keepState(deps.vault, session.login, open);
    return result;
  } catch (error) {
    const known = asKnownError(error, session.vendor);
    if (known instanceof SessionExpired) {
      await tracer.stop(); // Signing in comes next, and no recording runs then.
      throw known;
    }
    if (session.answers?.(known) === true) await tracer.stop();
    else attachEvidence(known, await failurePictures(deps, session.login, surface.page, tracer));
    throw known;
  }
}
