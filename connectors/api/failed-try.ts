import { LeadOpsError, type RetryableKind } from '../../pipeline/errors.ts';

/** One try of a call that came to nothing, and may come to something another time. Never leaves a vendor's folder. */
export class FailedTry extends LeadOpsError {
  readonly kind: RetryableKind;
  /** Whether the vendor may have done what was asked: then what costs, or is seen outside, is not tried again. */
  readonly mayBeDone: boolean;
  /** What the vendor asks to wait. */
  readonly retryAfterMs: number | undefined;
  constructor(
    kind: RetryableKind,
    message: string,
    options: { mayBeDone: boolean; retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.mayBeDone = options.mayBeDone;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * A status that says nothing about the request itself.
 * @param said `: "Server Error"`: the vendor's words, fit for a log
 * @returns null for any other status
 */
export function outage(
  vendor: string,
  what: string,
  { status, retryAfterMs }: { readonly status: number; readonly retryAfterMs: number | undefined },
  said = '',
): FailedTry | null {
  if (status === 408) return new FailedTry('TIMEOUT', `${vendor} gave up on ${what} (408)`, { mayBeDone: true });
  if (status === 429) {
    const message = `${vendor} wants fewer calls (429 at ${what})`;
    return new FailedTry('RATE_LIMITED', message, { mayBeDone: false, retryAfterMs });
  }
  if (status < 500) return null;
  return new FailedTry('5XX', `${vendor} answered ${status} to ${what}${said}`, { mayBeDone: true, retryAfterMs });
}
