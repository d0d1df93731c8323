import { z } from 'zod';
import { escaped } from '../../../blocks/kit.ts';
import { loginModal } from '../../../blocks/modals.ts';
import { Refused } from '../../operations/refused.ts';
import { demandLogin, setLogin } from '../../operations/set-login.ts';
import { decide } from '../../operations/decide.ts';
import { person } from '../../operations/who.ts';
import { sites } from '../../store/credentials.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

export const LoginMetadata = z.object({ approvalId: z.string(), site: z.enum(sites), state: z.string() });

/** **Update login**: its owner, or an admin for all clients, enters a new password; nobody reads the old one. */
export async function openLogin(deps: SlackDeps, click: Click): Promise<void> {
  const [approvalId = '', login = ''] = click.value.split('|');
  const [site, state = ''] = login.split(':');
  const known = z.enum(sites).safeParse(site);
  if (!known.success) throw new Refused(`There is no login “${escaped(login)}”. Nothing was changed.`);
  await demandLogin(deps, person(click.user), known.data, state);
  await click.openModal(loginModal(approvalId, login, ''));
}

/** The window came back: the login is stored, and the question that asked for it is answered. */
export async function saveLogin(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof LoginMetadata> & { username: string; secret: string },
): Promise<void> {
  const { approvalId, ...login } = request;
  await setLogin(deps, person(click.user), login);
  await decide(deps, person(click.user), { approvalId, state: 'approved', reason: null });
}
