import { describe, expect, test } from '@jest/globals';
import { addDays, format, parseISO } from 'date-fns';
import fc from 'fast-check';
import { dueMonday, mondayOf, renewalDate, windowDueOn, windowOf, windowsOf } from '../../pipeline/renewal.ts';
import type { Day } from '../../pipeline/vocabulary.ts';
import { day, month } from '../support/branded.ts';

const shifted = (from: string, days: number): Day => day(format(addDays(parseISO(from), days), 'yyyy-MM-dd'));

describe('the renewal date', () => {
  test.each([
    ['2020-03-15', '2027-03', '2027-03-15'],
    ['1998-12-31', '2026-12', '2026-12-31'],
    ['2020-02-29', '2027-02', '2027-02-28'],
    ['2020-02-29', '2028-02', '2028-02-29'],
    ['2021-02-28', '2028-02', '2028-02-28'],
  ])('of a home bought on %s, in %s, is %s', (purchase, renewal, expected) => {
    expect(renewalDate(day(purchase), month(renewal))).toBe(expected);
  });

  test('of a home bought in another month is refused', () => {
    expect(() => renewalDate(day('2020-04-15'), month('2027-03'))).toThrow('does not renew in 2027-03');
  });
});

describe('renewal windows', () => {
  test('end on the 7th, 14th, 21st and on the last day of the month', () => {
    expect(windowsOf(month('2027-02')).map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2027-02-01 2027-02-07',
      '2027-02-08 2027-02-14',
      '2027-02-15 2027-02-21',
      '2027-02-22 2027-02-28',
    ]);
    expect(windowsOf(month('2028-02'))[3].end).toBe('2028-02-29');
  });

  test('every day lies in exactly one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (offset) => {
        const one = shifted('2000-01-01', offset);
        const holding = windowsOf(windowOf(one).month).filter(({ start, end }) => start <= one && one <= end);
        expect(holding).toEqual([windowOf(one)]);
      }),
    );
  });
});

describe('on a Monday', () => {
  test.each([
    ['2024-01-01', '2024-02-01', '2024-02-07'],
    ['2024-01-08', '2024-02-08', '2024-02-14'],
    ['2024-01-15', '2024-02-15', '2024-02-21'],
    ['2024-01-22', '2024-02-22', '2024-02-29'],
    ['2026-01-05', '2026-02-08', '2026-02-14'],
  ])('%s the window %s – %s is due', (monday, start, end) => {
    expect(windowDueOn(day(monday))).toMatchObject({ start, end });
  });

  test('every window of ten years is due exactly once, 28 to 34 days ahead; some Mondays have none', () => {
    const due: string[] = [];
    let none = 0;
    for (let monday = day('2026-01-05'); monday <= '2036-01-07'; monday = shifted(monday, 7)) {
      const window = windowDueOn(monday);
      if (!window) {
        none += 1;
        continue;
      }
      due.push(window.start);
      expect([28, 29, 30, 31, 32, 33, 34].map((ahead) => shifted(monday, ahead))).toContain(window.start);
      expect(dueMonday(window)).toBe(monday);
    }
    const all: string[] = [];
    for (let year = 2026; year <= 2036; year += 1) {
      for (let number = 1; number <= 12; number += 1) {
        const of = month(`${year}-${String(number).padStart(2, '0')}`);
        all.push(...windowsOf(of).map(({ start }) => start));
      }
    }
    expect(due).toEqual(all.filter((start) => start >= '2026-02-08' && start <= '2036-02-08'));
    expect(none).toBeGreaterThan(0);
  });

  test('any other day of the week is refused, and finds its Monday', () => {
    expect(() => windowDueOn(day('2026-01-06'))).toThrow('not a Monday');
    expect(mondayOf(day('2026-01-11'))).toBe('2026-01-05');
    expect(mondayOf(day('2026-01-05'))).toBe('2026-01-05');
  });
});
