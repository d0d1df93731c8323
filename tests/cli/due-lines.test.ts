import { expect, test } from '@jest/globals';
import { dueLines } from '../../src/cli/due-lines.ts';
import { day } from '../support/branded.ts';

const january = { from: '2027-01-14', to: '2027-01-20' };

test('every due time of those days, as it runs, with the offset of its zone; the day it ends before is not among them', () => {
  expect(JSON.parse(dueLines({ ...january, json: true }, []))).toEqual([
    { kind: 'intent', due: '2027-01-14T07:00:00-05:00' },
    { kind: 'check', due: '2027-01-14T18:00:00-06:00' },
    { kind: 'intent', due: '2027-01-15T07:00:00-05:00' },
    { kind: 'monthly', due: '2027-01-15T09:00:00-06:00' },
    { kind: 'check', due: '2027-01-17T18:00:00-06:00' },
    { kind: 'intent', due: '2027-01-18T07:00:00-05:00' },
    { kind: 'intent', due: '2027-01-19T07:00:00-05:00' },
    // Monday the 18th is a holiday.
    { kind: 'monday', due: '2027-01-19T09:00:00-06:00' },
  ]);
  expect(dueLines({ from: '2027-07-15', to: '2027-07-16' }, [])).toBe(
    '2027-07-15T07:00:00-04:00 intent\n2027-07-15T09:00:00-05:00 monthly',
  );
});

test('ten years have a due time for each day of the table, and an hour that somebody set holds from its day on', () => {
  const ten = JSON.parse(dueLines({ from: '2027-01-01', to: '2037-01-01', json: true }, [])) as { kind: string }[];
  expect(ten.filter(({ kind }) => kind === 'monthly')).toHaveLength(120);
  const later = [{ kind: 'monthly', from: day('2027-02-01'), time: '10:30' } as const];
  const both = dueLines({ from: '2027-01-15', to: '2027-02-16' }, later);
  expect(both).toContain('2027-01-15T09:00:00-06:00 monthly');
  expect(both).toContain('2027-02-15T10:30:00-06:00 monthly');
});

test.each([
  [{ to: '2027-01-20' }, /--from is missing/],
  [{ from: '2027-02-30', to: '2027-03-02' }, /--from "2027-02-30" is no day/],
  [{ from: '2027-01-20', to: '2027-01-20' }, /--to 2027-01-20 does not come after/],
])('%j is refused, and says how it is written', (options, why) => {
  expect(() => dueLines(options, [])).toThrow(why);
});
