import { makeBisonApi, makeBisonWeb } from '../../connectors/bison/index.ts';
import type { WebLogin } from '../../connectors/bison/web/index.ts';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { Bison, Workspace } from '../../pipeline/ports/bison.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { loginOf } from './vendors.ts';

/**
 * Whether a stored secret is an API token and no password: by the name it was stored under, or because it looks like Bison's
 * own (`7|8xK…`, as Laravel's are).
 */
const isToken = (username: string, secret: string): boolean =>
  /^(api|token|api[ -]?(user|token))$/i.test(username.trim()) || /^\d+\|\S{10,}$/.test(secret.trim());

type Stored = { readonly state: string; readonly username: string; readonly token: boolean };

/** Access to a workspace: by the API where a token is stored for it (or one for all), else by the client portal. */
export function bisonAccess(parts: {
  readonly store: Pick<Store, 'credentials'>;
  readonly sessionDeps: SessionDeps;
  readonly url: string | undefined;
  readonly log: Log;
}): Ports['bison'] {
  const { store, sessionDeps, log } = parts;
  const logins = async (): Promise<readonly Stored[]> =>
    (await store.credentials.ofSite('bison')).map(({ state, username, secret }) => ({
      state,
      username,
      token: isToken(username, secret),
    }));
  return async (workspace): Promise<Bison> => {
    const { url } = parts;
    if (url === undefined) {
      throw new InvalidInput('BISON_URL is not set: I do not know where Email Bison is. Nothing was uploaded.', {
        todo: 'Set it to the address of your instance, then retry.',
      });
    }
    const token = tokenFor(await logins(), workspace);
    if (token) {
      return makeBisonApi({
        url,
        log,
        signal: sessionDeps.signal,
        token: async () => (await loginOf(store, 'bison', token.state)).secret,
      });
    }
    return makeBisonWeb({ ...sessionDeps, url, login: async () => webLogin(store, await logins(), workspace) });
  };
}

const ofWorkspace = (workspace: Workspace) => (login: Stored) =>
  login.state.toLowerCase() === workspace.trim().toLowerCase();

/**
 * The workspace's own token first; one for all comes last, and the connector refuses it where it belongs to another
 * workspace.
 */
function tokenFor(stored: readonly Stored[], workspace: Workspace): Stored | undefined {
  const own = stored.find(ofWorkspace(workspace));
  if (own) return own.token ? own : undefined;
  return stored.find(({ state, token }) => state === '' && token);
}

/**
 * Who signs in at the client portal. Workspaces that one person reaches share that person's login, so that the portal
 * is never switched while somebody else's work is in it.
 */
function webLogin(store: Pick<Store, 'credentials'>, stored: readonly Stored[], workspace: Workspace): WebLogin {
  const people = stored.filter(({ token }) => !token);
  const own = people.find(ofWorkspace(workspace));
  const chosen = own ?? people.find(({ state }) => state === '');
  const same = people.filter(({ username }) => username.toLowerCase() === chosen?.username.toLowerCase());
  const [first] = same.toSorted((a, b) => (a.state < b.state ? -1 : 1));
  const place = first?.state ?? '';
  return {
    login: place === '' ? 'bison' : `bison:${place}`,
    bound: own !== undefined && same.length === 1,
    credentials: () => loginOf(store, 'bison', place),
  };
}
