import { scrubbed } from './scrub.ts';
import { vendorName } from './vendors.ts';

/**
 * Errors are named for what happens next, not for where they come from. The runner (src/runs) decides by the class
 * alone.
 *
 * Their messages are shown to people and kept: they are our words and counts, and a vendor's words only as `quotable`
 * (pipeline/scrub.ts) leaves them. What has the form of an address, a number or a token is cut out here all the same.
 */
export abstract class LeadOpsError extends Error {
  /** What a person can do about it, in one sentence; shown in Slack below the message. */
  readonly todo: string | undefined;
  constructor(message: string, options: { todo?: string; cause?: unknown } = {}) {
    super(scrubbed(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.todo = options.todo === undefined ? undefined : scrubbed(options.todo);
  }
}

export type RetryableKind = 'NETWORK' | 'TIMEOUT' | 'RATE_LIMITED' | '5XX';

/** Try again, up to the step's limit: nothing was decided by the other side. */
export class Retryable extends LeadOpsError {
  readonly kind: RetryableKind;
  /** Milliseconds the other side asked us to wait. */
  readonly retryAfterMs: number | undefined;
  /** Whoever threw it has tried as often as makes sense: the step does not try again. */
  readonly exhausted: boolean;
  constructor(
    kind: RetryableKind,
    message: string,
    options: { retryAfterMs?: number; exhausted?: boolean; cause?: unknown } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.exhausted = options.exhausted ?? false;
  }
}

/** The vendor asks to sign in again: do it once, then try again. */
export class SessionExpired extends LeadOpsError {}

export type HumanNeed = 'AUTH' | 'MFA' | 'CAPTCHA' | 'UPLOAD' | 'DATA' | 'CHECK';

/** Only a person can go on from here: the run waits, somebody gets a card. */
export class NeedsHuman extends LeadOpsError {
  readonly need: HumanNeed;
  /** Facts for the card: ids and counts, no person of a lead list. */
  readonly facts: Readonly<Record<string, string | number>>;
  constructor(
    need: HumanNeed,
    message: string,
    options: { todo?: string; cause?: unknown; facts?: Readonly<Record<string, string | number>> } = {},
  ) {
    super(message, options);
    this.need = need;
    this.facts = Object.fromEntries(
      Object.entries(options.facts ?? {}).map(([name, fact]) => [
        name,
        typeof fact === 'string' ? scrubbed(fact) : fact,
      ]),
    );
  }
}

/** The vendor's page is not the page we know: no selector matched. Its lane refuses work until someone looked. */
export class VendorChanged extends LeadOpsError {
  /** The word of pipeline/vendors.ts; the message has its name. */
  readonly vendor: string;
  /** What we looked for, in the words of the page's user: `export button`. */
  readonly lookedFor: string;
  constructor(vendor: string, lookedFor: string, options: { todo?: string; cause?: unknown } = {}) {
    super(`${vendorName(vendor)}: "${lookedFor}" was not found on the page`, options);
    this.vendor = vendor;
    this.lookedFor = lookedFor;
  }
}

/** Something that cannot be, is: a fault of ours. Said in our words, without a value. */
export class Unexpected extends LeadOpsError {}

/** What came in cannot be used: says what is wrong, what was not done and what to do. */
export class InvalidInput extends LeadOpsError {}

/** The vendor answered and the answer does not add up (ids missing, counts that differ): never guess. */
export class DataMismatch extends LeadOpsError {}
