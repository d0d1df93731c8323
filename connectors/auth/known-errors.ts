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

const ours = [DataMismatch, InvalidInput, NeedsHuman, Retryable, SessionExpired, VendorChanged];

/** A browser's error as what happens next; everything else as it is. */
export function asKnownError(error: unknown, vendor: string): unknown {
  if (!(error instanceof Error) || ours.some((kind) => error instanceof kind)) return error;
  if (/net::ERR|NS_ERROR|ECONN|EPIPE|socket hang up/.test(error.message)) {
    return new Retryable('NETWORK', `${vendor} cannot be reached`, { cause: error });
  }
  if (
    /(page|context|browser) has been closed|Target closed|Target crashed|Page crashed|browser (has disconnected|closed)/i.test(
      error.message,
    )
  ) {
    return new Retryable('NETWORK', `${vendor}: the browser was lost`, { cause: error });
  }
  if (error instanceof errors.TimeoutError)
    return new Retryable('TIMEOUT', `${vendor} took too long`, { cause: error });
  return error;
}

/**
 * Of work whose browser died under it: what was not found, or not foreseen, says nothing about the vendor then. What a
 * person has to answer, and what a file held, was known before and stays as it is.
 */
export function asLostBrowser(error: unknown, vendor: string): unknown {
  const known = asKnownError(error, vendor);
  const stands = [DataMismatch, InvalidInput, NeedsHuman, Retryable].some((kind) => known instanceof kind);
  return stands ? known : new Retryable('NETWORK', `${vendor}: the browser was lost`, { cause: error });
}

/**
 * The same for what went wrong while signing in. A browser's message may quote what was being typed: it is dropped, and
 * only the kind of error stays.
 */
export function asSignInError(error: unknown, vendor: string): unknown {
  const known = asKnownError(error, vendor);
  if (known instanceof Retryable && known.cause !== undefined) return new Retryable(known.kind, known.message);
  if (known instanceof Error && !ours.some((kind) => known instanceof kind)) {
    return new Unexpected(`${vendor}: the sign-in failed unexpectedly (${known.name})`);
  }
  return known;
}
