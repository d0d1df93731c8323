import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evergreenTitle } from '../../pipeline/evergreen-title.ts';
import { addMonths } from '../../pipeline/month.ts';
import { dueMonday, windowBefore, windowDueOn, windowOf, windowsOf } from '../../pipeline/renewal.ts';
import { isLate, monthsDue, openWindows, windowsToAttach } from '../../pipeline/uploads/due.ts';
import { isPersonal } from '../../pipeline/uploads/personal-domains.ts';
import { explainShortfall } from '../../pipeline/uploads/shortfall.ts';
import { judgeTitle } from '../../pipeline/uploads/title.ts';
import { day, month } from '../support/branded.ts';

const aWindow = fc
  .tuple(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 0, max: 3 }))
  .map(([months, index]) => windowsOf(addMonths(month('2025-12'), months))[index as 0 | 1 | 2 | 3]);
const dash = fc.constantFrom('-', '–', '—', ' - ');

describe('the calendar of a Monday', () => {
  test('a month is first due on the Monday of its first window, and again on every Monday until it is over', () => {
    fc.assert(
      fc.property(aWindow, (window) => {
        const [first, , , last] = windowsOf(window.month);
        const monday = dueMonday(window);
        const due = monthsDue(monday).find(({ month }) => month === window.month);
        expect(due).toEqual({ month: window.month, first: window.index === 1 });
        expect(dueMonday(first) <= monday && last.end >= monday).toBe(true);
      }),
    );
  });

  test('windows to attach are those due by now, each once, oldest first', () => {
    fc.assert(
      fc.property(aWindow, fc.array(aWindow, { maxLength: 8 }), (window, unattached) => {
        const monday = dueMonday(window);
        const found = windowsToAttach(monday, unattached).map(({ start }) => start);
        expect(found).toEqual([...new Set(found)].toSorted());
        expect(found).toContain(windowDueOn(monday)?.start);
        for (const one of unattached) expect(found.includes(one.start)).toBe(dueMonday(one) <= monday);
      }),
    );
  });

  test('a window that begins in 14 days is caught up, one in 13 is asked about', () => {
    const window = windowOf(day('2027-03-15'));
    expect(isLate(window, day('2027-03-01'), 14)).toBe(false);
    expect(isLate(window, day('2027-03-02'), 14)).toBe(true);
  });

  test('a window is open until its last day', () => {
    expect(openWindows(month('2027-03'), day('2027-03-14')).map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(openWindows(month('2027-03'), day('2027-03-31')).map(({ index }) => index)).toEqual([4]);
  });
});

describe('a title held against the ledger', () => {
  test('the one we left is agreed on, whatever dash and case somebody gave it', () => {
    fc.assert(
      fc.property(aWindow, dash, fc.boolean(), (window, between, shout) => {
        const before = windowBefore(window);
        const written = evergreenTitle(before).replace('–', between);
        const ledger = { title: evergreenTitle(before), windowStart: before.start };
        const judged = judgeTitle(shout ? written.toUpperCase() : written, window, ledger);
        expect(judged).toEqual({ doubt: null, note: null, titleWindow: window });
      }),
    );
  });

  test('another one is a doubt, and without a ledger only a title that names this window or a later one', () => {
    const window = windowOf(day('2027-03-08'));
    const ledger = { title: 'Evergreen, Last Upload: March 1–7', windowStart: day('2027-03-01') };
    expect(judgeTitle('Evergreen, Last Upload: February 1–7', window, ledger).doubt).toMatch(/I left it as/);
    expect(judgeTitle('Evergreen, Last Upload: March 8–14', window, null).doubt).toMatch(/did not put it there/);
    expect(judgeTitle('Evergreen', window, null).doubt).toMatch(/names no renewal window/);
    expect(judgeTitle('Evergreen, Last Upload: March 1–7', window, null).doubt).toBeNull();
    expect(judgeTitle('Evergreen, Last Upload: February 8–14', window, null)).toMatchObject({ doubt: null });
  });

  test('a window that is caught up never turns the title back', () => {
    fc.assert(
      fc.property(aWindow, aWindow, (window, last) => {
        const ledger = { title: evergreenTitle(last), windowStart: last.start };
        const { titleWindow } = judgeTitle(evergreenTitle(last), window, ledger);
        expect(titleWindow.start).toBe(window.start > last.start ? window.start : last.start);
      }),
    );
  });
});

describe('a shortfall is explained', () => {
  const counts = { sent: 10, accepted: 10, failed: 0, errors: [], personal: 0 };
  test.each([
    [{}, null],
    [{ accepted: null }, 'Bison does not show how many it took.'],
    [{ accepted: 12 }, 'Bison shows 12, more than were sent: somebody added to the list.'],
    [
      { accepted: 9, failed: 1, errors: ['Row 7: The email field is wrong.'] },
      '1 was refused (“The email field is wrong.”).',
    ],
    [
      { accepted: 6, personal: 4 },
      '4 were passed over: exactly those at personal domains, which this workspace does not allow.',
    ],
    [
      { accepted: 7, failed: 1, personal: 5 },
      '1 was refused; 2 were passed over without a reason; 5 of those sent are at personal domains, which a workspace skips unless it allows them.',
    ],
  ])('%j', (change, words) => {
    expect(explainShortfall({ ...counts, ...change })).toBe(words);
  });

  test('the hosts of people’s own mail are known, whatever their case', () => {
    expect(['a@GMail.com', 'a@comcast.net', 'a@lane.example', 'a@notgmail.com'].map(isPersonal)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
