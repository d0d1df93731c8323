import { expect, test } from '@jest/globals';
import type { Cole, ColeSession, ColeQuery, SlicePart } from '../../pipeline/ports/cole.ts';
import type { StoredSlice } from '../../pipeline/ports/leads.ts';
import { planPull } from '../../pipeline/workflows/pull/pt1-raw-pull.ts';
import { month, zip } from '../support/branded.ts';
import { contextOver, refuse } from '../support/run-context.ts';

const frisco = zip('75034');
const perYear = 4_000;

/** A Cole where one ZIP holds 4,000 records of each of five purchase years. */
const session: ColeSession = {
  count: ({ slice }: ColeQuery) => Promise.resolve(perYear * yearsIn(slice)),
  slicings: () => Promise.resolve([{ by: 'purchase year', min: 2018, max: 2022, blanks: false }]),
  export: refuse,
};

function yearsIn(slice: readonly SlicePart[]): number {
  const [part] = slice;
  if (!part) return 5;
  if (part.blank) return 0;
  return Math.max(0, Math.min(part.to ?? 2022, 2022) - Math.max(part.from ?? 2018, 2018) + 1);
}

const plan = (stored: readonly StoredSlice[]) =>
  planPull(
    contextOver({
      leads: { missingZips: () => Promise.resolve([frisco]), storedSlices: () => Promise.resolve(stored) },
      cole: { at: (_state, work) => work(session) } satisfies Cole,
    }),
    { month: month('2027-03'), round: 'first', refresh: false, zips: new Map([['TX', [frisco]]]) },
  );

test('a pull that stopped between the slices of a ZIP leaves the stored ones where they are', async () => {
  const whole = await plan([]);
  expect(whole.map(({ expected }) => expected)).toEqual([8_000, 8_000, 4_000]);
  const [first] = whole;
  const { slice, sliceNo, sliceCount } = first ?? { slice: [], sliceNo: 0, sliceCount: 0 };
  expect(await plan([{ zip: frisco, slice, sliceNo, sliceCount }])).toEqual(whole.slice(1));
});

test('slices of another cut do not count as these', async () => {
  const whole = await plan([]);
  const other = [{ by: 'home value', from: 0, to: 300_000 }];
  expect(await plan([{ zip: frisco, slice: other, sliceNo: 1, sliceCount: 3 }])).toEqual(whole);
});
