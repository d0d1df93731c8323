import { z } from 'zod';
import { loginModal } from '../../../blocks/modals.ts';
import { escaped } from '../../../blocks/kit.ts';
import { sites } from '../../store/credentials.ts';
import { everyClient } from '../../store/members.ts';
import { mayAct, roleFor, standsForOwner, type SlackDeps } from '../deps.ts';
import { approve } from './decisions.ts';
import type { Click } from './click.ts';

export const LoginMetadata = z.object({ approvalId: z.string(), site: z.enum(sites), state: z.string() });

/** The login's owner, or an admin for all clients, enters a new password; nobody reads the old one. */
export async function openLogin(deps: SlackDeps, click: Click): Promise<void> {
  const [approvalId = '', login = ''] = click.value.split('|');
  const [site, state = ''] = login.split(':');
  const known = z.enum(sites).safeParse(site);
  if (!known.success) return click.tell(`There is no login “${escaped(login)}”. Nothing was changed.`);
  if (!(await mayUpdate(deps, click.user, known.data, state))) {
    return click.tell(ownerOnly);
  }
  await click.openModal(loginModal(approvalId, login, ''));
}

const ownerOnly = 'Only the owner of this login or an admin for all clients may update it. Nothing was changed.';

export async function saveLogin(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof LoginMetadata> & { username: string; secret: string },
): Promise<void> {
  const { site, state } = request;
  if (!(await mayUpdate(deps, click.user, site, state))) {
    return click.tell(ownerOnly);
  }
  const before = await deps.store.credentials.get(site, state);
  await deps.store.credentials.set(site, state, {
    username: request.username.trim(),
    secret: request.secret,
    totp: before?.totp ?? null,
    owner: before?.owner ?? click.user,
  });
  await deps.store.runs.audit({ who: click.user, what: 'update login', subject: `${site}:${state}` });
  await approve(deps, { ...click, value: request.approvalId });
}

/**
 * A login is the agency's, not a client's: Clay's and ZoomInfo's serve all of them, a state's every client licensed there, and
 * a workspace of Bison may be shared. So only its owner and who is admin for all may change it.
 */
async function mayUpdate(deps: SlackDeps, user: string, site: z.output<typeof LoginMetadata>['site'], state: string) {
  return (await standsForOwner(deps, user, site, state)) || mayAct(await roleFor(deps, user, everyClient), 'admin');
}
