import { describe, expect, test } from '@jest/globals';
import { formatInTimeZone } from 'date-fns-tz';
import { dueTimes } from '../../pipeline/calendar/due-times.ts';
import { ageInDays, newYorkDay, signalDay } from '../../pipeline/intent/days.ts';
import { budgetWeek } from '../../pipeline/intent/week.ts';
import { day } from './samples.ts';

describe('the day of a signal', () => {
  test.each([
    // The vendor's three forms.
    ['7/5/2020 12:00 AM', '2020-07-05'],
    ['2020-07-05', '2020-07-05'],
    ['2020-07-05T14:30:00Z', '2020-07-05'],
    // An instant is New York's day.
    ['2026-01-29T02:30:00Z', '2026-01-28'],
    ['2026-07-05T03:59:59.999Z', '2026-07-04'],
    ['2026-07-05T04:00:00.001Z', '2026-07-05'],
    ['2026-01-28T23:30:00-08:00', '2026-01-29'],
    // Midnight is how a bare date is written as a time.
    ['2026-01-29T00:00:00Z', '2026-01-29'],
    ['2026-01-29T00:00:00.000Z', '2026-01-29'],
    ['2026-01-29T00:00:00+00:00', '2026-01-29'],
    // Without a zone the day written is the day meant.
    ['2026-01-29T23:30:00', '2026-01-29'],
    ['12/31/2026 11:59 PM', '2026-12-31'],
    ['1/2/2026', '2026-01-02'],
  ])('%s is %s', (text, seen) => {
    expect(signalDay(text)).toBe(seen);
  });

  test.each([[null], [''], ['soon'], ['2026-02-30'], ['13/13/2026 12:00 AM']])('%j is no day', (text) => {
    expect(signalDay(text)).toBeNull();
  });
});

describe('age', () => {
  test.each([
    ['2026-11-23', '2026-11-23', 0],
    ['2026-11-22', '2026-11-23', 1],
    ['2026-11-24', '2026-11-23', 0],
    ['2027-02-28', '2027-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-12-31', '2027-01-01', 1],
    // Across both changes of the clocks: 23 and 25 hours are a day.
    ['2026-03-07', '2026-03-09', 2],
    ['2026-10-31', '2026-11-02', 2],
  ])('from %s to %s: %i days', (seen, today, age) => {
    expect(ageInDays(day(seen), day(today))).toBe(age);
  });

  test('the day changes at midnight in New York, not in London', () => {
    expect(newYorkDay(new Date('2026-11-24T04:59:59Z'))).toBe('2026-11-23');
    expect(newYorkDay(new Date('2026-11-24T05:00:00Z'))).toBe('2026-11-24');
    expect(newYorkDay(new Date('2026-07-24T03:59:59Z'))).toBe('2026-07-23');
    expect(newYorkDay(new Date('2026-07-24T04:00:00Z'))).toBe('2026-07-24');
  });
});

describe('the week of the budget', () => {
  test.each([
    ['2026-11-23T05:00:00Z', '2026-11-23'], // Monday 00:00
    ['2026-11-23T04:59:59Z', '2026-11-16'], // Sunday 23:59
    ['2026-11-29T12:00:00Z', '2026-11-23'],
    ['2026-11-25T12:00:00Z', '2026-11-23'],
    ['2027-01-01T12:00:00Z', '2026-12-28'],
  ])('%s is in the week of %s', (now, monday) => {
    expect(budgetWeek(new Date(now)).monday).toBe(monday);
  });

  test.each([
    ['2026-11-25T12:00:00Z', '2026-11-23T05:00:00.000Z', '2026-11-30T05:00:00.000Z', 168],
    ['2026-03-05T12:00:00Z', '2026-03-02T05:00:00.000Z', '2026-03-09T04:00:00.000Z', 167],
    ['2026-10-29T12:00:00Z', '2026-10-26T04:00:00.000Z', '2026-11-02T05:00:00.000Z', 169],
  ])('the week of %s goes from %s to %s: %i hours', (now, start, end, hours) => {
    const week = budgetWeek(new Date(now));
    expect([week.start.toISOString(), week.end.toISOString()]).toEqual([start, end]);
    expect((week.end.getTime() - week.start.getTime()) / 3_600_000).toBe(hours);
  });
});

test('the poll is due at 7:00 on the wall in New York, in winter and in summer, Monday to Friday', () => {
  const due = dueTimes(new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'), ['intent']);
  const wall = due.map(({ at }) => formatInTimeZone(at, 'America/New_York', 'EEE HH:mm'));
  expect([...new Set(wall)].toSorted()).toEqual(['Fri 07:00', 'Mon 07:00', 'Thu 07:00', 'Tue 07:00', 'Wed 07:00']);
  expect(due).toHaveLength(261);
  const utc = due.map(({ at }) => at.toISOString().slice(11, 16));
  expect([...new Set(utc)].toSorted()).toEqual(['11:00', '12:00']);
});
