import { z } from 'zod';
import { AnswerTooLarge, textOf } from './body.ts';
import { FailedTry } from './failed-try.ts';
import { NotJson } from './json.ts';
import { retryAfter } from './retry-after.ts';

export type ApiRequest = {
  /** As people read it: `ZoomInfo`. */
  readonly vendor: string;
  /** What is asked for, as a message may say it: without ids, people and secrets. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  /** Sent as `Bearer`; null for a sign-in. */
  readonly token: string | null;
  /** A file's form as it is, anything else as JSON. */
  readonly body?: FormData | object | undefined;
  /** For a whole answer, milliseconds. */
  readonly timeoutMs: number;
  /** Ends what is under way. */
  readonly signal?: AbortSignal | undefined;
  /** The machine's clock, milliseconds: `Retry-After` may be a moment. */
  readonly clock: () => number;
};

export type Answer = {
  readonly status: number;
  readonly text: string;
  /** Where a redirect points to, else ''. */
  readonly location: string;
  /** What `Retry-After` asks for; undefined where it asks for nothing. */
  readonly retryAfterMs: number | undefined;
};

/** What the machine says when not a byte of the request has left it. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * One exchange with a vendor's API; any status is an answer. Redirects are not followed: the token goes to this address
 * only, and a sign-in page at the end of one would look like an answer.
 * @throws FailedTry NETWORK, TIMEOUT · NotJson where the answer is longer than any can be · the signal's reason
 */
export async function exchange(request: ApiRequest): Promise<Answer> {
  const { vendor, what, method, url, token, body, timeoutMs, signal, clock } = request;
  const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  // A timer of our own: in Node 20 an `AbortSignal.timeout` that only `AbortSignal.any` refers to may be
  // garbage-collected before it fires.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new DOMException('no answer in time', 'TimeoutError')), timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
      headers: {
        accept: 'application/json',
        ...(typeof sent === 'string' && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      ...(sent !== undefined && { body: sent }),
    });
    return {
      status: response.status,
      text: await textOf(response),
      location: response.headers.get('location') ?? '',
      retryAfterMs: retryAfter(response.headers.get('retry-after'), clock),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AnswerTooLarge) throw new NotJson(`${vendor}'s answer to ${what}`, error.message);
    throw noAnswer(error, request);
  } finally {
    clearTimeout(timer);
  }
}

/** No answer, or only the beginning of one. */
function noAnswer(error: unknown, { vendor, what, timeoutMs }: ApiRequest): FailedTry {
  if (Thrown.parse(error).name === 'TimeoutError') {
    const message = `${vendor} did not answer ${what} within ${Math.round(timeoutMs / 1000)} seconds`;
    return new FailedTry('TIMEOUT', message, { mayBeDone: true });
  }
  const code = codeOf(error);
  const reached = !neverLeft.has(code);
  const message = reached
    ? `The connection was lost before ${vendor} answered ${what} (${code})`
    : `${vendor} could not be reached for ${what} (${code})`;
  return new FailedTry('NETWORK', message, { mayBeDone: reached, cause: error });
}

/** What is thrown by fetch. Read, not asked for its class: it comes from Node's own realm. */
const Thrown = z
  .object({ name: z.string().catch(''), code: z.string().catch(''), cause: z.unknown().optional() })
  .catch({ name: '', code: '' });

/** fetch hides the system's reason in `cause`. */
function codeOf(error: unknown): string {
  const { code, cause } = Thrown.parse(error);
  if (code !== '') return code;
  return cause === undefined ? 'unknown' : codeOf(cause);
}
