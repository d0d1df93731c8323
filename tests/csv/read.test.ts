import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readCsv } from '../../connectors/csv/read.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { shapeOf } from '../../connectors/csv/shape.ts';

const readBytes = (bytes: Uint8Array) => atOnce(readCsv(bytes));
const read = (text: string) => readBytes(Buffer.from(text));
const rows = (text: string): readonly (readonly string[])[] => read(text).records.map(({ values }) => values);

describe('a file', () => {
  test.each([
    ['UTF-8', Buffer.from('name,city\nJosé,Peña\n'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeffname,city\nJosé,Peña\n'), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from('\ufeffname,city\nJosé,Peña\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark', Buffer.from('name,city\nJosé,Peña\n', 'utf16le'), 'utf-16le'],
    ['big-endian UTF-16', iconv.encode('name,city\nJosé,Peña\n', 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['big-endian UTF-16 without a mark', iconv.encode('name,city\nJosé,Peña\n', 'utf-16be'), 'utf-16be'],
    ['UTF-32', iconv.encode('name,city\nJosé,Peña\n', 'utf-32le', { addBOM: true }), 'utf-32le'],
    ['windows-1252', iconv.encode('name,city\nJosé,Peña\n', 'windows-1252'), 'windows-1252'],
  ])('in %s is read', (_, bytes, encoding) => {
    const csv = readBytes(bytes);
    expect(csv.encoding).toBe(encoding);
    expect(csv.headers).toEqual(['name', 'city']);
    expect(csv.records.map(({ values }) => values)).toEqual([['José', 'Peña']]);
  });

  test('with one damaged byte among good accents is still UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('name\nJosé\nPeña\nZoë\n'), Buffer.from([0xe9, 0x0a])]);
    expect(readBytes(bytes)).toMatchObject({ encoding: 'utf-8', records: [{ values: ['José'] }, {}, {}, {}] });
  });

  test.each([['\n'], ['\r\n'], ['\r']])('with lines that end in %j', (end) => {
    expect(rows(['a,b', '1,2', '3,4', ''].join(end))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test.each([[','], [';'], ['\t'], ['|']])('with %j between its values', (delimiter) => {
    expect(rows(`a${delimiter}b\n1${delimiter}"2${delimiter}3"\n`)).toEqual([['1', `2${delimiter}3`]]);
  });

  test('that is empty, or only a header, has no records', () => {
    expect(read('')).toMatchObject({ headers: [], records: [], unreadable: [] });
    expect(read('\n\n')).toMatchObject({ headers: [], records: [] });
    expect(read('a,b')).toMatchObject({ headers: ['a', 'b'], records: [] });
  });

  test('keeps blank and doubled headers, and a header with a line break', () => {
    expect(read('id,,id\n1,2,3').headers).toEqual(['id', '', 'id']);
    expect(read('id,"Home\nValue"\n1,2')).toMatchObject({
      headers: ['id', 'Home\nValue'],
      records: [{ values: ['1', '2'] }],
    });
  });

  test('has no records in blank lines and in lines without a value', () => {
    expect(read('a,b\n\n1,2\n,\n  \n')).toMatchObject({ records: [{ line: 1, fileLine: 3 }], unreadable: [] });
  });

  test('may leave out columns at the end that have no name, and add ones that hold nothing', () => {
    expect(rows('a,b,\n1,2\n3,4,\n5,6,,,\n')).toEqual([
      ['1', '2', ''],
      ['3', '4', ''],
      ['5', '6', ''],
    ]);
  });
});

describe('a record', () => {
  test('may run over several lines inside quotes', () => {
    expect(rows('a,b,c\n1,"two\nlines, and a comma",3\n4,"x\n\n""y""\nz",6\n')).toEqual([
      ['1', 'two\nlines, and a comma', '3'],
      ['4', 'x\n\n"y"\nz', '6'],
    ]);
  });

  test('with an open quote does not swallow the one after it', () => {
    const csv = read('first,last,city\nJohn,"Smith,Frisco\nJane,Jones,Plano\nAnn,"Lee, Jr",Allen\n');
    expect(csv.records.map(({ values }) => values)).toEqual([
      ['John', '"Smith', 'Frisco'],
      ['Jane', 'Jones', 'Plano'],
      ['Ann', 'Lee, Jr', 'Allen'],
    ]);
    expect(csv).toMatchObject({ recovered: 1, unreadable: [] });
  });

  test('is recovered when its neighbour is broken at the same place, and both would fit together', () => {
    expect(rows('first,last,city\nJohn,"Smith,Frisco\nJane,Jones",Plano\nAnn,Lee,Allen\n')).toEqual([
      ['John', '"Smith', 'Frisco'],
      ['Jane', 'Jones"', 'Plano'],
      ['Ann', 'Lee', 'Allen'],
    ]);
    expect(rows('first,last,city\nJohn,"Smith,Frisco\nJane,"Jones,Plano\n')).toEqual([
      ['John', '"Smith', 'Frisco'],
      ['Jane', '"Jones', 'Plano'],
    ]);
  });

  test('with an open quote on the last line is recovered', () => {
    expect(rows('first,last\nJohn,Smith\nJane,"Jones')).toEqual([
      ['John', 'Smith'],
      ['Jane', '"Jones'],
    ]);
  });

  test.each([
    ['a quote inside a value', 'John,12 "Main St,Frisco', ['John', '12 "Main St', 'Frisco']],
    ['a nickname in quotes', '"John ""Jack"" R",Elm,"Frisco" ', ['John "Jack" R', 'Elm', 'Frisco']],
    ['quotes that were not doubled', '"John "Jack" R",Elm,Frisco', ['John "Jack" R', 'Elm', 'Frisco']],
    ['a space before the quote', 'John, "Elm, 1",Frisco', ['John', 'Elm, 1', 'Frisco']],
    ['an open quote before a good one', 'John,"Elm,"Frisco, TX"', ['John', '"Elm', 'Frisco, TX']],
  ])('with %s is recovered', (_, line, values) => {
    expect(rows(`name,street,city\n${line}\nJane,Oak,Plano\n`)).toEqual([values, ['Jane', 'Oak', 'Plano']]);
  });

  test('with too few or too many columns is set aside by its number, without its text', () => {
    const csv = read('first,last,city\nJohn,Smith\nJane,Jones,Plano\nAnn,Lee,Allen,Asian\n');
    expect(csv.records).toEqual([{ line: 2, fileLine: 3, values: ['Jane', 'Jones', 'Plano'] }]);
    expect(csv.unreadable).toEqual([
      { line: 1, fileLine: 2, columns: 2 },
      { line: 3, fileLine: 4, columns: 4 },
    ]);
  });

  test('of several lines with the wrong number of columns is one record set aside, not several', () => {
    expect(read('a,b,c\n1,"two\nlines"\n4,5,6\n')).toMatchObject({
      records: [{ line: 2, values: ['4', '5', '6'] }],
      unreadable: [{ line: 1, fileLine: 2, columns: 2 }],
    });
  });
});

const cell = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', ',', '"', '.', '$'), maxLength: 8 });
const written = (value: string): string => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const table = fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 12 });
const isFilled = (row: readonly string[]): boolean => row.some((value) => value.trim() !== '');

test('what was written well is read as it was written', () => {
  fc.assert(
    fc.property(table, (values) => {
      const text = ['a,b,c,d', ...values.map((row) => row.map(written).join(','))].join('\n');
      expect(rows(text)).toEqual(values.filter(isFilled));
    }),
  );
});

test('a line has the shape that csv-parse sees', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', ' '), minLength: 1, maxLength: 14 }), (line) => {
      let columns: number | undefined;
      try {
        columns = parse(line, { relax_column_count: true })[0]?.length;
      } catch {
        columns = undefined;
      }
      const shape = shapeOf(line, ',');
      expect(typeof shape === 'number' ? shape : undefined).toBe(columns);
    }),
    { numRuns: 1_000 },
  );
});

test('however many quotes are lost: every record is read or set aside, and the good ones are read as they are', () => {
  const plain = fc.stringMatching(/^[A-Z][a-z0-9 ]{0,6}$/);
  const record = fc.record({
    values: fc.array(plain, { minLength: 6, maxLength: 6 }),
    fault: fc.constantFrom('none', 'none', 'none', 'opens', 'closes', 'inside', 'short'),
    at: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 15 }), (records) => {
      const lines = records.map(({ values, fault, at }) => {
        const value = values[at] ?? '';
        if (fault === 'opens') return values.with(at, `"${value}`).join(',');
        if (fault === 'closes') return values.with(at, `${value}"`).join(',');
        if (fault === 'inside') return values.with(at, `${value}"x`).join(',');
        return (fault === 'short' ? values.slice(0, Math.max(1, at)) : values).join(',');
      });
      const csv = read(['a,b,c,d,e,f', ...lines].join('\n'));
      expect(csv.records.length + csv.unreadable.length).toBe(records.length);
      expect(csv.unreadable.map(({ line }) => line)).toEqual(
        records.flatMap(({ fault }, index) => (fault === 'short' ? [index + 1] : [])),
      );
      for (const { line, values } of csv.records) {
        const original = records[line - 1];
        if (original?.fault === 'none') expect(values).toEqual(original.values);
        expect(values.map((value) => value.replaceAll(/"x?/g, ''))).toEqual(original?.values);
      }
    }),
    { numRuns: 500 },
  );
});

test('50,000 records of 23 columns, some of them broken, are read completely', () => {
  const columns = Array.from({ length: 23 }, (_, index) => `Column ${index}`);
  const lines = Array.from({ length: 50_000 }, (_, index) => {
    const values = columns.map((_, column) => (column === 7 ? '"$1,250,000"' : `value ${index}`));
    return (index % 100 === 0 ? values.with(3, '"broken') : values).join(',');
  });
  const bytes = Buffer.from([columns.join(','), ...lines].join('\r\n'));
  const csv = readBytes(bytes);
  expect([csv.records.length, csv.recovered, csv.unreadable.length]).toEqual([50_000, 500, 0]);
});
