import { expect, test } from '@jest/globals';
import { normaliseRow } from '../../pipeline/normalise/row.ts';
import type { RawFields } from '../../pipeline/vocabulary.ts';

const exported: RawFields = {
  First_Name: 'JOHN & JANE',
  Last_Name: 'MCDONALD',
  Address_1: ' 12  Main St ',
  City: 'Montclair',
  State: 'New Jersey',
  Zip: '7042',
  'Cell Phone Number': '(973) 555-0164',
  Email_Address: ' JOHN@EXAMPLE.COM ',
  Purchase_Date: '11/10/2020',
  Home_Value: '$1,250,000',
  Head_Household: ' Y ',
  Income: '$100,000 - $149,999',
  Date_of_Birth: '1/2/1970',
};

test('a row comes out in one spelling', () => {
  expect(normaliseRow(exported)).toEqual({
    firstName: 'John & Jane',
    greetingName: 'John',
    lastName: 'McDonald',
    address: '12 Main St',
    city: 'Montclair',
    state: 'NJ',
    zip: '07042',
    phone: '+19735550164',
    phoneBlanked: false,
    email: 'john@example.com',
    purchaseDate: '2020-11-10',
    homeValue: 1_250_000,
    headHousehold: 'Y',
    income: '$100,000 - $149,999',
    dateOfBirth: '1970-01-02',
  });
});

test('a bad phone is blanked and counted, a missing one only missing', () => {
  expect(normaliseRow({ ...exported, 'Cell Phone Number': '555-01' })).toMatchObject({
    phone: null,
    phoneBlanked: true,
  });
  expect(normaliseRow({ ...exported, 'Cell Phone Number': '' })).toMatchObject({ phone: null, phoneBlanked: false });
});

test('a home worth $0 is a home of unknown worth', () => {
  expect(normaliseRow({ ...exported, Home_Value: '$0' }).homeValue).toBeNull();
});

test('a row without a state lies in the state of its ZIP', () => {
  expect(normaliseRow({ ...exported, State: '', Zip: '75034' }).state).toBe('TX');
});
