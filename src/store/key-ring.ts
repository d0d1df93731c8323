import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { errorWords } from '../../pipeline/error-words.ts';
import { InvalidInput } from '../../pipeline/errors.ts';

/** Keys of 32 bytes: what is sealed is sealed with `current`; what `previous` sealed can still be opened. */
export type KeyRing = { readonly current: Buffer; readonly previous: readonly Buffer[] };

/** The keys as they are now: another process may have changed the key meanwhile. */
export type Keys = () => KeyRing;

export type KeySettings = {
  readonly CREDENTIALS_KEY?: string | undefined;
  readonly CREDENTIALS_KEY_PREVIOUS?: string | undefined;
  readonly DATA_DIR: string;
};

const form = /^[0-9a-f]{64}$/i;

/**
 * The keys of the settings, else those of `credentials.key` in the data folder, which is made at the first start (mode 0600).
 * The file is `<key>` on its first line and `previous <key>` on each further one; it is read again when it has changed, so
 * that a running app knows of a rotation at once.
 *
 * @throws InvalidInput where a key is none: nothing is ever sealed with half a key
 */
export function keysOf(settings: KeySettings): Keys {
  const { CREDENTIALS_KEY: current, CREDENTIALS_KEY_PREVIOUS: previous } = settings;
  if (current) {
    const ring = {
      current: keyFrom(current, 'CREDENTIALS_KEY'),
      previous: previous ? [keyFrom(previous, 'CREDENTIALS_KEY_PREVIOUS')] : [],
    };
    return () => ring;
  }
  const file = keyFile(settings.DATA_DIR);
  if (!existsSync(file)) makeKeyFile(file);
  // Where the key goes from the settings into the file, what the settings' key sealed can still be opened.
  const alsoOpens = previous ? [keyFrom(previous, 'CREDENTIALS_KEY_PREVIOUS')] : [];
  const readAll = () => {
    const ring = readKeyFile(file);
    return { ...ring, previous: [...ring.previous, ...alsoOpens] };
  };
  let read = readAll();
  let seen = stampOf(file);
  return () => {
    const now = stampOf(file);
    // A file that is gone takes no key from a process that has it; the next start would say so.
    if (now !== null && now !== seen) {
      read = readAll();
      seen = now;
    }
    return read;
  };
}

export const keyFile = (dataDir: string): string => join(dataDir, 'credentials.key');

/**
 * Changes the ring in the file: the whole of it or, should the machine stop meanwhile, nothing. One process at a time, so
 * that no key that sealed something is ever overwritten by one that does not know of it.
 *
 * @throws InvalidInput where another process is changing it
 */
export function changeKeyFile(file: string, change: (ring: KeyRing) => KeyRing): void {
  const next = `${file}.next`;
  try {
    writeNew(next, '');
  } catch (error) {
    if (!existsSync(next)) throw error;
    throw new InvalidInput(`Another command is changing ${file}: ${next} is there. Nothing was changed.`, {
      todo: 'Wait for it. Where none is (a machine that stopped in the middle), remove that file and try again.',
    });
  }
  try {
    const ring = change(readKeyFile(file));
    const lines = [ring.current.toString('hex'), ...ring.previous.map((key) => `previous ${key.toString('hex')}`)];
    const beside = besideOf(file);
    writeNew(beside, `${lines.join('\n')}\n`);
    renameSync(beside, file);
  } finally {
    rmSync(next, { force: true });
  }
}

function makeKeyFile(file: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const beside = besideOf(file);
  writeNew(beside, `${randomBytes(32).toString('hex')}\n`);
  try {
    // The finished file is linked to its name: another process sees it whole or not at all, never half written.
    linkSync(beside, file);
  } catch (error) {
    // Another process made it in this moment; anything else shows at the reading.
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

const besideOf = (file: string) => `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;

/** On the disk when it returns; refuses a file that is there. */
function writeNew(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readKeyFile(file: string): KeyRing {
  const [first = '', ...further] = textOf(file).trim().split(/\r?\n/);
  return {
    current: keyFrom(first.trim(), file),
    previous: further.map((line) => keyFrom(/^previous (\S+)$/.exec(line.trim())?.[1] ?? '', file)),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = errorWords(error);
    throw new InvalidInput(
      `The key of the stored logins in ${file} cannot be read (${code ?? 'unknown'}). Nothing was opened or changed.`,
      { todo: 'It is a file that only the user LeadOps runs as may read and write: look at its owner and its mode.' },
    );
  }
}

function keyFrom(text: string, where: string): Buffer {
  if (form.test(text)) return Buffer.from(text, 'hex');
  const found = text === '' ? 'is empty' : 'is damaged: it is not 64 hexadecimal digits';
  throw new InvalidInput(`The key of the stored logins in ${where} ${found}. Nothing was opened or changed.`, {
    todo:
      'Put the key back from your copy of it (docs/runbook.md, "Keys"). Only where no login was ever stored may a new one be ' +
      'made: remove the file, or set CREDENTIALS_KEY to the output of "openssl rand -hex 32".',
  });
}

function stampOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : null;
}
