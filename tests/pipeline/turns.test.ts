import { describe, expect, test } from '@jest/globals';
import { clayColumns, compareClayColumns } from '../../pipeline/clay-columns.ts';
import { judgeAll } from '../../pipeline/judge/all.ts';
import { normaliseRow } from '../../pipeline/normalise/row.ts';
import type { JudgedRow } from '../../pipeline/ports/leads.ts';
import { evenSample } from '../../pipeline/sampling.ts';
import { atOnce, each, inTurns, type InPieces } from '../../pipeline/turns.ts';
import type { RawFields } from '../../pipeline/vocabulary.ts';
import { exportSource, type ExportPorts } from '../../pipeline/workflows/pull/export-source.ts';
import { judgeMonth, type JudgingPorts } from '../../pipeline/workflows/pull/judge-month.ts';
import { keepReserve, type ReservePorts } from '../../pipeline/workflows/pull/keep-reserve.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { toRawLeads } from '../../connectors/csv/raw-leads.ts';
import { csvParts } from '../../connectors/csv/write.ts';
import { day, month as monthOf, zip as zipOf } from '../support/branded.ts';
import { lakeside } from '../support/clients.ts';
import { contextOver, refuse } from '../support/run-context.ts';
import { turnsOfOthers } from '../support/turns.ts';

const month = monthOf('2027-03');
const zip = zipOf('75034');
const book = { client: 'lakeside', month, filtersKey: '' };
const fields = (number: number): RawFields => ({
  First_Name: 'JOHN',
  Last_Name: 'MCDONALD',
  Address_1: `${number} OAK STREET`,
  City: 'FRISCO',
  State: 'TX',
  Zip: zip,
  'Cell Phone Number': '(469) 555-0123',
  Email_Address: `PERSON${number - (number % 7 === 6 ? 1 : 0)}@LANE.EXAMPLE`,
  Purchase_Date: '03/15/2019',
  Home_Value: '$450,000',
  Head_Household: 'Y',
  Income: '$100,000',
  Date_of_Birth: '01/02/1970',
});
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

describe('long work', () => {
  /** A clock on which every look costs a millisecond, and who else had a turn. */
  const pace = (mostMs: number) => {
    let now = 0;
    const turns: number[] = [];
    return {
      turns,
      pace: { now: () => (now += 1), mostMs, turn: () => Promise.resolve(void turns.push(now)) },
    };
  };

  test('gives others a turn whenever it has taken its share, and answers the same', async () => {
    const { turns, pace: ofTen } = pace(10);
    const work = () => each(many(1_000, Number), (number) => number * 2);
    expect(await inTurns(work(), ofTen)).toEqual(atOnce(work()));
    expect(turns.length).toBeGreaterThan(80);
  });

  test('fails with its own error', async () => {
    const work = each([1, 2, 3], (number) => {
      if (number === 2) throw new Error('two');
      return number;
    });
    await expect(inTurns(work)).rejects.toThrow('two');
  });
});

/** Pieces of the work, and its answer. */
function counted<T>(work: InPieces<T>): { readonly pieces: number; readonly answer: T } {
  let pieces = 0;
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return { pieces, answer: piece.value };
    pieces += 1;
  }
}

describe('may be put aside at every row', () => {
  const rows = 2_000;
  const leads = many(rows, (index) => ({ lead: normaliseRow(fields(index)) }));
  const csv = ['First_Name,Last_Name,Address_1,City,State,Zip,Email_Address,Purchase_Date,Home_Value,Head_Household'];
  for (let index = 0; index < rows; index += 1) csv.push(`A,B,${index} Oak,Frisco,TX,75034,a@b.example,03/15/2019,1,Y`);
  const file = Buffer.from(csv.join('\n'));
  const expected = clayColumns({ homeValue: 450_000, purchaseDate: day('2019-03-15') });
  const got = { numericHomeValue: '450000', readablePurchaseDate: 'March 15th', purchaseDay: '15' };
  const works: readonly (readonly [string, () => InPieces<unknown>])[] = [
    ['reading a file', () => readCsv(file)],
    ['naming its columns', () => toRawLeads(atOnce(readCsv(file)))],
    [
      'judging a month',
      () => judgeAll(leads, { renewalMonth: month, askedZips: new Set([zip]), homeValueLimit: 900_000 }, new Map()),
    ],
    [
      'sampling',
      () =>
        evenSample(
          many(rows, (id) => ({ id: String(id), zip })),
          500,
          { client: 'lakeside', month },
        ),
    ],
    ['comparing formulas', () => compareClayColumns(many(rows, (id) => ({ leadId: String(id), expected, got })))],
  ];
  test.each(works)('%s', (_, work) => {
    expect(counted(work()).pieces).toBeGreaterThanOrEqual(rows);
  });

  test('a file is written in parts', () => {
    const parts = [
      ...csvParts(
        ['id'],
        many(rows, (id) => [String(id)]),
      ),
    ];
    expect(parts.length).toBeGreaterThan(rows / 500);
    expect(parts.join('')).toBe(['id', ...many(rows, String), ''].join('\r\n'));
  });
});

describe('others are served', () => {
  // Every port answers at once, so that nobody has a turn but by the work's own doing.
  test('while a month is judged', async () => {
    const rows = many(60_000, (id): JudgedRow => ({
      id,
      lead: normaliseRowOnce(id),
      householdKey: null,
      verdict: null,
      pinned: false,
      current: { state: 'unverified', reason: null },
    }));
    const changed: number[] = [];
    const ports: JudgingPorts = {
      leads: {
        version: () => Promise.resolve(1),
        rowsToJudge: () => Promise.resolve(rows),
        judge: (_, changes) => Promise.resolve(changed.push(...changes.map(({ id }) => id)) >= 0),
      },
      clients: { homeValueLimit: () => Promise.resolve(900_000) },
    };
    const turns = await turnsOfOthers(() => judgeMonth({ ports }, lakeside, book));
    expect(turns).toBeGreaterThan(0);
    expect(changed).toHaveLength(Math.floor(60_000 / 7)); // the duplicates
  });

  test('while the reserve is drawn', async () => {
    const ports: ReservePorts = {
      leads: {
        cleaned: () => Promise.resolve(many(40_000, (id) => ({ id, zip, uploaded: false }))),
        version: () => Promise.resolve(1),
        reserve: () => Promise.resolve(true),
      },
    };
    expect(await turnsOfOthers(() => keepReserve({ ports }, book, 15_000))).toBeGreaterThan(0);
  });

  test('while an export is normalised', async () => {
    const kept: unknown[] = [];
    const source = {
      id: 1,
      name: 'TX 1/1',
      round: 'first',
      state: 'TX',
      ordinal: 1,
      zips: [zip],
      slice: [],
      expected: 9_999,
      status: 'asked' as const,
      asked: 1,
      recounted: false,
      shown: 9_999,
    };
    const ports: ExportPorts = {
      // The file is there already.
      cole: { at: refuse },
      notices: { note: refuse },
      files: {
        temporary: () => Promise.resolve('export.csv'),
        exists: () => Promise.resolve(true),
        keep: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      },
      csv: {
        readExport: () =>
          Promise.resolve({
            leads: many(9_999, (index) => ({ line: index + 1, fields: fields(index) })),
            unreadable: [],
            rows: 9_999,
            sha256: '',
            headerStyle: '13 fields',
            dropped: [],
          }),
        write: () => Promise.resolve(),
      },
      leads: {
        source: () => Promise.resolve({ ...source, rows: kept.length }),
        asking: refuse,
        ingest: (_, rows) => Promise.resolve(void kept.push(...rows)),
        stored: () => Promise.resolve(),
      },
      clients: { homeValueLimit: () => Promise.resolve(900_000) },
      suppressions: { among: () => Promise.resolve(new Set()) },
    };
    expect(await turnsOfOthers(() => exportSource(contextOver(ports), month, 1))).toBeGreaterThan(0);
    expect(kept).toHaveLength(9_999);
  });
});

const template = normaliseRow(fields(0));
/** Sixty thousand rows that differ in what judging looks at: the e-mail. */
function normaliseRowOnce(id: number) {
  return { ...template, email: `person${id - (id % 7 === 6 ? 1 : 0)}@lane.example` };
}
