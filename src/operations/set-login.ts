import { everyClient } from '../store/members.ts';
import type { Site } from '../store/credentials.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import { isAllowed, standsForOwner, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

export type LoginArgs = {
  readonly site: Site;
  /** Cole: the state; Email Bison: the workspace; else empty. */
  readonly state: string;
  readonly username: string;
  readonly secret: string;
  /** Base32 secret of a code generator; null: it has none; undefined: what is stored stays. */
  readonly totp?: string | null;
  /** Slack id; null: nobody; undefined: who owns it stays, and who sets a login that nobody owns owns it. */
  readonly owner?: string | null;
};

/**
 * Stores a vendor login, sealed; a saved session of the old one is dropped.
 * @throws Refused where this person may not
 */
export async function setLogin(
  deps: Asking & { readonly store: Pick<Deps['store'], 'credentials' | 'runs'> },
  who: Who,
  { site, state, username, secret, totp, owner }: LoginArgs,
): Promise<void> {
  await demandLogin(deps, who, site, state);
  const before = await deps.store.credentials.get(site, state);
  const itsOwner = owner === undefined ? (before?.owner ?? (who.kind === 'person' ? who.id : null)) : owner;
  await deps.store.credentials.set(site, state, {
    username: username.trim(),
    secret,
    totp: totp === undefined ? (before?.totp ?? null) : totp,
    owner: itsOwner,
  });
  const subject = `${site}:${state}`;
  await deps.store.runs.audit({ who: who.id, what: 'set login', subject, facts: { owner: itsOwner } });
}

/**
 * A login is the agency's, not a client's: Clay's and ZoomInfo's serve all of them, a state's every client licensed there, and
 * a workspace of Bison may be shared. So only its owner and who is admin for all may change it.
 *
 * @throws Refused where this person may not
 */
export async function demandLogin(deps: Asking, who: Who, site: Site, state: string): Promise<void> {
  if (who.kind === 'person' && (await standsForOwner(deps, who.id, site, state))) return;
  if (await isAllowed(deps, who, 'admin', everyClient)) return;
  throw new Refused('Only the owner of this login or an admin for all clients may update it. Nothing was changed.');
}
