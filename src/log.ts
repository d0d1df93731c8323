import { pino, type Logger } from 'pino';
import { errorForLog, isError } from '../pipeline/error-words.ts';
import { cut, scrubbed } from '../pipeline/scrub.ts';

export type Log = Logger;

/**
 * JSON lines on standard error. Ids and counts only. A person's row in the log would be a mistake, so it is cut out
 * however deep it lies: fields by what they are called, texts by what they look like, errors to our words for them
 * (pipeline/error-words.ts).
 */
export function makeLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  const log = pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      // What comes in was turned into words already.
      serializers: { err: (words: unknown) => words },
      hooks: {
        logMethod(given, method) {
          // pino would take an error's own message for the line's.
          const args = isError(given[0]) ? [{ err: given[0] }, given[1] ?? 'an error'] : [...given];
          const [first, ...rest] = args.map((arg) => loggable(arg));
          // The shapes are pino's own: an object or a text first, then the text and what it is filled with.
          method.apply(this, [first, ...rest] as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
  // The fields of a child logger do not pass through the hook, so they are cleaned here when a child is made, and for
  // its children too.
  const child: unknown = Reflect.get(log, 'child');
  if (typeof child === 'function') {
    Object.defineProperty(log, 'child', {
      value(this: Log, bindings: object, options: object = {}): unknown {
        return Reflect.apply(child, this, [fields(bindings), options]);
      },
    });
  }
  return log;
}

const people =
  /mail|phone|mobile|password|passwd|secret|token|authorization|cookie|(first|last|full|given|sur|user)_?name|^address|address$|street|birth|household|^otp$|^cells?$|^row$/i;

function fields(of: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, cleanField(name, value, depth)]));
}

function cleanField(name: string, value: unknown, depth: number): unknown {
  if (name === 'err') return errorForLog(value); // Whatever was thrown, a text of somebody else's too.
  return people.test(name) ? shut(value) : loggable(value, depth + 1);
}

/** A count of people is no person. */
const shut = (value: unknown) =>
  ['number', 'boolean', 'undefined'].includes(typeof value) || value === null ? value : cut;

function loggable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubbed(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isError(value)) return errorForLog(value);
  if (value instanceof Date) return value;
  if (depth > 6 || ArrayBuffer.isView(value)) return cut;
  if (Array.isArray(value)) return value.slice(0, 100).map((one: unknown) => loggable(one, depth + 1));
  return fields(value, depth);
}
