import { z } from 'zod';
import { escaped } from '../../../blocks/kit.ts';
import { loginModal } from '../../../blocks/modals.ts';
import { loginOf, partsOfLogin } from '../../../pipeline/logins.ts';
import { Refused } from '../../operations/refused.ts';
import { demandLogin, setLogin } from '../../operations/set-login.ts';
import { decide } from '../../operations/decide.ts';
import { person } from '../../operations/who.ts';
import { sites } from '../../store/credentials.ts';
import type { SlackDeps } from '../deps.ts';
import { lookAgain } from './check.ts';
import type { Click } from './click.ts';

export const LoginMetadata = z.object({
  /** The question that asked for it; null where a check found the login refused. */
  approvalId: z.string().nullable(),
  site: z.enum(sites),
  state: z.string(),
  /** Where the button was pressed. */
  channel: z.string().nullable().default(null),
});

/** **Update login**: its owner, or an admin for all clients, enters a new password; nobody reads the old one. */
export async function openLogin(deps: SlackDeps, click: Click): Promise<void> {
  const bar = click.value.indexOf('|');
  const approvalId = click.value.slice(0, bar);
  const login = click.value.slice(bar + 1);
  const { site, of: state } = partsOfLogin(login);
  const known = z.enum(sites).safeParse(site);
  if (!known.success) throw new Refused(`There is no login “${escaped(login)}”. Nothing was changed.`);
  await demandLogin(deps, person(click.user), known.data, state);
  await click.openModal(loginModal(approvalId || null, login, click.channel));
}

/** The window came back: the login is stored. The question that asked for it is answered; without one it is looked at again. */
export async function saveLogin(
  deps: SlackDeps,
  click: Click,
  request: z.output<typeof LoginMetadata> & { username: string; secret: string },
): Promise<void> {
  const { approvalId, channel, ...login } = request;
  await setLogin(deps, person(click.user), login);
  if (approvalId === null) return lookAtStored(deps, { ...click, channel }, loginOf(login.site, login.state));
  await decide(deps, person(click.user), { approvalId, state: 'approved', reason: null });
}

async function lookAtStored(deps: SlackDeps, click: Click, login: string): Promise<void> {
  try {
    await lookAgain(deps, click, login);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // The other half of what was pressed is done.
    throw new Refused(`The login is stored. It was not looked at: ${error.reason}`, error.todo);
  }
}
