import type { State } from '../../pipeline/vocabulary.ts';
import { option, type Option } from '../browser/words.ts';

/** How Cole's lists may name what we choose in them. */

const stateNames: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};

/** `TX` as `TX`, `Texas`, `TX - Texas`, `Texas (TX)`. */
export function stateOption(state: State): Option {
  const name = stateNames[state];
  if (name === undefined) return option(state);
  return {
    what: name,
    says: [
      state,
      name,
      new RegExp(`^${state}\\b(?=[^a-zA-Z]*${name})`),
      new RegExp(`^${name}\\s*[-–,(/|]+\\s*${state}\\b`),
      new RegExp(`^${name}\\s*\\(?[\\d,]*\\)?$`),
    ],
    type: [name, state],
  };
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 3 as `March`, `Mar`, `3`, `03`, `03 - March`, `March (3)`. */
export function monthOption(month: number): Option {
  const name = months[month - 1] ?? '';
  const short = name.slice(0, 3).toLowerCase();
  return {
    what: name,
    says: [
      name,
      short,
      ...(month === 9 ? ['sept'] : []),
      new RegExp(`^0?${month}\\b.*\\b${short}`),
      new RegExp(`^${short}[a-z]*\\W*\\b0?${month}\\b`),
      new RegExp(`^0?${month}$`),
    ],
    type: [name, String(month)],
  };
}

export const emailing = option(
  'Emailing',
  /^e-?mail(ing)?( (list|marketing|campaign|leads?|only|addresses))?s?$/,
  /\be-?mailing\b/,
  /^e-?mail\b/,
);

export const csvWithHeaders: Option = {
  what: 'CSV with headers',
  says: [
    /\b(csv|comma)\b.*(?<!\b(no|without) )\b(headers?|headings)\b(?!.*\b(no|without)\b)/,
    /^\.?csv$/,
    /^csv\b(?!.*\b(no|without)\b)/,
    /\bcsv\b(?!.*\b(no|without)\b)/,
    /\bcomma (separated|delimited)\b(?!.*\b(no|without)\b)/,
  ],
  type: ['CSV'],
};

const owner = '(?:(?:owner|contact|consumer|head|primary|individual|person)(?: 1)? )?';

/**
 * The 13 fields of the SOP as a field picker may name them, best first: exact names before kindred ones, because Cole's own
 * list holds both `Home Value` and `Est. Home Value`, both `Cell Phone` and `Phone`. Race is not among them, ever.
 */
export const wantedFields: readonly Option[] = [
  option('First_Name', 'First', 'Given Name', new RegExp(`^${owner}first name$`)),
  option('Last_Name', 'Last', 'Surname', 'Family Name', new RegExp(`^${owner}last name$`)),
  option(
    'Address_1',
    'Address 1',
    'Address',
    'Address Line 1',
    'Street Address',
    'Street',
    'Property Address',
    'Mailing Address',
    'Site Address',
    'Home Address',
    /^(property|mailing|site|street|home) address( line)?( 1)?$/,
  ),
  option('City', 'Property City', 'Mailing City', 'Site City', 'Town', 'City Name'),
  option('State', 'ST', 'Property State', 'Mailing State', 'Site State', 'State Code', 'State Abbreviation'),
  option(
    'Zip',
    'ZIP Code',
    'Postal Code',
    'Property ZIP',
    'Mailing ZIP',
    'ZIP5',
    /^(property|mailing|site) (zip|postal)( code)?$/,
  ),
  option(
    'Cell Phone Number',
    'Cell Phone',
    'Cell',
    'Cellphone',
    'Cellphone Number',
    'Mobile Phone',
    'Mobile',
    'Mobile Number',
    'Mobile Phone Number',
    'Wireless Phone',
    /^(cell|mobile|wireless)\b(?!.*\bdnc\b)/,
  ),
  option('Email_Address', 'Email', 'Email Address', 'Emails', /^(primary |consumer |best )?email( addresse?s?)?( 1)?$/),
  option(
    'Purchase_Date',
    'Purchase Date',
    'Home Purchase Date',
    'Date of Purchase',
    'Date Purchased',
    'Sale Date',
    'Home Sale Date',
    'X Date',
    'Purchase Date (MM/DD/YYYY)',
    /^(home |property )?(purchase|sale) date\b/,
  ),
  option(
    'Home_Value',
    'Home Value',
    'Est. Home Value',
    'Estimated Home Value',
    'Home Value Estimate',
    'Est Home Value',
    'Home Market Value',
    'Market Value',
    'Property Value',
    /\bhome (market )?value\b/,
  ),
  option(
    'Head_Household',
    'Head Household',
    'Head of Household',
    'Household Head',
    'HOH',
    'Head of House',
    /\bhead\b.*\bhouse/,
  ),
  option(
    'Income',
    'Household Income',
    'Est. Income',
    'Estimated Income',
    'Est. Household Income',
    'Income Range',
    'Annual Income',
    /^(est(imated)? )?(household |annual |family )?income\b/,
  ),
  option(
    'Date_of_Birth',
    'Date of Birth',
    'DOB',
    'Birth Date',
    'Birthdate',
    'Birthday',
    /\b(date of birth|birth date|dob)\b/,
  ),
];
