import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { InPieces } from '../../pipeline/turns.ts';
import { decode, partsOf, type Encoding } from './decode.ts';
import { readLeniently } from './lenient.ts';
import { linesOf, type Line } from './lines.ts';
import { longestRecord, recordsAmong, type Found } from './records.ts';
import { shapeOf } from './shape.ts';

type CsvRecord = {
  /** Counts the file's records from 1, unreadable ones too, the header not. */
  readonly line: number;
  /** The line of the file it begins on, for somebody with an editor. */
  readonly fileLine: number;
  /** As many as there are headers. */
  readonly values: readonly string[];
};

/** A record that no reading made out. Its text is not kept: it may hold what we must not keep. */
export type UnreadableRecord = {
  readonly line: number;
  readonly fileLine: number;
  /** Columns that a strict reader sees, null where quotes are broken. */
  readonly columns: number | null;
};

export type CsvFile = {
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** As written; blank and doubled ones too. Empty for an empty file. */
  readonly headers: readonly string[];
  readonly records: readonly CsvRecord[];
  readonly unreadable: readonly UnreadableRecord[];
  /** Of `records`, how many were broken and read leniently. */
  readonly recovered: number;
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
};

/**
 * Reads a CSV of unknown making: its encoding, line ends and delimiter are found out, and broken records are recovered
 * line by line. What cannot be read is counted in `unreadable`, so that records and unreadable ones together are the
 * records of the file. Lines without a value are no records.
 *
 * @throws InvalidInput where the file has far more lines than any of ours
 */
export function* readCsv(bytes: Uint8Array): InPieces<CsvFile> {
  const { texts, encoding } = yield* decode(bytes);
  const lines = yield* linesOf(texts);
  const { headers, delimiter, next } = headerOf(lines);
  const named = headers.reduce((last, header, index) => (header.trim() === '' ? last : index + 1), 0);
  const layout = { delimiter, columns: headers.length, named: Math.max(1, named) };
  const found = yield* recordsAmong(lines.slice(next), layout);
  const values = yield* valuesOf(found, delimiter, headers.length);

  const records: CsvRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  let line = 0;
  let recovered = 0;
  for (const [index, record] of found.entries()) {
    yield;
    const read = values[index];
    if (read?.every((value) => value.trim() === '')) continue;
    line += 1;
    if (record.kind === 'unreadable') unreadable.push({ line, fileLine: record.fileLine, columns: record.columns });
    else if (read) records.push({ line, fileLine: record.fileLine, values: read });
    if (record.kind === 'lenient') recovered += 1;
  }
  return { encoding, delimiter, headers, records, unreadable, recovered, sha256: yield* hashOf(bytes) };
}

function* hashOf(bytes: Uint8Array): InPieces<string> {
  const hash = createHash('sha256');
  for (const some of partsOf(bytes)) {
    hash.update(some);
    yield;
  }
  return hash.digest('hex');
}

type Header = { readonly headers: readonly string[]; readonly delimiter: string; readonly next: number };

/** More have no table that anybody works with. */
const mostColumns = 1_000;

/**
 * The first line that is not blank, or the first lines where a header's name has a line break in it. None where that is
 * nothing that could be a header: whoever asks for columns then finds none.
 */
function headerOf(lines: readonly Line[]): Header {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  if (first < 0) return { headers: [], delimiter: ',', next: lines.length };
  const text = lines[first]?.text ?? '';
  const delimiter = text.length > longestRecord ? ',' : delimiterOf(text);
  const none = { headers: [], delimiter, next: first + 1 };
  if (text.length > longestRecord) return none;
  const header = headerFrom(lines, first, delimiter);
  return header.headers.length > mostColumns ? none : header;
}

function headerFrom(lines: readonly Line[], first: number, delimiter: string): Header {
  for (let last = first; last < Math.min(first + 10, lines.length); last += 1) {
    const text = lines
      .slice(first, last + 1)
      .map((line) => line.text)
      .join('\n');
    if (text.length > longestRecord) break;
    if (typeof shapeOf(text, delimiter) === 'number') {
      return { headers: parseStrictly([text], delimiter)[0] ?? [], delimiter, next: last + 1 };
    }
  }
  const text = lines[first]?.text ?? '';
  const headers = readLeniently(text, delimiter, text.split(delimiter).length) ?? [];
  return { headers, delimiter, next: first + 1 };
}

/** What separates the names of the header, quoted text aside; a comma where nothing does. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = [',', '\t', ';', '|'].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

/** Characters that csv-parse is given at a time: some milliseconds' work. */
const atATime = 100_000;

/** Values per record, in order; undefined for one that is unreadable. */
function* valuesOf(
  found: readonly Found[],
  delimiter: string,
  columns: number,
): InPieces<readonly (readonly string[] | undefined)[]> {
  const values: (readonly string[] | undefined)[] = [];
  let some: Found[] = [];
  let length = 0;
  for (const record of found) {
    some.push(record);
    length += record.kind === 'strict' ? record.text.length : 0;
    if (length < atATime) continue;
    values.push(...valuesOfSome(some, delimiter, columns));
    some = [];
    length = 0;
    yield;
  }
  values.push(...valuesOfSome(some, delimiter, columns));
  return values;
}

function valuesOfSome(
  found: readonly Found[],
  delimiter: string,
  columns: number,
): readonly (readonly string[] | undefined)[] {
  const strict = parseStrictly(
    found.flatMap((record) => (record.kind === 'strict' ? [record.text] : [])),
    delimiter,
  );
  let next = 0;
  return found.map((record) => {
    if (record.kind === 'unreadable') return undefined;
    if (record.kind === 'lenient') return record.values;
    const values = strict[next] ?? [];
    next += 1;
    if (values.length === columns) return values;
    return Array.from({ length: columns }, (_, column) => values[column] ?? '');
  });
}

/** Texts that each are one record for a strict reader (`shapeOf` says so), and have no line feed outside quotes. */
function parseStrictly(texts: readonly string[], delimiter: string): readonly (readonly string[])[] {
  if (texts.length === 0) return [];
  return parse(texts.join('\n'), { delimiter, record_delimiter: '\n', relax_column_count: true });
}
