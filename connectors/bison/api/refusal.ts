import { DataMismatch, InvalidInput, NeedsHuman, Retryable } from '../../../pipeline/errors.ts';
import type { Answer } from '../../api/exchange.ts';
import { FailedTry, outage } from '../../api/failed-try.ts';
import { jsonOf, NotJson, parsed } from '../../api/json.ts';
import { cleaned, toCount, toRecord } from '../schema.ts';

/** 404, or 405 for an address this instance does not have: an answer to those who asked whether it is there. */
export class NotThere extends DataMismatch {}

/**
 * The body of an answer that carried the call out; null where it has none.
 * @throws FailedTry, NotJson, and what a refusal means
 */
export function bodyOf(what: string, answer: Answer): unknown {
  const { status, text } = answer;
  if (status < 200 || status >= 300) throw refusal(what, answer);
  return text.trim() === '' ? null : jsonOf('Bison', what, text);
}

function refusal(what: string, { status, text, location, retryAfterMs }: Answer): Error {
  const words = vendorWords(text);
  const said = words === '' ? '' : `: "${words}"`;
  const passing = outage('Bison', what, { status, retryAfterMs: retryAfterMs ?? waitIn(text) }, said);
  if (passing) return passing;
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
  }
  if (/log-?in|sign-?in/i.test(location)) {
    return new NeedsHuman('AUTH', `Bison sends us to its sign-in page instead of answering (${status})`, {
      todo: 'Store a working api-user token for this workspace, then retry.',
    });
  }
  return new NeedsHuman('CHECK', `Bison answered ${status}${location === '' ? said : `, pointing to ${location}`}`, {
    todo: 'Check BISON_URL: it must be the address of the instance itself.',
  });
}

/**
 * What a call came to, in the port's errors: after an answer that did not come nobody knows whether it was done.
 * @throws Retryable, DataMismatch, and what `work` throws
 */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotJson)
      throw new DataMismatch(error.message, { todo: 'Check BISON_URL: it must be the address of the instance.' });
    if (!(error instanceof FailedTry)) throw error;
    const { kind, message, mayBeDone, retryAfterMs, cause } = error;
    throw new Retryable(kind, mayBeDone ? message : `${message}; nothing was done`, {
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      cause,
    });
  }
}

/** The body's `retry_after`, in seconds (docs/vendors.md#bison-paging). */
function waitIn(text: string): number | undefined {
  const body = toRecord(parsed(text));
  const seconds = toCount(body.retry_after) ?? toCount(toRecord(body.data).retry_after);
  return seconds === null ? undefined : seconds * 1_000;
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
