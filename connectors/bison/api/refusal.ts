import { DataMismatch, InvalidInput, NeedsHuman, Retryable } from '../../../pipeline/errors.ts';
import { AnswerTooLarge } from '../../answer.ts';
import { cleaned, toCount, toRecord } from '../schema.ts';

/** 404, or 405 for an address this instance does not have: an answer to those who asked whether it is there. */
export class NotThere extends DataMismatch {}

/** An answer that is no success, as what happens next. */
export function errorOf(what: string, response: Response, text: string): Error {
  const { status } = response;
  const words = vendorWords(text);
  const said = words === '' ? '' : `: "${words}"`;
  switch (status) {
    case 401:
    case 403:
      return new NeedsHuman('AUTH', `Bison refuses the token (${status}${said})`, {
        todo: `Make an api-user token in that client's workspace at Bison, store it with "leadops credentials set bison <workspace>", then retry.`,
        facts: { status },
      });
    case 404:
    case 405:
      return new NotThere(`Bison has nothing at ${what} (${status}${said})`);
    case 400:
    case 409:
    case 413:
    case 422:
      return new InvalidInput(`Bison refused it (${status})${said || ' without a reason'}`);
    case 408:
      return new Retryable('TIMEOUT', `Bison took too long (${status})`);
    case 429: {
      const retryAfterMs = retryAfter(response, text);
      return new Retryable('RATE_LIMITED', 'Bison asks to wait (429); nothing was done', {
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
  }
  if (status >= 500) return new Retryable('5XX', `Bison answered ${status}${said}`);
  const where = response.headers.get('location') ?? '';
  if (/log-?in|sign-?in/i.test(where)) {
    return new NeedsHuman('AUTH', `Bison sends us to its sign-in page instead of answering (${status})`, {
      todo: 'Store a working api-user token for this workspace, then retry.',
    });
  }
  return new NeedsHuman('CHECK', `Bison answered ${status}${where === '' ? said : `, pointing to ${where}`}`, {
    todo: 'Check BISON_URL: it must be the address of the instance itself.',
  });
}

/** No answer, or only the beginning of one: nobody knows what came of it. Our own errors stay as they are. */
export function lostAnswer(what: string, error: unknown): unknown {
  // By name: what fetch throws need not be an Error of this realm.
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  if (error instanceof AnswerTooLarge) {
    return new DataMismatch(`Bison's answer to ${what} is not one: ${error.message}. The rest of it was not read.`, {
      todo: 'Check BISON_URL: it must be the address of the instance.',
    });
  }
  if (name === 'TimeoutError' || name === 'AbortError')
    return new Retryable('TIMEOUT', `Bison did not answer ${what} in time`, { cause: error });
  if (name === 'TypeError')
    return new Retryable('NETWORK', `Bison did not answer ${what}: the connection failed or was lost`, {
      cause: error,
    });
  return error;
}

/** `Retry-After` in seconds or as a date, else the body's `retry_after` (docs/vendors.md#bison-paging). */
function retryAfter(response: Response, text: string): number | undefined {
  const header = response.headers.get('retry-after') ?? '';
  const at = Date.parse(header);
  const body = toRecord(parsed(text));
  const seconds = toCount(header) ?? toCount(body.retry_after) ?? toCount(toRecord(body.data).retry_after);
  if (seconds !== null) return seconds * 1_000;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** `message`, `errors` by field, `error`, each bare or under `data`: all that says why, shortened and without a person. */
function vendorWords(text: string): string {
  const body = toRecord(parsed(text));
  const inside = toRecord(body.data);
  const texts = [body.message, body.errors, body.error, inside.message, inside.errors, inside.error].flatMap(strings);
  // "The name field is required. (and 1 more error)" stands before the errors themselves.
  const whole = texts.map((one) => one.replace(/ \(and \d+ more errors?\)$/, ''));
  // Errors by field are about the values that were sent, and so is the message that repeats the first of them.
  const ofValues = [body.errors, inside.errors].some((errors) => strings(errors).length > 0);
  return cleaned(whole, ofValues ? 'in it' : 'near')
    .join(' ')
    .slice(0, 400);
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
