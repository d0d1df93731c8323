/** Work that one line is worth: columns × characters. The longest record with a hundred columns takes so much. */
const mostWork = 10_000_000;

/** One way to close a quoted field: at the quote `end`; `next` is where the field after it begins, -1 at the end of the line. */
type Closing = { readonly end: number; readonly next: number };

/**
 * A broken line read so that it has exactly `columns` columns, or null where no reading has. A field that opens with a
 * quote ends at a quote before a delimiter; where that gives the wrong number of columns, the quote is taken
 * literally: it is a character like any other, and the field ends at the next delimiter.
 *
 * Every place where a field may begin is looked at once for each number of columns that may follow, from the end of the
 * line to its beginning, so that the work grows with the line and not with the ways to read it.
 *
 * @returns the first such reading, quotes that close early before quotes taken literally
 */
export function readLeniently(text: string, delimiter: string, columns: number): readonly string[] | null {
  if (columns < 1 || columns * text.length > mostWork || text.split(delimiter).length < columns) return null;
  const fields = fieldsOf(text, delimiter);
  const ways = waysToRead(fields, columns);
  if (!ways) return null;

  const values: string[] = [];
  let field = 0;
  for (let left = columns; left > 0; left -= 1) {
    const begins = fields.begins[field] ?? 0;
    const choice = ways(field, left);
    if (choice === undefined) return null;
    const closing = choice < 0 ? undefined : fields.closings[choice];
    values.push(
      closing
        ? text.slice(fields.contents[field] ?? 0, closing.end).replaceAll('""', '"')
        : text.slice(
            begins,
            fields.begins[field + 1] === undefined ? text.length : (fields.begins[field + 1] ?? 0) - 1,
          ),
    );
    if (left === 1) return values;
    field = closing ? (fields.fieldAt.get(closing.next) ?? 0) : field + 1;
  }
  return null;
}

type Fields = {
  /** Where a field may begin: at the beginning and behind every delimiter. */
  readonly begins: readonly number[];
  /** Which of them begins at a place. */
  readonly fieldAt: ReadonlyMap<number, number>;
  /** Where the text of each begins behind its opening quote, -1 where it has none. */
  readonly contents: readonly number[];
  /** Every quote that could close a field: the next thing after it, spaces aside, is a delimiter or the end. In order. */
  readonly closings: readonly Closing[];
  /** For each field with an opening quote, the first that could close it, as a place in `closings`. */
  readonly firstClosing: readonly number[];
};

function fieldsOf(text: string, delimiter: string): Fields {
  const begins = [0];
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) begins.push(at + 1);
  const fieldAt = new Map(begins.map((place, field) => [place, field]));
  const contents = begins.map((place) => {
    const opening = /^ *"/.exec(text.slice(place, place + 8))?.[0];
    return opening === undefined ? -1 : place + opening.length;
  });
  const closings: Closing[] = [];
  // What follows a quote, spaces aside; known from the right, so that no run of spaces is passed twice.
  let follows = text.length;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === '"') {
      if (follows === text.length) closings.push({ end: at, next: -1 });
      else if (text[follows] === delimiter) closings.push({ end: at, next: follows + 1 });
    }
    if (text[at] !== ' ') follows = at;
  }
  closings.reverse();
  let next = 0;
  const firstClosing = contents.map((content) => {
    if (content < 0) return closings.length;
    while (next < closings.length && (closings[next]?.end ?? 0) < content) next += 1;
    return next;
  });
  return { begins, fieldAt, contents, closings, firstClosing };
}

/**
 * How the field is read with which exactly so many columns are left: the closing quote that ends it, as a place in
 * `closings`; -1 where its quote is taken literally; undefined where there is no way. Null where the line has no reading.
 */
function waysToRead(fields: Fields, columns: number): ((field: number, left: number) => number | undefined) | null {
  const { begins, closings, firstClosing, fieldAt } = fields;
  const afterClosing = closings.map(({ next }) => (next < 0 ? -1 : (fieldAt.get(next) ?? -1)));
  /** By columns left: whether a field can be the first of so many. */
  const can: Uint8Array[] = [new Uint8Array(begins.length)];
  /** By columns left: the first closing from a place on that leaves a rest of one column less. */
  const good: Int32Array[] = [new Int32Array(closings.length + 1)];
  for (let left = 1; left <= columns; left += 1) {
    const rest = can[left - 1] ?? new Uint8Array();
    const goodNow = new Int32Array(closings.length + 1).fill(closings.length);
    for (let at = closings.length - 1; at >= 0; at -= 1) {
      const after = afterClosing[at] ?? -1;
      const fits = after < 0 ? left === 1 : left > 1 && rest[after] === 1;
      goodNow[at] = fits ? at : (goodNow[at + 1] ?? closings.length);
    }
    const canNow = new Uint8Array(begins.length);
    for (let field = 0; field < begins.length; field += 1) {
      const literal = field === begins.length - 1 ? left === 1 : left > 1 && rest[field + 1] === 1;
      const quoted = (goodNow[firstClosing[field] ?? closings.length] ?? closings.length) < closings.length;
      canNow[field] = literal || quoted ? 1 : 0;
    }
    can.push(canNow);
    good.push(goodNow);
  }
  if (can[columns]?.[0] !== 1) return null;

  return (field, left) => {
    const first = firstClosing[field] ?? closings.length;
    const found = good[left]?.[first] ?? closings.length;
    if (found === first && found < closings.length) return found;
    const literal = field === begins.length - 1 ? left === 1 : left > 1 && can[left - 1]?.[field + 1] === 1;
    if (literal) return -1;
    return found < closings.length ? found : undefined;
  };
}
