import { reachClay } from '../../connectors/clay/index.ts';
import { reachCole } from '../../connectors/cole/index.ts';
import { makeZoominfo } from '../../connectors/zoominfo/index.ts';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import type { LoginOutcome } from '../../pipeline/check-facts.ts';
import { number } from '../../pipeline/counting.ts';
import { InvalidInput, NeedsHuman, Retryable } from '../../pipeline/errors.ts';
import { partsOfLogin } from '../../pipeline/logins.ts';
import { VendorSilent, type Logins } from '../../pipeline/ports/logins.ts';
import { rootFolder } from '../../pipeline/workflows/pull/clay-hand-in.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { isZoominfoSet, knownLogins, workspacesWithout } from '../operations/known-logins.ts';
import { picturesOf } from '../runs/ending.ts';
import { explain } from '../runs/outcome.ts';
import { isAway, isTakenOver } from '../store/db.ts';
import type { Store } from '../store/index.ts';
import { bisonAccess } from './bison.ts';
import { checkFailure, noLogin } from './login-failures.ts';
import { zoominfoLogin } from './logins.ts';
import { loginOf } from './vendors.ts';

type Parts = {
  /** An attempt's own. */
  readonly store: Store;
  readonly config: CliConfig;
  readonly sessionDeps: SessionDeps;
  readonly runId: string;
  readonly log: Log;
};

/** Whoever asks to wait longer than this is not waited for: milliseconds. */
const longestWait = 60_000;

/**
 * Looks at the vendors' logins on their own connectors. What is saved of a session is not used: name and password are typed,
 * so that what is stored is known to work.
 */
export function makeLogins(parts: Parts): Logins {
  const { store, config, sessionDeps, runId } = parts;
  const own = { ...parts, sessionDeps: { ...sessionDeps, fresh: true } };
  return {
    all: () => knownLogins(store, config),
    async check(login): Promise<LoginOutcome> {
      try {
        return { state: 'ok', says: await look(own, login), todo: '', type: null, mend: null };
      } catch (error) {
        if (sessionDeps.signal?.aborted || isAway(error) || isTakenOver(error)) throw error;
        if (error instanceof Retryable) throw silent(error);
        const { type, message } = explain(error);
        // Its pictures are found behind Details, and go when their time is over.
        await store.runs.error(runId, { step: `check ${login}`, type, message, ...picturesOf(error) });
        return checkFailure(error, login, isZoominfoSet(config));
      }
    },
  };
}

function silent(error: Retryable): VendorSilent {
  const { kind, message, exhausted, retryAfterMs = 0 } = error;
  const tooLong = retryAfterMs > longestWait;
  return new VendorSilent(kind, message, { exhausted: exhausted || tooLong, retryAfterMs, cause: error });
}

/** Signs in and says what it reached. */
async function look(parts: Parts, login: string): Promise<string> {
  const { store, config, sessionDeps, log } = parts;
  const { site, of } = partsOfLogin(login);
  const stored = (await store.credentials.list()).some((one) => one.site === site && one.state === of);
  if (!stored && !(site === 'zoominfo' && isZoominfoSet(config))) throw noLogin(login);
  switch (site) {
    case 'cole': {
      const credentials = (state: string) => loginOf(store, 'cole', state);
      await reachCole({ ...sessionDeps, url: config.COLE_URL, credentials }, of);
      return 'signed in, and the form of a new search is there';
    }
    case 'clay':
      await reachClay(
        { ...sessionDeps, url: config.CLAY_URL, credentials: () => loginOf(store, 'clay', '') },
        rootFolder,
      );
      return 'signed in, and its folders are there';
    case 'bison':
      return lookAtBison(parts, of);
    case 'zoominfo': {
      // One of its own: the process's may have a token from before.
      const zoominfo = makeZoominfo({ url: config.ZOOMINFO_URL, credentials: zoominfoLogin(store, config), log });
      const { used, limit } = await zoominfo.usage();
      const counted =
        used === null ? '' : `; it counts ${number(used)}${limit === null ? '' : ` of ${number(limit)}`} credits used`;
      return `signed in${counted}`;
    }
    default:
      throw new InvalidInput(`"${login}" is no login of a vendor that is known.`, { todo: 'Nothing was looked at.' });
  }
}

/** @param place a workspace; empty: those of active clients that have no login of their own */
async function lookAtBison({ store, config, sessionDeps, log }: Parts, place: string): Promise<string> {
  const access = bisonAccess({ store, sessionDeps, url: config.BISON_URL, log });
  const said: string[] = [];
  for (const workspace of place === '' ? await workspacesForAll(store) : [place]) {
    const bison = await access(workspace);
    const { id, name } = await bison.workspace(workspace);
    if (bison.access === 'web pages')
      said.push(place === '' ? `the client portal of ${workspace} opens` : 'its client portal opens');
    else if (id === null && name === null) said.push('the API token is good; Bison does not say for which workspace');
    else said.push(place === '' ? `the API token is that of ${workspace}` : 'the API token is that of this workspace');
  }
  return `signed in, and ${said.join('; ')}`;
}

async function workspacesForAll(store: Pick<Store, 'credentials' | 'clients'>): Promise<readonly string[]> {
  const own = (await store.credentials.list()).flatMap(({ site, state }) =>
    site === 'bison' && state !== '' ? [state] : [],
  );
  const active = (await store.clients.all()).filter((client) => client.active);
  const workspaces = workspacesWithout(
    own,
    active.map(({ workspace }) => workspace),
  );
  if (workspaces.length > 0) return workspaces;
  throw new NeedsHuman('CHECK', 'No active client has a workspace that this login is for. Nothing was looked at', {
    todo: 'Give it the name of its workspace, or a client its workspace.',
  });
}
