/**
 * What a strict reader (RFC 4180) makes of one text: so many columns; `open`: a quoted field does not end here;
 * `broken`: a quote where none may be.
 */
export type Shape = number | 'open' | 'broken';

/** A text whose last column is a quoted field that goes on. */
export type OpenShape = { readonly openIn: number };

const quote = '"';

export function shapeOf(text: string, delimiter: string): Shape {
  const shape = readShape(text, delimiter, null);
  return typeof shape === 'object' ? 'open' : shape;
}

/**
 * The same, line by line: what the text is once this line has followed it. A quoted field that is open after many lines is
 * not read from its beginning again.
 *
 * @param before of the lines before it, null for the first
 */
export function readShape(line: string, delimiter: string, before: OpenShape | null): number | 'broken' | OpenShape {
  if (!before && !line.includes(quote)) return line.split(delimiter).length;
  let columns = before ? before.openIn - 1 : 0;
  let inside = before !== null;
  let at = 0;
  for (;;) {
    columns += 1;
    if (inside || line[at] === quote) {
      const end = closingQuote(line, inside ? at : at + 1);
      inside = false;
      if (end < 0) return { openIn: columns };
      at = end + 1;
      if (at === line.length) return columns;
      if (line[at] !== delimiter) return 'broken';
    } else {
      const next = line.indexOf(delimiter, at);
      if (line.slice(at, next < 0 ? line.length : next).includes(quote)) return 'broken';
      if (next < 0) return columns;
      at = next;
    }
    at += 1;
  }
}

/** Where the field that began before `from` is closed; a doubled quote is one quote of its text. -1: nowhere. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf(quote, from);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}
