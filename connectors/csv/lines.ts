import { InvalidInput } from '../../pipeline/errors.ts';
import type { InPieces } from '../../pipeline/turns.ts';

/** A line as it stands in the file; `number` counts from 1. */
export type Line = { readonly number: number; readonly text: string };

/** Ten times what any file here holds: an export has fewer than 10,000 records, a table at Clay 50,000 at the most. */
const mostLines = 500_000;

/**
 * The file's lines. Where there are line feeds, they end the lines (with or without a carriage return before); a lone
 * carriage return is then part of a value. A file from an old Mac has carriage returns only, or hardly anything else.
 *
 * @param texts the file's text in parts, none of which ends within a line end (`decode` sees to it)
 * @throws InvalidInput where there are too many to be a file of ours
 */
export function* linesOf(texts: readonly string[]): InPieces<readonly Line[]> {
  let feeds = 0;
  let lone = 0;
  for (const text of texts) {
    feeds += text.split('\n').length - 1;
    lone += text.match(/\r(?!\n)/g)?.length ?? 0;
    yield;
  }
  if (Math.max(feeds, lone) >= mostLines) {
    throw new InvalidInput(`The file has ${Math.max(feeds, lone).toLocaleString('en-US')} lines or more`, {
      todo: `Nothing of it was used: a file may have ${mostLines.toLocaleString('en-US')}. Look whether it is the right one, or split it.`,
    });
  }
  const ends = lone > feeds ? /\r\n?/ : /\r?\n/;
  const lines: Line[] = [];
  /** Of a line that goes on in the next part. */
  let begun: string[] = [];
  for (const text of texts) {
    const pieces = text.split(ends);
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      lines.push({ number: lines.length + 1, text: begun.length > 0 ? begun.join('') + piece : piece });
      begun = [];
    }
    begun.push(last);
    yield;
  }
  lines.push({ number: lines.length + 1, text: begun.join('') });
  return lines;
}
