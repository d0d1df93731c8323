import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, differenceInCalendarDays, format, parseISO } from 'date-fns';
import { formatInTimeZone } from 'date-fns-tz';
import { dueTimes, nextDue } from '../../pipeline/calendar/due-times.ts';
import { businessDayFrom, isFederalHoliday } from '../../pipeline/calendar/holidays.ts';
import { evergreenTitle, isEvergreenTitle, listName, parseEvergreenTitle } from '../../pipeline/evergreen-title.ts';
import { monthOf } from '../../pipeline/month.ts';
import { windowDueOn, windowOf, windowsOf } from '../../pipeline/renewal.ts';
import type { Day } from '../../pipeline/vocabulary.ts';

const day = (text: string) => text as Day;
const mondays = (from: string, to: string): Day[] => {
  const found: Day[] = [];
  for (let date = parseISO(from); format(date, 'yyyy-MM-dd') <= to; date = addDays(date, 7))
    found.push(day(format(date, 'yyyy-MM-dd')));
  return found;
};

describe('windows', () => {
  test('over ten years every window comes up on exactly one Monday, 28 to 34 days ahead', () => {
    const due = mondays('2026-01-05', '2036-01-07').flatMap((monday) => {
      const window = windowDueOn(monday);
      return window ? [{ monday, window }] : [];
    });
    for (const { monday, window } of due) {
      const ahead = differenceInCalendarDays(parseISO(window.start), parseISO(monday));
      expect(ahead).toBeGreaterThanOrEqual(28);
      expect(ahead).toBeLessThanOrEqual(34);
    }
    const wanted: string[] = [];
    for (let index = 2026 * 12 + 1; index <= 2036 * 12 + 1; index += 1) {
      wanted.push(...windowsOf(monthOf(Math.floor(index / 12), (index % 12) + 1)).map((window) => window.start));
    }
    const within = wanted.filter((start) => start >= '2026-02-08' && start <= '2036-02-08');
    expect(due.map(({ window }) => window.start)).toEqual(within);
  });

  test.each([
    ['2024-01-01', '2024-02-01', '2024-02-07'],
    ['2024-01-08', '2024-02-08', '2024-02-14'],
    ['2024-01-15', '2024-02-15', '2024-02-21'],
    ['2024-01-22', '2024-02-22', '2024-02-29'],
  ])('the SOP’s own example: %s is due for %s to %s', (monday, start, end) => {
    expect(windowDueOn(day(monday))).toMatchObject({ start, end });
  });
});

describe('holidays', () => {
  // OPM's published federal holidays that fall on or are observed on a Monday.
  test.each([
    ['2027-01-18', '2027-01-19'],
    ['2027-07-05', '2027-07-06'],
    ['2029-11-12', '2029-11-13'],
    ['2028-12-25', '2028-12-26'],
    ['2027-01-25', '2027-01-25'],
    ['2026-02-16', '2026-02-17'],
  ])('a Monday %s runs on %s', (monday, runsOn) => {
    expect(businessDayFrom(day(monday))).toBe(runsOn);
  });
  test('an ordinary day is no holiday', () => expect(isFederalHoliday(day('2027-03-03'))).toBe(false));
});

describe('due times', () => {
  test('cut anywhere, the pieces hold every due time once', () => {
    const start = new Date('2027-01-01T00:00:00Z').getTime();
    const year = 366 * 86_400_000;
    const whole = dueTimes(new Date(start), new Date(start + year));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: year }), { maxLength: 6 }), (cuts) => {
        const ends = [0, ...cuts.toSorted((a, b) => a - b), year];
        const pieces = ends
          .slice(1)
          .flatMap((to, index) => dueTimes(new Date(start + (ends[index] ?? 0)), new Date(start + to)));
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test('the hour on the wall is the same in winter and summer', () => {
    const all = dueTimes(new Date('2027-01-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z'));
    const hours = (kind: string, zone: string) =>
      new Set(all.filter((due) => due.kind === kind).map((due) => formatInTimeZone(due.at, zone, 'HH:mm')));
    expect(hours('monday', 'America/Chicago')).toEqual(new Set(['09:00']));
    expect(hours('intent', 'America/New_York')).toEqual(new Set(['07:00']));
    expect(all.filter((due) => due.kind === 'intent')).toHaveLength(261);
    expect(all.filter((due) => due.kind === 'monday')).toHaveLength(52);
  });

  test('a Monday that is a holiday is done on the next business day and stands for its Monday', () => {
    const due = nextDue('monday', new Date('2027-01-16T00:00:00Z'));
    expect(due).toEqual({ kind: 'monday', day: '2027-01-18', at: new Date('2027-01-19T15:00:00Z') });
  });
});

describe('titles', () => {
  const anyWindow = fc
    .record({ month: fc.integer({ min: 2025 * 12, max: 2040 * 12 }), index: fc.integer({ min: 0, max: 3 }) })
    .map(({ month, index }) => {
      const found = windowsOf(monthOf(Math.floor(month / 12), (month % 12) + 1))[index];
      if (!found) throw new Error('no such window');
      return found;
    });

  test('what is written is read again, across month and year ends, whatever the dash and case', () => {
    fc.assert(
      fc.property(
        anyWindow,
        fc.constantFrom('-', '–', '—'),
        fc.boolean(),
        fc.integer({ min: -60, max: 60 }),
        (window, dash, upper, days) => {
          const written = evergreenTitle(window).replace('–', dash);
          const near = day(format(addDays(parseISO(window.start), days), 'yyyy-MM-dd'));
          expect(parseEvergreenTitle(upper ? written.toUpperCase() : written, near)).toEqual(window);
        },
      ),
    );
  });

  test.each([
    ['Evergreen, Last Upload: January 29–35', null],
    ['Evergreen, Last Upload: January 29-31', null],
    ['Evergreen, Last Upload: Smarch 1-7', null],
    ['Spring promotion', null],
    ['evergreen last upload: feb 1st - 7th', '2027-02-01'],
    ['Evergreen, Last Upload: February 22–29', '2027-02-22'],
    ['Evergreen, Last Upload: Dec 22 — 31', '2026-12-22'],
  ])('%s is read as %s', (text, start) => {
    expect(parseEvergreenTitle(text, day('2027-01-18'))?.start ?? null).toBe(start);
  });

  test('an evergreen campaign is known even when its window is not', () => {
    expect(isEvergreenTitle('EVERGREEN, last upload: January 29–35')).toBe(true);
    expect(isEvergreenTitle('Evergreen nurture')).toBe(false);
  });

  test.each([
    ['2027-02-01', {}, '(February 1st - 7th renewals)'],
    ['2027-02-22', {}, '(February 22nd - 28th renewals)'],
    ['2028-02-22', {}, '(February 22nd - 29th renewals)'],
    ['2027-03-22', { part: 2 }, '(March 22nd - 31st renewals) 2'],
    ['2027-03-08', { year: true }, '(March 8th - 14th 2027 renewals)'],
  ])('the list of the window from %s is called %j %s', (start, options, name) => {
    expect(listName(windowOf(day(start)), options)).toBe(name);
  });
});
