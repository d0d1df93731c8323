import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { householdKey, normaliseAddress } from '../../pipeline/normalise/address.ts';
import { parseDay } from '../../pipeline/normalise/day.ts';
import { emailAddress } from '../../pipeline/normalise/email.ts';
import { isHeadOfHousehold } from '../../pipeline/normalise/head-household.ts';
import { wholeDollars } from '../../pipeline/normalise/money.ts';
import { phoneNumber } from '../../pipeline/normalise/phone.ts';
import { stateCode } from '../../pipeline/normalise/state.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';

test.each([
  ['75034', '75034'],
  ['7034', '07034'],
  ['501', '00501'],
  ['71022900', '07102'],
  ['071022900', '07102'],
  ['6012900', '00601'],
  ['07102-2900', '07102'],
  ['7102-2900', '07102'],
  ['07102 2900', '07102'],
  ['07102.0', '07102'],
  ['7034.0', '07034'],
  [' 75034 ', '75034'],
  ['', null],
  ['0', null],
  ['00000', null],
  ['123456', null],
  ['75034-', null],
  ['TX 75034', null],
  ['7503A', null],
  ['1234567890', null],
])('ZIP %j is %j', (exported, zip) => {
  expect(fiveDigits(exported)).toBe(zip);
});

test.each([
  [' John.Smith@Example.COM ', 'john.smith@example.com'],
  ['mailto:jo@example.com', 'jo@example.com'],
  ['<jo@example.com>', 'jo@example.com'],
  ['jo@example.com;', 'jo@example.com'],
  ['<jo@example.com;,;>', 'jo@example.com'],
  [`jo@example.com${';'.repeat(500)}`, 'jo@example.com'],
  // A damaged row: what would be read for minutes is no address.
  [`jo@example.com${';'.repeat(1_000_000)}`, null],
  [`${';'.repeat(1_000_000)}x`, null],
  ['"jo@example.com', 'jo@example.com'],
  ["o'neil+home@mail.example.org", "o'neil+home@mail.example.org"],
  ['', null],
  ['jo', null],
  ['jo@', null],
  ['jo@example', null],
  ['jo@@example.com', null],
  ['jo smith@example.com', null],
  ['.jo@example.com', null],
  ['jo@example.com, ann@example.com', null],
  ['"jo smith"@example.com', null],
  ['josé@example.com', null],
  ['jo@[127.0.0.1]', null],
])('e-mail %j is %j', (exported, email) => {
  expect(emailAddress(exported)).toBe(email);
});

test.each([
  ['(623) 555-0139', '+16235550139'],
  ['6235550139', '+16235550139'],
  ['1-623-555-0139', '+16235550139'],
  ['+1 623 555 0139', '+16235550139'],
  ['6235550139.0', '+16235550139'],
  // Fictional numbers, in a real area code and in none.
  ['555-555-0123', '+15555550123'],
  ['', null],
  ['555-0123', null],
  ['000-000-0000', null],
  ['1112223333', null],
  ['9999999999', null],
  ['unknown', null],
])('phone %j is %j', (exported, phone) => {
  expect(phoneNumber(exported)).toBe(phone);
});

test.each([
  ['08/03/2023', '2023-08-03'],
  ['8/3/2023', '2023-08-03'],
  ['8/3/23', '2023-08-03'],
  ['8/3/85', '1985-08-03'],
  ['2023-08-03', '2023-08-03'],
  ['2023-08-03T23:30:00Z', '2023-08-03'],
  ['2023-08-03 00:00:00', '2023-08-03'],
  ['7/5/2020 12:00 AM', '2020-07-05'],
  ['20200705', '2020-07-05'],
  ['3-Aug-2023', '2023-08-03'],
  ['August 3rd, 2023', '2023-08-03'],
  ['02/29/2020', '2020-02-29'],
  ['02/29/2021', null],
  ['02/30/2020', null],
  ['13/01/2020', null],
  ['00/00/0000', null],
  ['2020', null],
  ['43831', null],
  ['', null],
  ['soon', null],
])('day %j is %j', (exported, day) => {
  expect(parseDay(exported)).toBe(day);
});

test('every real day of two centuries is read back, however it is written, in any time zone', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10);
      const [year = '', month = '', number = ''] = day.split('-');
      expect(parseDay(`${month}/${number}/${year}`)).toBe(day);
      expect(parseDay(`${Number(month)}/${Number(number)}/${year} 12:00 AM`)).toBe(day);
      expect(parseDay(day)).toBe(day);
    }),
  );
});

test.each([
  ['$1,250,000', 1_250_000],
  ['1250000.00', 1_250_000],
  ['900000.4', 900_000],
  ['$ 450,000', 450_000],
  ['USD 450000', 450_000],
  ['1.25M', 1_250_000],
  ['950K', 950_000],
  ['$0', 0],
  ['', null],
  ['n/a', null],
  ['-5', null],
  ['$500,000 - $549,999', null],
  ['1,25,000', null],
  ['9725550123', null],
])('%j is %j dollars', (exported, dollars) => {
  expect(wholeDollars(exported)).toBe(dollars);
});

test.each([
  ['Y', true],
  ['Yes', true],
  ['H', true],
  ['1', true],
  ['', false],
  ['  ', false],
  ['N', false],
  ['no', false],
  ['NO ', false],
  ['False', false],
  ['0', false],
])('head of household %j: %j', (exported, head) => {
  expect(isHeadOfHousehold(exported)).toBe(head);
});

test.each([
  ['tx', 'TX'],
  ['Texas', 'TX'],
  ['TX', 'TX'],
  ['District of Columbia', 'DC'],
  ['', ''],
])('state %j is %j', (exported, state) => {
  expect(stateCode(exported)).toBe(state);
});

test.each([
  ['97 Clinton Avenue, Apt. 99', '97 CLINTON AVE # 99'],
  ['97 Clinton Ave Unit 99', '97 clinton ave apt 99'],
  ['12 North Main Street', '12 N. Main St'],
  ['1 Saint Johns Rd', '1 St. John’s Road'],
  ['4913 N 108th Ave', '4913  N  108TH  AVENUE'],
])('%j and %j are one address', (one, other) => {
  expect(normaliseAddress(one)).toBe(normaliseAddress(other));
  expect(householdKey('jo@example.com', one)).toBe(householdKey('jo@example.com', other));
});

test('two flats of one house, and two people of one flat, are two households', () => {
  expect(normaliseAddress('97 Clinton Ave # 9')).not.toBe(normaliseAddress('97 Clinton Ave # 99'));
  expect(householdKey('jo@example.com', '1 Elm St')).not.toBe(householdKey('ann@example.com', '1 Elm St'));
});
