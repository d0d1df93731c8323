import { expect, test } from '@jest/globals';
import type { ColeSession, ColeQuery, SlicePart } from '../../pipeline/ports/cole.ts';
import type { StoredSlice } from '../../pipeline/ports/leads.ts';
import type { RunContext } from '../../pipeline/workflow.ts';
import type { Month, Zip } from '../../pipeline/vocabulary.ts';
import { planPull } from '../../pipeline/workflows/pull/pt1-raw-pull.ts';
import { lakeside } from '../support/clients.ts';

const zip = '75034' as Zip; // five digits
const perYear = 4_000;

/** A Cole where one ZIP holds 4,000 records of each of five purchase years. */
const session: Pick<ColeSession, 'count' | 'slicings'> = {
  count: ({ slice }: ColeQuery) => Promise.resolve(perYear * yearsIn(slice)),
  slicings: () => Promise.resolve([{ by: 'purchase year', min: 2018, max: 2022, blanks: false }]),
};

function yearsIn(slice: readonly SlicePart[]): number {
  const [part] = slice;
  if (!part) return 5;
  if (part.blank) return 0;
  return Math.max(0, Math.min(part.to ?? 2022, 2022) - Math.max(part.from ?? 2018, 2018) + 1);
}

function contextWith(stored: readonly StoredSlice[]): RunContext {
  const context = {
    client: { ...lakeside, states: ['TX'] },
    signal: new AbortController().signal,
    progress: () => undefined,
    step: (_name: string, work: () => Promise<unknown>) => work(),
    ports: {
      leads: { missingZips: () => Promise.resolve([zip]), storedSlices: () => Promise.resolve(stored) },
      cole: { at: (_state: string, work: (at: unknown) => Promise<unknown>) => work(session) },
    },
  };
  return context as unknown as RunContext; // what planning uses of it
}

const plan = (stored: readonly StoredSlice[]) =>
  planPull(contextWith(stored), {
    month: '2027-03' as Month,
    round: 'first',
    refresh: false,
    zips: new Map([['TX', [zip]]]),
  });

test('a pull that stopped between the slices of a ZIP leaves the stored ones where they are', async () => {
  const whole = await plan([]);
  expect(whole.map(({ expected }) => expected)).toEqual([8_000, 8_000, 4_000]);
  const [first] = whole;
  const { slice, sliceNo, sliceCount } = first ?? { slice: [], sliceNo: 0, sliceCount: 0 };
  expect(await plan([{ zip, slice, sliceNo, sliceCount }])).toEqual(whole.slice(1));
});

test('slices of another cut do not count as these', async () => {
  const whole = await plan([]);
  const other = [{ by: 'home value', from: 0, to: 300_000 }];
  expect(await plan([{ zip, slice: other, sliceNo: 1, sliceCount: 3 }])).toEqual(whole);
});
