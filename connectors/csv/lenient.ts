/**
 * A broken line read so that it has exactly `columns` columns, or null where no reading has. A field that opens with a
 * quote ends at a quote before a delimiter; where that gives the wrong number of columns, the quote is taken
 * literally: it is a character like any other, and the field ends at the next delimiter.
 *
 * @returns the first such reading, quotes that close early before quotes taken literally
 */
export function readLeniently(text: string, delimiter: string, columns: number): readonly string[] | null {
  const deadEnds = new Set<string>();

  const read = (at: number, left: number): readonly string[] | null => {
    const key = `${at} ${left}`;
    if (deadEnds.has(key)) return null;
    for (const { value, next } of readings(text, delimiter, at)) {
      if (next === null) {
        if (left === 1) return [value];
        continue;
      }
      const rest = left > 1 ? read(next, left - 1) : null;
      if (rest) return [value, ...rest];
    }
    deadEnds.add(key);
    return null;
  };

  return text.split(delimiter).length < columns ? null : read(0, columns);
}

/** One way to read the field at a place; `next` is where the field after it begins, null at the end of the line. */
type Reading = { readonly value: string; readonly next: number | null };

function* readings(text: string, delimiter: string, at: number): Generator<Reading> {
  const opening = /^ *"/.exec(text.slice(at, at + 8))?.[0];
  const closings = opening === undefined ? [] : [...closingsAfter(text, delimiter, at + opening.length)];
  const quoted = ({ end, next }: { end: number; next: number | null }): Reading => {
    return { value: text.slice(at + (opening?.length ?? 0), end).replaceAll('""', '"'), next };
  };
  const [first, ...later] = closings;
  if (first) yield quoted(first);
  const plain = text.indexOf(delimiter, at);
  yield plain < 0
    ? { value: text.slice(at), next: null }
    : { value: text.slice(at, plain), next: plain + delimiter.length };
  for (const closing of later) yield quoted(closing);
}

/** Every quote that could close a field: the next thing after it, spaces aside, is a delimiter or the end. */
function* closingsAfter(
  text: string,
  delimiter: string,
  from: number,
): Generator<{ end: number; next: number | null }> {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let after = end + 1;
    while (text[after] === ' ') after += 1;
    if (after === text.length) yield { end, next: null };
    else if (text[after] === delimiter) yield { end, next: after + delimiter.length };
  }
}
