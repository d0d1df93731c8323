import { z } from 'zod';

const count = z.int().min(0);
const emails = z.array(z.string().includes('@'));

/** How the stand-in misbehaves until told otherwise. A number said to be "the next n" counts down. */
export const Faults = z.strictObject({
  /** The next n API calls are answered 429. */
  rateLimit: count,
  /** Seconds such an answer asks to wait (8: docs/vendors.md#bison-paging). */
  retryAfter: z.int().min(1),
  /** The next n API calls, page loads or changes are answered 500. */
  error500: count,
  /** Every token is answered 401. */
  refuseTokens: z.boolean(),
  /** The next n uploads are answered 422 for a reason of the vendor's own. */
  rejectUpload: count,
  /** The next n attaches say success and add nothing. */
  successButZero: count,
  /** Milliseconds of the business clock added to the sync; taking it back lets waiting leads through. */
  lateSync: count,
  /** Machine milliseconds added for every 1,000 rows of an import. */
  slowProcessing: count,
  /** Share of an upload's rows that fail, 0–1; the same e-mails each time. */
  failRows: z.number().min(0).max(1),
  /** The next n uploads, attaches, renames are done and never answered: the connection drops. */
  dropAfterUpload: count,
  dropAfterAttach: count,
  dropAfterRename: count,
  /** In the next n imports of the pages the session ends after the file was taken and before the list is made. */
  expireInUpload: count,
  /** Machine milliseconds added to a workspace switch. */
  workspaceLag: count,
  /** Overrules every workspace's own setting, or leaves it. */
  personalDomains: z.enum(['skip', 'allow', 'as set']),
  /** Sign-in asks for a six-digit code (`BisonOptions.mfaCode`). */
  mfa: z.boolean(),
  /** Sign-in shows a challenge in a frame; ticking its box passes. */
  captcha: z.boolean(),
  /** Says the account is locked, whatever the password. */
  refuseLogin: z.boolean(),
  /** `words`: labels slightly changed. `true`: other labels, no roles, other structure. */
  redesign: z.union([z.boolean(), z.literal('words')]),
  /** Machine milliseconds added to every answer. */
  slow: count,
});
export type Faults = z.infer<typeof Faults>;

/** What `POST /_control/fault` takes: faults, and acts that happen once. */
export const FaultRequest = Faults.partial().extend({
  /** Ends every web session now. */
  expireSessions: z.literal(true).optional(),
  /** Lets every lead that waits for its campaign's sync in now. */
  syncNow: z.literal(true).optional(),
  /** These people unsubscribe, or their mail bounces, wherever they stand. Unknown ones are made known first. */
  unsubscribe: emails.optional(),
  bounce: emails.optional(),
  /** Limits the two above to one workspace's id. */
  workspace: z.int().optional(),
});

export const noFaults: Faults = {
  rateLimit: 0,
  retryAfter: 8,
  error500: 0,
  refuseTokens: false,
  rejectUpload: 0,
  successButZero: 0,
  lateSync: 0,
  slowProcessing: 0,
  failRows: 0,
  dropAfterUpload: 0,
  dropAfterAttach: 0,
  dropAfterRename: 0,
  expireInUpload: 0,
  workspaceLag: 0,
  personalDomains: 'as set',
  mfa: false,
  captcha: false,
  refuseLogin: false,
  redesign: false,
  slow: 0,
};

export type Dropped = 'dropAfterUpload' | 'dropAfterAttach' | 'dropAfterRename';

/** Counts down: true while the fault still has a turn. */
export function takeTurn(
  faults: Faults,
  name: 'rateLimit' | 'error500' | 'rejectUpload' | 'successButZero' | 'expireInUpload' | Dropped,
): boolean {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}
