import type { LoginOutcome } from '../../pipeline/check-facts.ts';
import { NeedsHuman, VendorChanged } from '../../pipeline/errors.ts';
import { partsOfLogin } from '../../pipeline/logins.ts';
import { vendorName } from '../../pipeline/vendors.ts';
import { explain, type Failure } from '../runs/outcome.ts';

/** Nobody stored the login. */
export function noLogin(login: string): NeedsHuman {
  return new NeedsHuman('AUTH', `${login}: no login is stored`, {
    todo: `Enter it with "Update the login …", or store it with "${storing(login)}".`,
    facts: { login },
  });
}

/**
 * Why a login did not sign in: what is wrong, what to do, and which button of the card mends it. What connectors say names
 * the buttons of a run that waits; a check has others.
 *
 * @param inSettings ZoomInfo's login is in the settings, where no button reaches it
 */
export function checkFailure(error: unknown, login: string, inSettings: boolean): LoginOutcome {
  const failure = explain(error);
  const { type, message, todo } = failure;
  const { site } = partsOfLogin(login);
  const failed = { state: 'failed', says: sentenceOf(message, login), type } as const;
  const lane = laneOf(error);
  if (lane !== null) {
    const open = `When the page is as it was, press "Open ${vendorName(site)} again"; when it changed, its selectors need a new rung (connectors/${site}/selectors.ts).`;
    return { ...failed, ...lane, todo: `${lane.todo} ${open}`, type: 'SELECTOR_MISS', mend: 'open the lane' };
  }
  if (type === 'AUTH') return { ...failed, ...ofAuth(failure, login, inSettings) };
  return { ...failed, todo: todos(login)[type] ?? asOfCheck(todo), mend: 'check again' };
}

const storing = (login: string): string => {
  const { site, of } = partsOfLogin(login);
  return `leadops credentials set ${site}${of === '' ? '' : ` ${/\s/.test(of) ? `'${of}'` : of}`} --username …`;
};

const todos = (login: string): Readonly<Record<string, string>> => ({
  MFA: `Sign in by hand once with that login, or store the secret of its code generator ("${storing(login)} --totp"); then press "Check again".`,
  CAPTCHA: 'Sign in by hand once with that login and solve it, then press "Check again".',
});

/** A login that is refused; a contract that does not include something is another matter. */
function ofAuth({ message, todo }: Failure, login: string, inSettings: boolean): Pick<LoginOutcome, 'todo' | 'mend'> {
  const { site } = partsOfLogin(login);
  if (site === 'zoominfo' && inSettings) {
    const set = 'Correct ZOOMINFO_CLIENT_ID and ZOOMINFO_CLIENT_SECRET in the settings and start LeadOps again';
    return { todo: `${set}, then press "Check again".`, mend: 'check again' };
  }
  if (message.startsWith('ZoomInfo does not let')) return { todo, mend: 'check again' };
  if (message.endsWith('no login is stored')) return { todo, mend: 'update the login' };
  const find = /^Bison (refuses the token|sends us)/.test(message)
    ? 'Make an api-user token in that client’s workspace at Bison, then enter it with "Update the login …".'
    : 'Sign in by hand to find the name and password that work, then enter them with "Update the login …".';
  return { todo: find, mend: 'update the login' };
}

/** The vendor's page changed: just now, or before, so that its lane is closed. */
function laneOf(error: unknown): Pick<LoginOutcome, 'says' | 'todo'> | null {
  if (error instanceof VendorChanged) {
    const says = `"${error.lookedFor}" was not found on the page; nothing more is done there`;
    return { says, todo: 'Look at the picture behind "Details".' };
  }
  const lane = error instanceof NeedsHuman ? error.facts.closedLane : undefined;
  if (!(error instanceof NeedsHuman) || typeof lane !== 'string') return null;
  const name = vendorName(lane);
  const why = error.message
    .replace(`${name} is closed: `, '')
    .replace(`${name}: `, '')
    .replace(/\.? Nothing was done there\.?$/, '');
  const says = `was not tried, because ${name} is closed since its page changed: ${why}`;
  return { says, todo: 'Look at the picture of that failure, behind "Details" of the run that met it.' };
}

/** The line has the login's name already. */
const sentenceOf = (message: string, login: string): string =>
  (message.startsWith(`${login}: `) ? message.slice(login.length + 2) : message).replace(/\.$/, '');

const asOfCheck = (todo: string): string =>
  todo
    .replaceAll('"Try again"', '"Check again"')
    .replaceAll(/\bthen (retry|run it again)\b/g, 'then press "Check again"');
