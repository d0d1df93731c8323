import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { readCsv } from '../../connectors/csv/read.ts';
import { writeCsv } from '../../connectors/csv/write.ts';
import { inTurns } from '../../pipeline/turns.ts';
import type { Store } from '../store/index.ts';
import type { PersonMark } from '../store/uploads/people.ts';

/** Whether a text names the person: its e-mail, or both its names and what stands beside them. */
export type Names = (text: string) => boolean;

/** @param email in lower case */
export function namesPerson(email: string, marks: readonly PersonMark[]): Names {
  const literal = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  // For itself, not within a longer address.
  const alone = new RegExp(`(?<![a-z0-9._%+-])${literal(email)}(?![a-z0-9-])`);
  const word = (name: string) => new RegExp(`(?<![\\p{L}\\d])${literal(name)}(?![\\p{L}\\d])`, 'u');
  const wanted = marks.map(({ first, last, at }) => ({ first: word(first), last: word(last), at }));
  return (text) => {
    const words = text.toLowerCase();
    if (words.includes(email) && alone.test(words)) return true;
    return wanted.some(({ first, last, at }) => words.includes(at) && first.test(words) && last.test(words));
  };
}

const isText = (key: string) => /\.(csv|ya?ml|json|txt)$/i.test(key);

export type Looked = {
  /** Files that were read. */
  readonly read: number;
  /** Pictures and traces: made without people (connectors/browser), and not readable as text. */
  readonly unread: number;
  /** Keys of kept files, or paths of files in progress, with a line that names the person. */
  readonly found: readonly string[];
};

/** Looks through every kept file and every file in progress, line by line. */
export async function lookThroughFiles({ files }: Pick<Store, 'files'>, names: Names): Promise<Looked> {
  const kept = await files.kept('');
  const found: string[] = [];
  let read = 0;
  for (const { key } of kept) {
    if (!isText(key)) continue;
    const file = await files.read(key);
    read += 1;
    if (file && hasLine(file.bytes, names)) found.push(key);
  }
  for (const path of await files.inProgress()) {
    const bytes = await readFile(path).catch(() => null);
    read += 1;
    if (bytes && hasLine(bytes, names)) found.push(path);
  }
  return { read, unread: kept.filter(({ key }) => !isText(key)).length, found };
}

function hasLine(bytes: Buffer, names: Names): boolean {
  const text = bytes.toString('utf8');
  // Mostly nobody is in it, and that is seen at once.
  if (!names(text)) return false;
  return text.split(/\r?\n/).some(names);
}

/**
 * Writes kept files anew without the rows that name the address. One without columns (a page's structure) goes as a whole.
 *
 * @returns how many
 */
export async function writeWithout({ files }: Pick<Store, 'files'>, keys: readonly string[], names: Names) {
  for (const key of keys) {
    const kept = await files.read(key);
    if (!kept) continue;
    if (!key.endsWith('.csv')) {
      await files.discard([key]);
      continue;
    }
    const { headers, records } = await inTurns(readCsv(kept.bytes));
    const others = records.map(({ values }) => values).filter((values) => !names(values.join(' ')));
    const path = await files.temporary(`forget-${randomUUID()}.csv`);
    try {
      await writeFile(path, writeCsv(headers, others), { mode: 0o600 });
      await files.keep(key, path, kept.type);
    } finally {
      await files.remove(path);
    }
  }
  return keys.length;
}
