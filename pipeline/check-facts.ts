import { z } from 'zod';

const LoginOutcome = z.object({
  state: z.enum(['ok', 'failed']),
  /** What was reached, or what went wrong, in a sentence. */
  says: z.string(),
  /** What to do; empty where nothing is to be done. */
  todo: z.string(),
  /** As the error types of docs/sop.md#error-types; null where it went well. */
  type: z.string().nullable(),
  /** The button that mends it; null where it went well. */
  mend: z.enum(['update the login', 'open the lane', 'check again']).nullable(),
});
/** How a look at one vendor login ended. */
export type LoginOutcome = z.output<typeof LoginOutcome>;

/** How a look at one vendor login stands. */
const LoginCheck = LoginOutcome.extend({
  /** `cole:TX`, `clay`, as leases and cards have it. */
  login: z.string(),
  /** `Cole X Dates, TX`. */
  name: z.string(),
  state: z.enum(['waiting', 'ok', 'failed']),
});
export type LoginCheck = z.output<typeof LoginCheck>;

/** Who was told of a login that does not sign in. */
export const ToldOwner = z.object({
  login: z.string(),
  slackId: z.string(),
  /** The owner, where it went to who stands in while they are away. */
  insteadOf: z.string().nullable(),
  /** Nobody owns it: an admin was told. */
  nobodys: z.boolean(),
});
export type ToldOwner = z.output<typeof ToldOwner>;

export const CheckFacts = z.object({ logins: z.array(LoginCheck) });
export type CheckFacts = z.output<typeof CheckFacts>;

/** Names that fit into a sentence. */
const mostNames = 8;

/** `All 5 logins sign in.` · `1 of 5 logins does not sign in: Cole X Dates, TX.` */
export function checkSentence(logins: readonly LoginCheck[]): string {
  const failed = logins.filter(({ state }) => state === 'failed');
  const [only] = logins;
  if (logins.length === 1 && only) return `${only.name} ${only.state === 'failed' ? 'does not sign in' : 'signs in'}.`;
  if (failed.length === 0)
    return logins.length === 0 ? 'There is no login to look at.' : `All ${logins.length} logins sign in.`;
  const more = failed.length > mostNames ? ` and ${failed.length - mostNames} more` : '';
  const names = `${failed
    .slice(0, mostNames)
    .map(({ name }) => name)
    .join('; ')}${more}`;
  const verb = failed.length === 1 ? 'does' : 'do';
  return `${failed.length} of ${logins.length} logins ${verb} not sign in: ${names}.`;
}
