import { z } from 'zod';

/**
 * Ways to misbehave, as `POST /_control/fault` takes them; what is not named stays as it was. A number with "next"
 * counts down; the others hold until they are taken back or the stand-in is reset.
 */
export const Fault = z.strictObject({
  /** Ends every session now. */
  expireSessions: z.boolean(),
  /** The next n exports find that every session has ended. */
  expireAtExport: z.int().min(0),
  /** Asks for a six-digit code after the password. */
  mfa: z.boolean(),
  mfaCode: z.string().regex(/^\d{6}$/),
  /** A picture to read before anybody gets in; an account whose picture was read is left in peace. */
  captcha: z.boolean(),
  /** Says the account is locked, whatever the password. */
  refuseLogin: z.boolean(),
  /** `ids`: ids, classes and field names only. `true`: wording and structure as well. */
  redesign: z.union([z.boolean(), z.literal('ids')]),
  /** Milliseconds more for every page. */
  slow: z.int().min(0),
  /** The next n pages answer 500. */
  error500: z.int().min(0),
  /** The next n files stop halfway and the connection drops. */
  cutDownload: z.int().min(0),
  /** The next n files hold three records fewer than were shown. */
  wrongCount: z.int().min(0),
  /** The next n files are empty. */
  emptyFile: z.int().min(0),
  /** So many rows of each file belong to another purchase month. */
  wrongMonth: z.int().min(0),
  /** So many rows of each file belong to a ZIP nobody asked for. */
  foreignZip: z.int().min(0),
  /** The next n files come in Windows-1252. */
  latin1: z.int().min(0),
});
export type Faults = z.infer<typeof Fault>;

export function noFaults(mfaCode: string): Faults {
  return {
    expireSessions: false,
    expireAtExport: 0,
    mfa: false,
    mfaCode,
    captcha: false,
    refuseLogin: false,
    redesign: false,
    slow: 0,
    error500: 0,
    cutDownload: 0,
    wrongCount: 0,
    emptyFile: 0,
    wrongMonth: 0,
    foreignZip: 0,
    latin1: 0,
  };
}

type Counted = 'expireAtExport' | 'error500' | 'cutDownload' | 'wrongCount' | 'emptyFile' | 'latin1';

/** Takes one of the next n; false when there are none left. */
export function take(faults: Faults, name: Counted): boolean {
  if (faults[name] === 0) return false;
  faults[name] -= 1;
  return true;
}
