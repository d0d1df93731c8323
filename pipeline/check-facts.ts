import { z } from 'zod';

/** How a look at one vendor login went. */
const LoginCheck = z.object({
  /** `cole:TX`, `clay`, as leases and cards have it. */
  login: z.string(),
  /** `Cole X Dates, TX`. */
  name: z.string(),
  state: z.enum(['waiting', 'ok', 'failed']),
  /** What was reached, or what went wrong, in a sentence. */
  says: z.string(),
  /** What to do; empty where nothing is to be done. */
  todo: z.string(),
  /** As the error types of docs/sop.md#error-types; null where it went well. */
  type: z.string().nullable(),
});
export type LoginCheck = z.output<typeof LoginCheck>;

export const CheckFacts = z.object({ logins: z.array(LoginCheck) });
export type CheckFacts = z.output<typeof CheckFacts>;
