import { z } from 'zod';
import { AnswerTooLarge, textOf } from '../answer.ts';
import { LeadOpsError, type RetryableKind } from '../../pipeline/errors.ts';

export type Call = {
  readonly method: 'GET' | 'POST';
  /** `/search/intent`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
};

export type Answer = {
  readonly status: number;
  readonly text: string;
  /** What `Retry-After` asks for; undefined where it asks for nothing. */
  readonly retryAfterMs: number | undefined;
};

/** One try of a call that came to nothing. Never leaves this folder. */
export class FailedTry extends LeadOpsError {
  readonly kind: RetryableKind;
  /** Whether the vendor may have done what was asked: then a paid call is not tried again. */
  readonly mayBeDone: boolean;
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

/** An answer that carried the call out, and cannot be read. Never leaves this folder. */
export class NotJson extends LeadOpsError {
  /** What is wrong with it, without whose answer it is. */
  readonly problem: string;
  constructor(message: string, problem = 'the answer is not JSON') {
    super(message);
    this.problem = problem;
  }
}

/** What the machine says when not a byte of the request has left it. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export type HttpOptions = {
  readonly url: string;
  /** For a whole answer, milliseconds. */
  readonly timeoutMs: number;
  /** The machine's clock, milliseconds: `Retry-After` may be a moment. */
  readonly clock: () => number;
};

/**
 * One exchange with the vendor; any status is an answer. Redirects are not followed: a token goes to this address only.
 * @throws FailedTry NETWORK, TIMEOUT
 */
export async function exchange(options: HttpOptions, call: Call, token: string | null): Promise<Answer> {
  try {
    const response = await fetch(`${options.url}${call.path}`, {
      method: call.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
      headers: {
        accept: 'application/json',
        ...(call.body && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      ...(call.body && { body: JSON.stringify(call.body) }),
    });
    const text = await textOf(response);
    return {
      status: response.status,
      text,
      retryAfterMs: retryAfter(response.headers.get('retry-after'), options.clock),
    };
  } catch (error) {
    if (error instanceof AnswerTooLarge)
      throw new NotJson(`ZoomInfo's answer to ${call.path} is not one: ${error.message}`, error.message);
    throw failed(error, call.path, options.timeoutMs);
  }
}

function failed(error: unknown, path: string, timeoutMs: number): FailedTry {
  if (Thrown.parse(error).name === 'TimeoutError') {
    const message = `ZoomInfo did not answer ${path} within ${Math.round(timeoutMs / 1000)} seconds`;
    return new FailedTry('TIMEOUT', message, { mayBeDone: true });
  }
  const code = codeOf(error);
  const reached = !neverLeft.has(code);
  const message = reached
    ? `The connection was lost before ZoomInfo answered ${path} (${code})`
    : `ZoomInfo could not be reached for ${path} (${code})`;
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

/** Seconds, or a moment (RFC 9110). */
function retryAfter(header: string | null, clock: () => number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - clock();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
