import type { WebClient } from '@slack/web-api';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Role } from '../../pipeline/vocabulary.ts';
import { roles } from '../../pipeline/vocabulary.ts';
import { argsOf } from '../../pipeline/kinds.ts';
import type { Run } from '../../pipeline/run.ts';
import { today, type Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Runner } from '../runs/runner.ts';
import type { Store } from '../store/index.ts';
import { everyClient, type Scope } from '../store/members.ts';
import type { Notifier } from './notifier.ts';
import type { SlackStanding } from './standing.ts';

/** What a handler has of the world; one object, passed in. */
export type SlackDeps = {
  readonly store: Store;
  readonly runner: Runner;
  readonly notifier: Notifier;
  readonly slack: WebClient;
  readonly clock: Clock;
  readonly config: Pick<
    Config,
    'LEADOPS_ADMINS' | 'PUBLIC_URL' | 'PORT' | 'BISON_URL' | 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'
  >;
  readonly intentConfig: IntentConfig;
  /** How Slack stands, and for how long. */
  readonly slackStanding: () => SlackStanding;
  /**
   * Called when somebody typed or clicked: messages of live runs are looked for, and posted anew where they are gone.
   */
  readonly lookForMessages: () => void;
  readonly log: Log;
};

type Asking = Pick<SlackDeps, 'store' | 'config' | 'clock'>;

/** A person's role for a client, or for all of them (`everyClient`). `LEADOPS_ADMINS` are admins whatever the rows say. */
export async function roleFor(deps: Asking, user: string, scope: Scope): Promise<Role | null> {
  if (deps.config.LEADOPS_ADMINS.includes(user)) return 'admin';
  return deps.store.clients.role(user, scope, today(deps.clock));
}

/** The highest role a person has for any client. For what is shown only: an act asks `roleFor` whom it touches. */
export async function highestRole(deps: Asking, user: string): Promise<Role | null> {
  if (deps.config.LEADOPS_ADMINS.includes(user)) return 'admin';
  return deps.store.clients.highestRole(user, today(deps.clock));
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

/** An approver may do what an operator may, an admin everything. */
export function mayAct(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(needed);
}

/** What somebody without the role is told. */
export function notAllowed(needed: Role, scope: Scope): string {
  const [whom, words] = scope === everyClient ? ['all clients', ''] : [scope, ` ${scope}`];
  return `This needs the role *${needed}* for ${whom}, which you do not have. Nothing was done. An admin can give it from the command line: \`npm run -s leadops -- members set <your Slack id> ${needed}${words}\`.`;
}
