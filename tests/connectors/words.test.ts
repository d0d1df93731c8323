import { expect, test } from '@jest/globals';
import { fit, inGroup, ladder, never } from '../../connectors/browser/ladder.ts';
import type { Seen } from '../../connectors/browser/seen.ts';
import { pick, plain, says, withoutSecrets, type Option } from '../../connectors/browser/words.ts';
import { monthOption, stateOption, wantedFields } from '../../connectors/cole/options.ts';

test.each([
  ['ZIP_Codes: *', 'zip codes'],
  ['E-mail Address (required)', 'email address'],
  ['ZipCode', 'zip code'],
  ['Save & run 12,345 rows', 'save and run 12345 rows'],
  ['⚙ Advanced options ▾', 'advanced options'],
])('%s is plainly "%s"', (shown, words) => {
  expect(plain(shown)).toBe(words);
});

test('a label is known in any case, punctuation and number, and before its value', () => {
  for (const text of ['ZIP codes', 'Zip Code:', 'zip_codes', 'ZIPCODES *', 'ZIP codes: 75034'])
    expect(says(text, 'ZIP codes')).toBe(true);
  for (const text of ['ZIP code radius', 'Exclude ZIP codes', '']) expect(says(text, 'ZIP codes')).toBe(false);
});

const shown = (things: readonly string[], wanted: Option) => pick(things, wanted, (text) => [text])[0];

test('a state is known by its code, its name and both together, and not by its neighbour', () => {
  for (const text of ['TX', 'Texas', 'TX - Texas', 'Texas (TX)', 'Texas, TX']) {
    expect(shown(['KS', 'Kansas', text], stateOption('TX'))).toBe(text);
  }
  expect(shown(['West Virginia', 'Virginia'], stateOption('VA'))).toBe('Virginia');
  expect(shown(['Arkansas'], stateOption('KS'))).toBeUndefined();
  expect(shown(['All states IN the US'], stateOption('IN'))).toBeUndefined();
});

test('a month is known by name, short name and number, and not by another number', () => {
  for (const text of ['March', 'Mar', 'Mar.', '3', '03', '03 - March', 'March (3)']) {
    expect(shown(['February', '13', '30', text], monthOption(3))).toBe(text);
  }
  expect(shown(['10', '11', '12', '1'], monthOption(1))).toBe('1');
  expect(shown(['Sept'], monthOption(9))).toBe('Sept');
});

test.each([
  [
    'the 23 columns',
    'First Name,Last Name,Address 1,City,ST,ZIP,Cell Phone,Email Address,Purchase Date,Home Value,Head Household,Income,Date of Birth',
    'Address 2,Phone,DNC,Purchase Amount,DNC Cell,Est. Home Value,Race,Investments,Investment Type,Net Worth',
  ],
  [
    'underscores',
    'First_Name,Last_Name,Address_1,City,State,Zip,Cell_Phone_Number,Email_Address,Purchase_Date,Home_Value,Head_Household,Income,Date_of_Birth',
    'Address_2,Phone',
  ],
  [
    'other words',
    'Owner First Name,Owner Last Name,Street Address,City,State,ZIP Code,Mobile Phone,Email,Home Purchase Date,Est. Home Value,Head of Household,Household Income,DOB',
    'Ethnicity,Mail Carrier Route',
  ],
])('the 13 fields are found among %s, each once', (_style, ours, others) => {
  const offered = [...others.split(','), ...ours.split(',')];
  expect(wantedFields.map((field) => shown(offered, field))).toEqual(ours.split(','));
});

test("a page's own words lose addresses, long numbers and secrets", () => {
  expect(
    withoutSecrets('No account kim@agency.example (call 1-800-555-0100), password hunter22 wrong', ['hunter22']),
  ).toBe('No account ••• (call •••), password ••• wrong');
});

const seen = (words: Partial<Seen>): Seen => ({
  id: 1,
  clickId: 1,
  frame: 0,
  kind: 'text',
  own: [],
  near: [],
  hints: [],
  groups: [],
  attributes: '',
  value: '',
  type: 'text',
  checked: null,
  expanded: null,
  popup: false,
  disabled: false,
  readOnly: false,
  multiple: false,
  choices: [],
  min: '',
  max: '',
  lineage: [],
  look: '',
  place: 'page',
  box: { x: 0, y: 0, width: 1, height: 1 },
  ...words,
});

test('the first rung that matches wins, its own words before those beside it', () => {
  const month = ladder('month', 'Purchase month', inGroup(/purchase/, /month/), never(/birth/));
  expect(fit(seen({ own: ['Purchase month'] }), month)).toEqual({ rung: 0, distance: 0 });
  expect(fit(seen({ near: ['Purchase Month:'] }), month)).toEqual({ rung: 0, distance: 1 });
  expect(fit(seen({ own: ['Month'], groups: ['Purchase date'] }), month)?.rung).toBe(1);
  expect(fit(seen({ own: ['Month'], groups: ['Date of birth'] }), month)).toBeNull();
  expect(fit(seen({ own: ['Birth purchase month'] }), month)).toBeNull();
});
