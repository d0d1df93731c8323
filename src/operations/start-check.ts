import { escaped } from '../../blocks/kit.ts';
import { kinds } from '../../pipeline/kinds.ts';
import { isMeant, loginName, partsOfLogin } from '../../pipeline/logins.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { everyClient } from '../store/members.ts';
import { knownLogins, type LoginSettings } from './known-logins.ts';
import { Refused } from './refused.ts';
import { startRun, type Asked, type Started, type Starting } from './start-run.ts';
import { demand, standsForOwner, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/**
 * Starts a look at the vendors' logins, or answers the live one. Logins are the agency's: it needs the role for all clients,
 * and at a login of their own its owner may look, too.
 *
 * @param args.login one (`cole:TX`), every one of a vendor (`cole`), or (null) all
 * @throws Refused where there is no such login, or this person may not
 */
export async function startCheck(
  deps: Starting & Asking & { readonly config: LoginSettings },
  who: Who,
  args: Omit<Asked, 'dryRun'> & {
    readonly login: string | null;
    /** The due time of the calendar that it is started for. */
    readonly due?: Day;
  },
): Promise<Started> {
  const { login: asked, due } = args;
  if (asked === null || !(await isTheirs(deps, who, asked))) await demand(deps, who, 'operator', everyClient);
  const known = await knownLogins(deps.store, deps.config);
  if (known.length === 0) {
    throw new Refused(
      'No vendor login is stored, and no active client needs one. Nothing was looked at.',
      'Store one from the command line: `npm run -s leadops -- credentials set cole TX --username …`.',
    );
  }
  const plain = (login: string) => login.toLowerCase();
  const login = asked && (known.find((one) => plain(one.login) === plain(asked))?.login ?? asked);
  if (login !== null && !known.some((one) => isMeant(one.login, login))) {
    throw new Refused(
      `There is no login “${escaped(loginName(login))}”. Nothing was looked at.`,
      `There are: ${known.map(({ name }) => escaped(name)).join('; ')}.`,
    );
  }
  return startRun(
    deps,
    who,
    'check',
    { ...args, dryRun: false },
    {
      workflow: 'check',
      client: null,
      month: null,
      key: kinds.check.key({ login }),
      args: { login, ...(due && { due }) },
    },
  );
}

function isTheirs(deps: Asking, who: Who, login: string): Promise<boolean> {
  const { site, of } = partsOfLogin(login);
  return who.kind === 'person' ? standsForOwner(deps, who.id, site, of) : Promise.resolve(false);
}
