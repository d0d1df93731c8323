import { loginName, loginOf } from '../../pipeline/logins.ts';
import type { KnownLogin } from '../../pipeline/ports/logins.ts';
import type { CliConfig } from '../config.ts';
import type { Store } from '../store/index.ts';

export type LoginSettings = Pick<CliConfig, 'BISON_URL' | 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;

/**
 * The vendor logins that work rests on: those that are stored or set, and those that active clients need and nobody stored.
 * Of Email Bison, where its address is set; a login there for all workspaces counts while an active client has no other.
 */
export async function knownLogins(
  store: Pick<Store, 'credentials' | 'clients'>,
  config: LoginSettings,
): Promise<readonly KnownLogin[]> {
  const stored = await store.credentials.list();
  const of = (wanted: string) => stored.flatMap(({ site, state }) => (site === wanted ? [state] : []));
  const clients = (await store.clients.all()).filter(({ active }) => active);
  const cole = new Set([...of('cole'), ...clients.flatMap(({ states }) => states)]);
  const clay = of('clay').includes('') || clients.length > 0;
  const bison =
    config.BISON_URL === undefined
      ? []
      : bisonPlaces(
          of('bison'),
          clients.map(({ workspace }) => workspace),
        );
  return [
    ...[...cole].toSorted().map((state) => loginOf('cole', state)),
    ...(clay ? ['clay'] : []),
    ...bison.map((place) => loginOf('bison', place)),
    ...(isZoominfoSet(config) || of('zoominfo').includes('') ? ['zoominfo'] : []),
  ].map((login) => ({ login, name: loginName(login) }));
}

/** The settings' login comes before a stored one. */
export const isZoominfoSet = (config: LoginSettings): boolean =>
  Boolean(config.ZOOMINFO_CLIENT_ID && config.ZOOMINFO_CLIENT_SECRET);

/** What the logins of Email Bison are for; empty: the workspaces that have none of their own. */
function bisonPlaces(stored: readonly string[], wanted: readonly (string | null)[]): readonly string[] {
  const own = stored.filter((place) => place !== '');
  const without = workspacesWithout(own, wanted);
  if (without.length === 0) return own.toSorted();
  return [...own, ...(stored.includes('') ? [''] : without)].toSorted();
}

/** Workspaces that none of the logins is for by name. */
export function workspacesWithout(own: readonly string[], wanted: readonly (string | null)[]): readonly string[] {
  const plain = (workspace: string) => workspace.trim().toLowerCase();
  const have = new Set(own.map(plain));
  const names = wanted.flatMap((workspace) =>
    workspace === null || have.has(plain(workspace)) ? [] : [workspace.trim()],
  );
  return [...new Map(names.map((name) => [plain(name), name])).values()];
}
