import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLeniently } from '../../connectors/csv/lenient.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { atOnce } from '../../pipeline/turns.ts';

const read = (text: string) => atOnce(readCsv(Buffer.from(text)));

/** Every reading of a line, tried one after the other: what `readLeniently` promises, however long it takes. */
function firstReading(text: string, columns: number): readonly string[] | null {
  if (columns === 0) return null;
  const opening = /^ {0,7}"/.exec(text)?.[0];
  const quoted = [...text.matchAll(/"(?= *(?:,|$))/g)]
    .map(({ index }) => index)
    .filter((end) => opening !== undefined && end >= opening.length)
    .map((end) => ({
      value: text.slice(opening?.length, end).replaceAll('""', '"'),
      rest: text.slice(end + 1).trimStart(),
    }))
    .map(({ value, rest }) => ({ value, rest: rest === '' ? null : rest.slice(1) }));
  const comma = text.indexOf(',');
  const literal =
    comma < 0 ? { value: text, rest: null } : { value: text.slice(0, comma), rest: text.slice(comma + 1) };
  for (const { value, rest } of [...quoted.slice(0, 1), literal, ...quoted.slice(1)]) {
    if (rest === null) {
      if (columns === 1) return [value];
      continue;
    }
    const others = firstReading(rest, columns - 1);
    if (others) return [value, ...others];
  }
  return null;
}

test('a broken line is read as the first of all its readings says', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', ' ', '",', '""'), maxLength: 16 });
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 6 }), (text, columns) => {
      expect(readLeniently(text, ',', columns)).toEqual(firstReading(text, columns));
    }),
    { numRuns: 3_000 },
  );
});

describe('one damaged line takes its place and nothing else', () => {
  const quotes = '"SMITH", "12 "OAK';
  const header = Array.from({ length: 23 }, (_, index) => `Column ${index}`).join(',');
  const good = Array.from({ length: 23 }, (_, index) => `value ${index}`).join(',');
  const lines: readonly (readonly [string, string])[] = [
    ['28 KB of quotes', `JOHN,"${quotes.repeat(1_650)}`],
    ['100 KB of quotes and commas', `JOHN,${'",'.repeat(49_000)}`],
    ['1 MB of quotes', `JOHN,"${quotes.repeat(60_000)}`],
    ['1 MB of commas', ','.repeat(1_000_000)],
    ['1 MB of open quotes', ' "'.repeat(500_000)],
    ['10 MB of quotes', `JOHN,"${quotes.repeat(600_000)}`],
    ['10 MB without an end', 'JOHN SMITH '.repeat(950_000)],
    ['1 MB of records whose line ends are lost', `${good},`.repeat(4_500)],
  ];
  test.each(lines)('%s', (_, line) => {
    const csv = read([header, good, line, good].join('\r\n'));
    // Recovered or set aside, but not lost, and its neighbours as they are.
    const lines = (found: readonly { readonly fileLine: number }[]) => found.map(({ fileLine }) => fileLine);
    expect([...lines(csv.records), ...lines(csv.unreadable)].toSorted()).toEqual([2, 3, 4]);
    expect(lines(csv.records)).toEqual(expect.arrayContaining([2, 4]));
  });

  test('a header of 1 MB is none', () => {
    for (const text of ['Name,'.repeat(200_000), '"'.repeat(1_000_001), `"${quotes.repeat(60_000)}`]) {
      expect(read(`${text}\n${good}`).headers).toEqual([]);
    }
  });
});

test('a quote that opens before a hundred long lines does not swallow them', () => {
  const long = 'x'.repeat(50_000);
  const file = ['a,b,c', '1,2,"open', ...Array.from({ length: 200 }, () => long), '4,5,6'].join('\n');
  expect(read(file).records.map(({ values }) => values)).toEqual([
    ['1', '2', '"open'],
    ['4', '5', '6'],
  ]);
});

test('a file of more lines than any of ours is refused, and says what to do', () => {
  const bytes = Buffer.alloc(600_000, 'a\n');
  expect(() => atOnce(readCsv(Buffer.concat([bytes, bytes])))).toThrow(InvalidInput);
  expect(() => atOnce(readCsv(Buffer.concat([bytes, bytes])))).toThrow('600,000 lines');
});
