import type { WebClient } from '@slack/web-api';
import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Role } from '../../pipeline/vocabulary.ts';
import { roles } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Runner } from '../runs/runner.ts';
import type { Store } from '../store/index.ts';
import type { Notifier } from './notifier.ts';
import type { SlackStanding } from './standing.ts';

/** What a handler has of the world; one object, passed in. */
export type Desk = {
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
  /** Somebody did something with us: messages they may look for are looked for, and posted anew where they are gone. */
  readonly lookForMessages: () => void;
  readonly log: Log;
};

/** A person's role for a client (null: for any). `LEADOPS_ADMINS` are admins before anybody set a member. */
export async function roleOf(
  desk: Pick<Desk, 'store' | 'config'>,
  user: string,
  client: string | null,
): Promise<Role | null> {
  if (desk.config.LEADOPS_ADMINS.includes(user)) return 'admin';
  return desk.store.clients.role(user, client);
}

/** An approver may do what an operator may, an admin everything. */
export function mayAct(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(needed);
}

/** What somebody without the role is told. */
export function notAllowed(needed: Role, client: string | null): string {
  const whom = client ? ` for ${client}` : '';
  return `This needs the role *${needed}*${whom}, which you do not have. Nothing was done. An admin can give it: \`leadops members set <your Slack id> ${needed}${client ? ` ${client}` : ''}\`.`;
}
