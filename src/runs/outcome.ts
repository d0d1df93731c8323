import { count } from '../../pipeline/counting.ts';
import { errorWords } from '../../pipeline/error-words.ts';
import {
  DataMismatch,
  InvalidInput,
  NeedsHuman,
  Retryable,
  SessionExpired,
  VendorChanged,
} from '../../pipeline/errors.ts';
import { vendorName } from '../../pipeline/vendors.ts';

/** The types of docs/sop.md#error-types, as `agent_runs.error_type` and `agent_errors.type` hold them. */
type ErrorType =
  | 'AUTH'
  | 'MFA'
  | 'CAPTCHA'
  | 'SELECTOR_MISS'
  | 'NETWORK'
  | 'TIMEOUT'
  | 'RATE_LIMITED'
  | '5XX'
  | 'DATA_VALIDATION'
  | 'UPLOAD'
  | 'UNKNOWN';

export type Failure = { readonly type: ErrorType; readonly message: string; readonly todo: string };

/** As a run's row and its card say it: what happened, then what to do, each a sentence of its own. */
export function inSentences({ message, todo }: Pick<Failure, 'message' | 'todo'>): string {
  return `${message}${/[.!?…]["”’)]?$/.test(message) ? '' : '.'} ${todo}`.trim();
}

/**
 * What went wrong, in words for a person: what happened, and what to do.
 * @param laterTries how often the run was tried again by itself after a while
 */
export function explain(error: unknown, laterTries = 0): Failure {
  const { message, todo } = errorWords(error);
  if (error instanceof NeedsHuman) {
    const type = error.need === 'DATA' || error.need === 'CHECK' ? 'DATA_VALIDATION' : error.need;
    return { type, message, todo: todo ?? 'Look at it, then press "Try again".' };
  }
  if (error instanceof VendorChanged) {
    return {
      type: 'SELECTOR_MISS',
      message,
      todo:
        todo ??
        `Look at the screenshot. When the page of ${vendorName(error.vendor)} is as it was, press "Open ${vendorName(error.vendor)} again and retry"; when it changed, ` +
          `its selectors need a new rung (connectors/${error.vendor}/selectors.ts).`,
    };
  }
  if (error instanceof SessionExpired) {
    return { type: 'AUTH', message, todo: todo ?? 'Signing in again did not hold. Check the login, then retry.' };
  }
  if (error instanceof Retryable) {
    const tried =
      laterTries > 0
        ? `It was tried again by itself, ${count(laterTries, 'time')} in all.`
        : 'It was tried four times.';
    return { type: error.kind, message, todo: todo ?? `${tried} Retry when the other side is back.` };
  }
  if (error instanceof DataMismatch || error instanceof InvalidInput) {
    return {
      type: 'DATA_VALIDATION',
      message,
      todo: todo ?? 'Nothing after this step was done. Look at the numbers, then retry.',
    };
  }
  return { type: 'UNKNOWN', message, todo: todo ?? 'Finished steps are kept. Retry goes on from the failed step.' };
}
