import { LeadOpsError } from './errors.ts';
import { scrubbed } from './scrub.ts';

/**
 * The one place that turns an error into words, for the log, the rows, Slack and the command line alike: its type, its
 * code and our words, never a value. Our own errors speak for themselves; of everybody else's (Playwright, PostgREST, zod,
 * Node, nodemailer, Slack) only the class and the code are kept, for their messages quote pages, rows and addresses.
 */
export type ErrorWords = {
  /** The class: `NeedsHuman`, `TimeoutError`. */
  readonly name: string;
  /** An SQLSTATE, `ECONNREFUSED`, a status, Slack's own word for it. */
  readonly code: string | null;
  readonly message: string;
  readonly todo: string | undefined;
};

export function errorWords(error: unknown): ErrorWords {
  const name = nameOf(error);
  const code = codeOf(error);
  if (error instanceof LeadOpsError) return { name, code, message: error.message, todo: error.todo };
  const [what, todo] = sentenceFor(name, code, error);
  const which = [name, ...(code === null ? [] : [code])].join(', ');
  return { name, code, message: `${what} (${which}).`, todo };
}

/** What the log gets of an error: the words, and where it was thrown, by file and line. */
export type LoggedError = {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly at: readonly string[];
  readonly cause?: LoggedError;
};

export function errorForLog(error: unknown, depth = 0): LoggedError {
  const { name, code, message } = errorWords(error);
  const cause = field(error, 'cause');
  return {
    type: name,
    ...(code !== null && { code }),
    message,
    at: framesOf(error),
    ...(cause !== undefined && cause !== null && depth < 3 && { cause: errorForLog(cause, depth + 1) }),
  };
}

/** Whether this is an error, of whatever realm: a value thrown by Node itself is none of this realm's under a test. */
export function isError(value: unknown): boolean {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function nameOf(error: unknown): string {
  const name = field(error, 'name');
  return typeof name === 'string' && /^[A-Z]\w{0,40}$/i.test(name) ? name : 'Error';
}

function codeOf(error: unknown): string | null {
  const data = field(error, 'data');
  const causes = [field(data, 'error'), field(error, 'code'), field(field(error, 'cause'), 'code')];
  for (const code of [...causes, field(error, 'statusCode'), field(error, 'status'), field(error, 'responseCode')]) {
    if (typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 100_000) return String(code);
    if (typeof code === 'string' && /^[A-Z0-9_]{2,50}$/i.test(code) && scrubbed(code) === code) return code;
  }
  return null;
}

const lost =
  /^(?:ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|E(?:HOST|NET)UNREACH|ETIMEDOUT|ESOCKET|EDNS|UND_ERR_\w+|\w*request_error)$/;
const disk = /^(?:ENOENT|EACCES|EPERM|ENOSPC|EROFS|EISDIR|ENOTDIR|EMFILE|EEXIST|ENOTEMPTY|EBUSY|EIO)$/;

function sentenceFor(name: string, code: string | null, error: unknown): readonly [string, string?] {
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return ['It did not answer in time'];
  if (name === 'AbortError') return ['It was broken off before it was done'];
  if (name === 'ZodError') return [`Something that was read is not in the form we know: ${shapeOf(error)}`];
  if (code !== null && disk.test(code)) return ['A file could not be read or written'];
  if (/^slack_webapi_platform|^[a-z]+(?:_[a-z]+)+$/.test(code ?? '') && field(error, 'data') !== undefined)
    return ['Slack refused it'];
  if (code === 'slack_webapi_http_error') return [`Slack answered with status ${Number(field(error, 'statusCode'))}`];
  if (code !== null && lost.test(code)) return ['The connection failed or was lost'];
  if (/^Storage\w*Error$/.test(name)) return ['The storage refused it'];
  return ['Something went wrong that nobody foresaw'];
}

/** The places and zod's own words for what is wrong with each; never the value, nor a key that may be one. */
function shapeOf(error: unknown): string {
  const issues = field(error, 'issues');
  if (!Array.isArray(issues)) return 'unknown';
  const places = issues.slice(0, 5).map((issue: unknown) => {
    const path = field(issue, 'path');
    const steps = Array.isArray(path) ? path.map(stepOf).join('.') : '';
    const code = field(issue, 'code');
    return `${steps === '' ? 'the whole' : steps}: ${typeof code === 'string' ? code : 'wrong'}`;
  });
  return [...places, ...(issues.length > 5 ? [`and ${issues.length - 5} more`] : [])].join('; ');
}

const stepOf = (step: unknown) =>
  typeof step === 'number' || (typeof step === 'string' && /^[a-z][a-zA-Z_]{0,30}$/.test(step)) ? String(step) : '…';

/** File, line and column of each frame. What stands before the first frame is the message, and is left out. */
function framesOf(error: unknown): readonly string[] {
  const stack = field(error, 'stack');
  if (typeof stack !== 'string') return [];
  const message = field(error, 'message');
  const from = typeof message === 'string' ? stack.indexOf(message) : -1;
  const frames = from >= 0 && typeof message === 'string' ? stack.slice(from + message.length) : stack;
  return frames
    .split('\n')
    .flatMap((line) => {
      const place = /^\s+at (?:.*\()?((?:file:\/\/|node:)?[\w./+-]+:\d+:\d+)\)?$/.exec(line)?.[1];
      return place === undefined
        ? []
        : [place.replace(/^.*\/(?:node_modules\/|(?=(?:src|pipeline|connectors|blocks)\/))/, '')];
    })
    .slice(0, 12);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
