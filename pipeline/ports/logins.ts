import type { LoginOutcome } from '../check-facts.ts';
import { Retryable } from '../errors.ts';

/** A vendor login, as leases and cards have it. */
export type KnownLogin = {
  /** `cole:TX`, `clay`. */
  readonly login: string;
  /** `Cole X Dates, TX`. */
  readonly name: string;
};

/** The vendors' logins, for a look at whether they work. */
export type Logins = {
  /** Those that are stored or set, and those that active clients need and nobody stored. */
  all(): Promise<readonly KnownLogin[]>;
  /**
   * Signs in with name and password, goes to the page its work begins on, and leaves. Nothing is made, exported or charged.
   * What the vendor or the page says against it is its answer, and no error.
   * @throws VendorSilent where the vendor did not answer · whatever stops the run
   */
  check(login: string): Promise<LoginOutcome>;
};

/** It is the vendor that does not answer, not the database or anything else of ours. */
export class VendorSilent extends Retryable {}
