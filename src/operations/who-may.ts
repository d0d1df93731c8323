import { argsOf } from '../../pipeline/kinds.ts';
import { roles, type Role } from '../../pipeline/vocabulary.ts';
import type { Run } from '../../pipeline/run.ts';
import { today } from '../clock.ts';
import { everyClient, type Scope } from '../store/members.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';
import type { Who } from './who.ts';

export type Asking = {
  readonly store: Pick<Deps['store'], 'clients' | 'credentials'>;
  readonly config: Pick<Deps['config'], 'LEADOPS_ADMINS'>;
  readonly clock: Deps['clock'];
};

/** A person's role for a client, or for all of them (`everyClient`). `LEADOPS_ADMINS` are admins whatever the rows say. */
export async function roleFor(deps: Asking, user: string, scope: Scope): Promise<Role | null> {
  if (deps.config.LEADOPS_ADMINS.includes(user)) return 'admin';
  return deps.store.clients.role(user, scope, today(deps.clock));
}

/** The highest role a person has for any client. For what is shown only: an operation asks for the role for whom it touches. */
export async function highestRole(deps: Asking, user: string): Promise<Role | null> {
  if (deps.config.LEADOPS_ADMINS.includes(user)) return 'admin';
  return deps.store.clients.highestRole(user, today(deps.clock));
}

/** An approver may do what an operator may, an admin everything. */
export function mayAct(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(needed);
}

/**
 * Whether somebody may. Somebody with a shell on the machine has its database and its keys, so no role could hold them
 * back and none is asked for.
 */
export async function isAllowed(deps: Asking, who: Who, needed: Role, scope: Scope): Promise<boolean> {
  if (who.kind !== 'person') return true;
  return mayAct(await roleFor(deps, who.id, scope), needed);
}

/** @throws Refused where somebody lacks the role for whom this touches */
export async function demand(deps: Asking, who: Who, needed: Role, scope: Scope): Promise<void> {
  if (!(await isAllowed(deps, who, needed, scope))) throw notAllowed(needed, scope);
}

/**
 * What somebody without the role is told.
 * @param why a sentence of why it needs that role
 */
export function notAllowed(needed: Role, scope: Scope, why = ''): Refused {
  const [whom, words] = scope === everyClient ? ['all clients', ''] : [scope, ` ${scope}`];
  return new Refused(
    `This needs the role *${needed}* for ${whom}, which you do not have. Nothing was done.`,
    `An admin can give it from the command line: \`npm run -s leadops -- members set <your Slack id> ${needed}${words}\`.${why === '' ? '' : ` ${why}`}`,
  );
}

/** Whom a run touches: its client, the one client that PT5 was asked for by command, else all of them. */
export function scopeOf(run: Pick<Run, 'workflow' | 'client' | 'args'>): Scope {
  if (run.client !== null) return run.client;
  const [only, ...more] = argsOf('weekly', run)?.clients ?? [];
  return only !== undefined && more.length === 0 ? only : everyClient;
}

/** Whether a login is this person's own, or of somebody who is away and whom they stand in for. */
export async function standsForOwner(deps: Asking, user: string, site: string, state: string): Promise<boolean> {
  const login = (await deps.store.credentials.list()).find((one) => one.site === site && one.state === state);
  if (!login?.owner) return false;
  return login.owner === user || (await deps.store.clients.actingFor(login.owner, today(deps.clock))) === user;
}
