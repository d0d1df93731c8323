import { factsOf } from '../../../pipeline/kinds.ts';
import { partsOfLogin } from '../../../pipeline/logins.ts';
import { startCheck } from '../../operations/start-check.ts';
import { person } from '../../operations/who.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { alreadyLive } from '../commands/reply.ts';
import type { SlackDeps } from '../deps.ts';
import type { Click } from './click.ts';

/** **Check again**: a new look at one login, with a message of its own; the message it was pressed on follows. */
export const checkAgain = (deps: SlackDeps, click: Click): Promise<void> => lookAgain(deps, click, click.value);

/** @param login one, or every one of a vendor */
export async function lookAgain(
  deps: SlackDeps,
  click: Pick<Click, 'user' | 'channel' | 'tell'>,
  login: string,
): Promise<void> {
  const { created, run } = await startCheck(deps, person(click.user), { channel: click.channel, login });
  if (!created) await click.tell(await alreadyLive(deps, run, null));
}

/** What is to be looked at again after a check met a vendor's closed lane and it was opened; null where nothing is. */
export function toLookAt(run: StoredRun, vendor: string): string | null {
  const closed = (factsOf('check', run)?.check.logins ?? []).filter(
    ({ login, mend }) => mend === 'open the lane' && partsOfLogin(login).site === vendor,
  );
  const [only, ...more] = closed.map(({ login }) => login);
  if (only === undefined) return null;
  return more.length === 0 ? only : vendor;
}
