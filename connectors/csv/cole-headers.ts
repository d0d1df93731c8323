import { InvalidInput } from '../../pipeline/errors.ts';
import type { CanonicalHeader } from '../../pipeline/vocabulary.ts';
import { columnsNamed, firstFilled, headerKey } from './columns.ts';

/** The styles of docs/vendors.md#cole-columns, by what only they have. */
export type HeaderStyle = '23 columns' | '13 fields' | 'mailing and property' | 'other';

type Place = 'Address_1' | 'City' | 'State' | 'Zip';

/**
 * Names of each field as header keys, preferred first. Where a file has several, a row takes the first that holds
 * something: an estimate of today's value before the bare `Home Value`. What was paid for the home is no home value.
 */
const names: Readonly<Record<Exclude<CanonicalHeader, Place | 'Cell Phone Number'>, readonly string[]>> = {
  First_Name: ['firstname', 'first', 'fname', 'givenname', 'ownerfirstname', 'owner1firstname', 'contactfirstname'],
  Last_Name: ['lastname', 'last', 'lname', 'surname', 'familyname', 'ownerlastname', 'owner1lastname'],
  Email_Address: ['emailaddress', 'email', 'emailaddress1', 'email1', 'emails', 'mail', 'owneremail', 'contactemail'],
  Purchase_Date: [
    ...['purchasedate', 'dateofpurchase', 'homepurchasedate', 'propertypurchasedate', 'datepurchased'],
    ...['lastpurchasedate', 'saledate', 'homesaledate', 'propertysaledate', 'lastsaledate', 'xdate'],
  ],
  Home_Value: [
    ...['esthomevalue', 'estimatedhomevalue', 'homevalueestimate', 'homevalueest', 'estvalue', 'estimatedvalue'],
    ...['homevalue', 'currenthomevalue', 'propertyvalue', 'homemarketvalue', 'marketvalue'],
  ],
  Head_Household: ['headhousehold', 'headofhousehold', 'headofhouse', 'householdhead', 'hoh'],
  Income: [
    ...['income', 'householdincome', 'estincome', 'estimatedincome', 'esthouseholdincome', 'estimatedhouseholdincome'],
    ...['hhincome', 'incomerange', 'annualincome', 'annualhouseholdincome', 'familyincome'],
  ],
  Date_of_Birth: ['dateofbirth', 'dob', 'birthdate', 'birthday', 'birth'],
};

const cellNames = [
  ...['cellphonenumber', 'cellphone', 'cellnumber', 'cell', 'mobilephonenumber', 'mobilephone', 'mobilenumber'],
  ...['mobile', 'wirelessphonenumber', 'wirelessphone', 'wirelessnumber', 'wireless'],
];
/** Only for a file without a cell column: a landline in one row must not pass for a cell phone in a file that has some. */
const phoneNames = ['phone', 'phonenumber', 'telephone', 'telephonenumber', 'homephone'];

/**
 * The insured home is the property, so its address goes before a plain one, and that before the mailing address. A row
 * takes all four from the first that has an address: a street of one and a city of another would be no place.
 */
const places: readonly Readonly<Record<Place, readonly string[]>>[] = [
  ...['property', 'site', 'situs', 'home', '', 'mailing'],
].map((prefix) => {
  const named = (...keys: string[]): readonly string[] => keys.map((key) => `${prefix}${key}`);
  return {
    Address_1: named('address1', 'address', 'streetaddress', 'street', 'addressline1', 'streetaddress1'),
    City: named('city', 'cityname', 'town'),
    State: named('state', 'st', 'statecode', 'stateabbreviation'),
    Zip: named('zip', 'zipcode', 'zip5', 'postalcode', 'postcode', 'zippostalcode'),
  };
});

/** Without these nobody could judge a row. The other three may be missing: they are passed on, never asked about. */
const required: readonly CanonicalHeader[] = [
  ...(['First_Name', 'Last_Name', 'Address_1', 'City', 'State', 'Zip'] as const),
  ...(['Email_Address', 'Purchase_Date', 'Home_Value', 'Head_Household'] as const),
];

/** Never stored, passed on or used (docs/vendors.md#cole-columns). */
const raceOrEthnicity = /\b(?:race|racial|ethnic\w*|ethnicity|hispanic|nationality|national origin)\b/i;

export type ColeColumns = {
  readonly style: HeaderStyle;
  readonly valueOf: (header: CanonicalHeader, values: readonly string[]) => string;
  /** Race and ethnicity columns that the file has. */
  readonly dropped: readonly string[];
};

/**
 * Finds our 13 fields among a file's headers.
 * @throws InvalidInput naming the required columns that are missing. It does not repeat the headers found: in a file
 *   without a header line they are a person.
 */
export function coleColumns(headers: readonly string[]): ColeColumns {
  const single = Object.entries(names).map(([header, keys]) => [header, columnsNamed(headers, keys)] as const);
  const cell = columnsNamed(headers, cellNames);
  const columns = new Map<string, readonly number[]>([
    ...single,
    ['Cell Phone Number', cell.length > 0 ? cell : columnsNamed(headers, phoneNames)],
  ]);
  const groups = places.map((group) => ({
    Address_1: columnsNamed(headers, group.Address_1),
    City: columnsNamed(headers, group.City),
    State: columnsNamed(headers, group.State),
    Zip: columnsNamed(headers, group.Zip),
  }));

  const isThere = (header: CanonicalHeader): boolean =>
    isPlace(header) ? groups.some((group) => group[header].length > 0) : (columns.get(header) ?? []).length > 0;
  const missing = required.filter((header) => !isThere(header));
  if (missing.length > 0) {
    throw new InvalidInput(
      headers.length === 0
        ? 'The file is empty, or has no header line that can be read'
        : `The file lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')} (it has ${headers.length} columns)`,
      { todo: 'Export it again with headers and the 13 fields. Nothing of this file was used.' },
    );
  }

  const placeOf = (header: Place, values: readonly string[]): string => {
    const used = groups.findIndex((group) => firstFilled(values, group.Address_1) !== '');
    const inOrder = used < 0 ? groups : [...groups.slice(used), ...groups.slice(0, used)];
    const group = inOrder.find((one) => one[header].length > 0);
    return group ? firstFilled(values, group[header]) : '';
  };
  return {
    style: styleOf(headers),
    valueOf: (header, values) =>
      isPlace(header) ? placeOf(header, values) : firstFilled(values, columns.get(header) ?? []),
    dropped: headers.filter((header) => raceOrEthnicity.test(inWords(header))),
  };
}

function isPlace(header: CanonicalHeader): header is Place {
  return header === 'Address_1' || header === 'City' || header === 'State' || header === 'Zip';
}

function styleOf(headers: readonly string[]): HeaderStyle {
  const keys = new Set(headers.map(headerKey));
  if ([...keys].some((key) => key.startsWith('property') || key.startsWith('mailing'))) return 'mailing and property';
  if (headers.some((header) => header.trim() === 'First_Name')) return '13 fields';
  return keys.has('esthomevalue') && keys.has('st') ? '23 columns' : 'other';
}

/** `EthnicCode`, `ETHNIC_CODE` → `Ethnic Code`, `ETHNIC CODE`. */
function inWords(header: string): string {
  return header.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[^A-Za-z0-9]+/g, ' ');
}
