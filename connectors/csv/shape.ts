/**
 * What a strict reader (RFC 4180) makes of one text: so many columns; `open`: a quoted field does not end here;
 * `broken`: a quote where none may be.
 */
export type Shape = number | 'open' | 'broken';

const quote = '"';

export function shapeOf(text: string, delimiter: string): Shape {
  if (!text.includes(quote)) return text.split(delimiter).length;
  let columns = 0;
  let at = 0;
  for (;;) {
    columns += 1;
    if (text[at] === quote) {
      const end = closingQuote(text, at + 1);
      if (end < 0) return 'open';
      at = end + 1;
      if (at === text.length) return columns;
      if (text[at] !== delimiter) return 'broken';
    } else {
      const next = text.indexOf(delimiter, at);
      if (text.slice(at, next < 0 ? text.length : next).includes(quote)) return 'broken';
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
