import type { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';

/** A CSV as it was dropped on the page: its header, its records as text. */
export type ParsedCsv = { readonly headers: readonly string[]; readonly records: readonly (readonly string[])[] };

const recordsAtOnce = 2_000;

/**
 * Forgiving as a vendor's import is: any line ends, quotes anywhere, short and long records. Yields every few
 * thousand records, so that 40,000 rows do not hold up the other stand-ins of this process.
 */
export async function readCsv(input: Readable, delimiter: string): Promise<ParsedCsv> {
  const parts: Buffer[] = [];
  // A byte stream's chunks are buffers; its type does not say so.
  for await (const part of input) parts.push(part as Buffer);
  const text = Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const records: string[][] = [];
  for (const record of recordsOf(text, delimiter)) {
    if (record.length > 1 || record[0] !== '') records.push(record);
    if (records.length % recordsAtOnce === 0) await breathe();
  }
  const [headers = [], ...rest] = records;
  return { headers, records: rest };
}

/** The records of a text, one after the other: a field that starts with a quote ends with one. */
export function* recordsOf(text: string, delimiter: string): Generator<string[]> {
  let at = 0;
  let record: string[] = [];
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (let closed = false; !closed;) {
        const quote = text.indexOf('"', at);
        const end = quote < 0 ? text.length : quote;
        field += text.slice(at, end);
        closed = text[end + 1] !== '"';
        if (!closed) field += '"';
        at = end + (closed ? 1 : 2);
      }
    }
    const start = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1;
    const rest = text.slice(start, at);
    record.push(field + (text[at] === '\n' && rest.endsWith('\r') ? rest.slice(0, -1) : rest));
    const ended = at >= text.length || text[at] === '\n';
    at += 1;
    if (!ended && at >= text.length) record.push('');
    if (!ended) continue;
    yield record;
    record = [];
  }
  if (record.length > 0) yield record;
}

export const csvLine = (cells: readonly string[]): string => cells.map(quoted).join(',') + '\n';

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
