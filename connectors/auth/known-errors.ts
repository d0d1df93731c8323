import { errors } from 'playwright';
import {
  DataMismatch,
  InvalidInput,
  NeedsHuman,
  Retryable,
  SessionExpired,
  Unexpected,
  VendorChanged,
} from '../../pipeline/errors.ts';
import { vendorName } from '../../pipeline/vendors.ts';

const ours = [DataMismatch, InvalidInput, NeedsHuman, Retryable, SessionExpired, VendorChanged];

/** A browser's error as what happens next; everything else as it is. */
export function asKnownError(error: unknown, vendor: string): unknown {
  if (!(error instanceof Error) || ours.some((kind) => error instanceof kind)) return error;
  if (/net::ERR|NS_ERROR|ECONN|EPIPE|socket hang up/.test(error.message)) {
    return new Retryable('NETWORK', `${vendorName(vendor)} cannot be reached`, { cause: error });
  }
  if (
    /(page|context|browser) has been closed|Target closed|Target crashed|Page crashed|browser (has disconnected|closed)/i.test(
      error.message,
    )
  ) {
    return new Retryable('NETWORK', `${vendorName(vendor)}: the browser was lost`, { cause: error });
  }
  if (error instanceof errors.TimeoutError)
    return new Retryable('TIMEOUT', `${vendorName(vendor)} took too long`, { cause: error });
  return error;
}

/**
 * An error of work during which the browser died. "Not found" and unforeseen errors then come from the dead browser and
 * say nothing about the vendor, so they become Retryable. A question for a person and what was read of a file were
 * known before the browser died: those errors stay as they are.
 */
export function asLostBrowser(error: unknown, vendor: string): unknown {
  const known = asKnownError(error, vendor);
  const stands = [DataMismatch, InvalidInput, NeedsHuman, Retryable].some((kind) => known instanceof kind);
  return stands ? known : new Retryable('NETWORK', `${vendorName(vendor)}: the browser was lost`, { cause: error });
}

/**
 * The same for what went wrong while signing in. A browser's message may quote what was being typed: it is dropped, and
 * only the kind of error stays.
 */
export function asSignInError(error: unknown, vendor: string): unknown {
  const known = asKnownError(error, vendor);
  if (known instanceof Retryable && known.cause !== undefined) return new Retryable(known.kind, known.message);
  if (known instanceof Error && !ours.some((kind) => known instanceof kind)) {
    return new Unexpected(`${vendorName(vendor)}: the sign-in failed unexpectedly (${known.name})`);
  }
  return known;
}
