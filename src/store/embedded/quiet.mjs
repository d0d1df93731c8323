// The embedded database's log. Supabase Lite says its secret key at start, and prints every refused statement with its
// values: neither is for a file that stays. Plain JavaScript, as the server that uses it.
import { appendFileSync, chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { format } from 'node:util';

/** Begins every log that was written through here; what begins otherwise is of an older LeadOps and holds people. */
const firstLine = '# The embedded database: kinds of errors, no values, no keys.\n';
const atMostBytes = 1_000_000;

/**
 * Everything the process says goes through here from now on: errors as their kind, SQLSTATE and place in the schema;
 * other words only until `started()` is called, with `secrets` and values taken out of them.
 *
 * @param {string} file
 * @param {() => readonly string[]} secrets
 */
export function keepQuiet(file, secrets) {
  begin(file);
  let starting = true;
  const write = (/** @type {string} */ text) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > atMostBytes) begin(file);
    appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
  };
  const say = (/** @type {unknown[]} */ ...words) => {
    const errors = words.filter((word) => word instanceof Error);
    for (const error of errors) write(kindOf(error));
    if (errors.length === 0 && starting) write(withoutValues(format(...words), secrets()));
  };
  for (const way of ['log', 'info', 'warn', 'error', 'debug', 'trace'])
    Object.defineProperty(console, way, { value: say });
  for (const stream of [process.stdout, process.stderr]) {
    Object.defineProperty(stream, 'write', {
      /** @param {string | Uint8Array} chunk @param {unknown[]} rest */
      value(chunk, ...rest) {
        if (starting) write(withoutValues(Buffer.from(chunk).toString(), secrets()));
        const done = rest.at(-1);
        if (typeof done === 'function') done();
        return true;
      },
    });
  }
  return {
    say: write,
    /** From here on there are people in the database. */
    started() {
      starting = false;
    },
  };
}

/** A log of ours is kept once more, another one goes. */
function begin(/** @type {string} */ file) {
  if (existsSync(file)) {
    const ours = readFileSync(file, 'utf8').startsWith(firstLine);
    if (!ours) rmSync(file);
    else if (statSync(file).size > atMostBytes) renameSync(file, `${file}.1`);
  }
  if (!existsSync(file)) appendFileSync(file, firstLine, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * What kind of error it was, where in the schema: never its message, which quotes the row.
 *
 * @param {Error & { code?: unknown, table?: unknown, constraint?: unknown, column?: unknown, routine?: unknown }} error
 */
export function kindOf(error) {
  const places = [error.name, error.code, error.table, error.column, error.constraint, error.routine];
  const plain = places.filter((one) => typeof one === 'string' && /^[A-Za-z0-9_]{1,80}$/.test(one));
  return plain.join(' ') || 'error';
}

/**
 * Words of the start, such as those of a migration that failed, without what may be a value or a key.
 *
 * @param {string} text
 * @param {readonly string[]} secrets
 */
export function withoutValues(text, secrets) {
  let left = text;
  for (const secret of secrets) if (secret) left = left.replaceAll(secret, '[key]');
  return left
    .replace(/sb_(secret|publishable)_[\w-]+/g, '[key]')
    .replace(/Failing row contains.*/g, 'Failing row contains [values]')
    .replace(/\)=\([^\n]*?\)/g, ')=([value])')
    .replace(/: "[^"\n]*"/g, ': [value]')
    .replace(/[^\s@'"(]+@[^\s@'")]+/g, '[e-mail]')
    .replace(/^.*\b(params|parameters|detail|where|query)\b\s*:.*$/gim, '')
    .trimEnd();
}
