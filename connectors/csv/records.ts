import type { InPieces } from '../../pipeline/turns.ts';
import { readLeniently } from './lenient.ts';
import type { Line } from './lines.ts';
import { readShape, shapeOf, type Shape } from './shape.ts';

/** A record of the file, before its values are read; `fileLine` is the line it begins on. */
export type Found =
  | { readonly kind: 'strict'; readonly fileLine: number; readonly text: string }
  | { readonly kind: 'lenient'; readonly fileLine: number; readonly values: readonly string[] }
  /** `columns`: how many a strict reader sees; null where it sees none. */
  | { readonly kind: 'unreadable'; readonly fileLine: number; readonly columns: number | null };

export type Layout = {
  readonly delimiter: string;
  readonly columns: number;
  /** Columns without those at the end that have no name: a row may leave them out. */
  readonly named: number;
};

/** Lines that one quoted value may run over. A broken quote must not make the reader look through the whole file. */
const longestValue = 100;

/** Characters a record may have. A household takes some hundred; more is a file whose line ends are lost. */
export const longestRecord = 100_000;

/**
 * Finds the records among the lines that follow the header (docs/sop.md#counting-an-export). Blank lines are none.
 *
 * A quote that is not closed on its line may be a value of several lines, or broken. It is a value of several lines
 * when the lines together read strictly with the right number of columns; it is broken as soon as one of the following
 * lines is a good record by itself (nothing is ever swallowed), or when two of the lines have the right number of
 * columns once their quotes are taken literally (two lines broken at the same place would fit together by chance).
 * A line of more than 100,000 characters is one record that cannot be read.
 */
export function* recordsAmong(lines: readonly Line[], layout: Layout): InPieces<readonly Found[]> {
  const { delimiter } = layout;
  const found: Found[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    yield;
    const line = lines[at];
    if (!line || line.text.trim() === '') continue;
    if (line.text.length > longestRecord) {
      found.push({ kind: 'unreadable', fileLine: line.number, columns: null });
      continue;
    }
    const shape = shapeOf(line.text, delimiter);
    if (fits(shape, line.text, layout)) {
      found.push({ kind: 'strict', fileLine: line.number, text: line.text });
    } else if (shape === 'broken') {
      found.push(lenientOr(line, layout, null));
    } else if (shape === 'open') {
      const value = valueOfLines(lines, at, layout);
      found.push(value?.found ?? lenientOr(line, layout, null));
      at += (value?.lines ?? 1) - 1;
    } else {
      found.push({ kind: 'unreadable', fileLine: line.number, columns: shape });
    }
  }
  return found;
}

/** The right number of columns; fewer or more only where nothing is in them. */
function fits(shape: Shape, text: string, { delimiter, columns, named }: Layout): boolean {
  if (typeof shape !== 'number') return false;
  if (shape <= columns) return shape >= named;
  const extra = shape - columns;
  return text.trimEnd().endsWith(delimiter.repeat(extra)) || text.endsWith(delimiter.repeat(extra));
}

function lenientOr(line: Line, layout: Layout, columns: number | null): Found {
  const values = readLeniently(line.text, layout.delimiter, layout.columns);
  return values
    ? { kind: 'lenient', fileLine: line.number, values }
    : { kind: 'unreadable', fileLine: line.number, columns };
}

/** The record that runs over the lines from `at`, whose quote is open; null where each line stands for itself. */
function valueOfLines(
  lines: readonly Line[],
  at: number,
  layout: Layout,
): { readonly found: Found; readonly lines: number } | null {
  const { delimiter } = layout;
  const [first, ...following] = lines.slice(at, at + longestValue);
  if (!first) return null;
  const taken = [first];
  let length = first.text.length;
  let shape = readShape(first.text, delimiter, null);
  for (const line of following) {
    length += 1 + line.text.length;
    if (typeof shape !== 'object' || length > longestRecord) return null;
    if (line.text.trim() !== '' && fits(shapeOf(line.text, delimiter), line.text, layout)) return null;
    taken.push(line);
    shape = readShape(line.text, delimiter, shape);
    if (typeof shape === 'object') continue;
    if (shape === 'broken') return null;
    const text = taken.map((one) => one.text).join('\n');
    const alone = taken.filter((one) => readLeniently(one.text, delimiter, layout.columns) !== null).length;
    if (fits(shape, text, layout)) {
      if (alone >= 2) return null;
      return { found: { kind: 'strict', fileLine: first.number, text }, lines: taken.length };
    }
    // It closes, with the wrong number of columns: one record that cannot be read, unless a line of it can.
    if (alone > 0) return null;
    return { found: { kind: 'unreadable', fileLine: first.number, columns: shape }, lines: taken.length };
  }
  return null;
}
