import { describe, expect, test } from '@jest/globals';
import { toRawLeads } from '../../connectors/csv/raw-leads.ts';
import { wantedFields } from '../../connectors/cole/options.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { atOnce } from '../../pipeline/turns.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { canonicalHeaders } from '../../pipeline/vocabulary.ts';

const read = (...lines: string[]) => atOnce(toRawLeads(atOnce(readCsv(Buffer.from(lines.join('\n'))))));

const fields = {
  First_Name: 'JOHN & JANE',
  Last_Name: 'SMITH',
  Address_1: '12 Main St',
  City: 'Frisco',
  State: 'TX',
  Zip: '75034',
  'Cell Phone Number': '2145550123',
  Email_Address: 'john@example.com',
  Purchase_Date: '11/10/2020',
  Home_Value: '$450,000',
  Head_Household: 'Y',
  Income: '$100K',
  Date_of_Birth: '01/02/1970',
};

const real =
  'First Name,Last Name,Address 1,Address 2,City,ST,ZIP,Phone,DNC,Purchase Date,Purchase Amount,Cell Phone,DNC Cell,Email Address,Est. Home Value,Race,Home Value,Investments,Investment Type,Date of Birth,Head Household,Net Worth,Income';
const sop = Object.values(fields)
  .map((value) => (value.includes(',') ? `"${value}"` : value))
  .join(',');

describe('header styles', () => {
  test('the 23 columns of a real export', () => {
    const raw = read(
      real,
      'JOHN & JANE,SMITH,12 Main St,,Frisco,TX,75034,9725550100,Y,11/10/2020,"$300,000",2145550123,,john@example.com,"$450,000",W,"$440,000",,,01/02/1970,Y,B,$100K',
    );
    expect(raw.leads).toEqual([{ line: 1, fields }]);
    expect(raw).toMatchObject({ headerStyle: '23 columns', dropped: ['Race'], quarantined: [] });
  });

  test.each([['Cell_Phone_Number'], ['Cell Phone Number']])('the 13 fields of the SOP, with %s', (cell) => {
    const headers = canonicalHeaders.map((header) => (header === 'Cell Phone Number' ? cell : header));
    const raw = read(headers.join(','), sop);
    expect(raw.leads).toEqual([{ line: 1, fields }]);
    expect(raw).toMatchObject({ headerStyle: '13 fields', dropped: [] });
  });

  test('Mailing and Property: the insured home is the property', () => {
    const raw = read(
      'First Name,Last Name,Mailing Address,Mailing City,Mailing State,Mailing ZIP,Property Address,Property City,Property State,Property ZIP,Cell Phone,Email,Home Value Estimate,Purchase Date,Head of Household,Income,Date of Birth',
      'JOHN & JANE,SMITH,PO Box 9,Austin,TX,78701,12 Main St,Frisco,TX,75034,2145550123,john@example.com,"$450,000",11/10/2020,Y,$100K,01/02/1970',
      'ANN,LEE,1 Elm St,Plano,TX,75023,,,,,,ann@example.com,"$450,000",11/10/2020,Y,,',
    );
    expect(raw.headerStyle).toBe('mailing and property');
    expect(raw.leads[0]?.fields).toEqual(fields);
    expect(raw.leads[1]?.fields).toMatchObject({ Address_1: '1 Elm St', City: 'Plano', State: 'TX', Zip: '75023' });
  });

  test('what our own choice in Cole’s field picker may be called is read back from the file', () => {
    for (const [index, { says }] of wantedFields.entries()) {
      for (const name of says.filter((one) => typeof one === 'string')) {
        const headers = canonicalHeaders.map((header, at) => (at === index ? name : header));
        expect({ name, fields: read(headers.join(','), sop).leads[0]?.fields }).toEqual({ name, fields });
      }
    }
  });

  test.each([
    ['Purchase_Date', 'Purchase_Date (MM/DD/YYYY)'],
    ['Address_1', 'Site Address'],
    ['Head_Household', 'Head of Household (Y/N)'],
    ['Income', 'Est. Household Income'],
    ['Cell Phone Number', 'Wireless Phone Number'],
  ])('%s may be called %s', (canonical, name) => {
    const headers = canonicalHeaders.map((header) => (header === canonical ? name : header));
    expect(read(headers.join(','), sop).leads).toEqual([{ line: 1, fields }]);
  });

  test('a zero byte in a cell does not get any further', () => {
    expect(read(canonicalHeaders.join(','), sop.replace('JOHN', 'JO\0HN')).leads).toEqual([{ line: 1, fields }]);
  });

  test('with only the mailing city beside a property address, that one is used', () => {
    const raw = read(
      'First Name,Last Name,Mailing Address,City,State,Mailing ZIP,Property Address,Email,Est. Value,Purchase Date,HOH',
      'JOHN,SMITH,PO Box 9,Frisco,TX,75034,12 Main St,john@example.com,450000,11/10/2020,Y',
    );
    expect(raw.leads[0]?.fields).toMatchObject({ Address_1: '12 Main St', City: 'Frisco', Zip: '75034' });
  });

  test('case, spaces and punctuation do not matter', () => {
    const headers = canonicalHeaders.map((header) => ` ${header.replaceAll(/[_ ]/g, ' - ').toUpperCase()}`);
    expect(read(headers.join(','), sop).leads).toEqual([{ line: 1, fields }]);
  });
});

describe('where a file has a field twice', () => {
  const other = [
    'Head_Household',
    'Email_Address',
    'Purchase_Date',
    'First_Name',
    'Last_Name',
    'Address_1',
    'City',
    'State',
    'Zip',
  ];
  const headers = (...more: string[]): string => [...more, ...other].join(',');
  const rest = 'Y,a@example.com,11/10/2020,Ann,Lee,1 Elm St,Plano,TX,75023';

  test('the estimate of the home value goes first, the bare one where it is blank', () => {
    const raw = read(headers('Home Value', 'Est. Home Value'), `1,2,${rest}`, `1,,${rest}`, `,,${rest}`);
    expect(raw.leads.map((lead) => lead.fields.Home_Value)).toEqual(['2', '1', '']);
  });

  test('a landline does not pass for a cell phone, unless the file has no cell column', () => {
    const both = read(headers('Home Value', 'Phone', 'Cell Phone'), `1,111,222,${rest}`, `1,111,,${rest}`);
    expect(both.leads.map((lead) => lead.fields['Cell Phone Number'])).toEqual(['222', '']);
    expect(read(headers('Home Value', 'Phone'), `1,111,${rest}`).leads[0]?.fields['Cell Phone Number']).toBe('111');
  });
});

describe('a file that cannot be used', () => {
  test('is refused with the names of the required columns that it lacks', () => {
    const refuse = (): unknown => read('First Name,Address,City,State,Phone,Email,Purchase Date,Home Value', 'x');
    expect(refuse).toThrow(InvalidInput);
    expect(refuse).toThrow('The file lacks the columns Last_Name, Zip, Head_Household (it has 8 columns)');
  });

  test('is refused without repeating a person, when its first line is one', () => {
    expect(() => read(sop)).toThrow(/lacks the columns First_Name, Last_Name/);
    expect(() => read(sop)).not.toThrow(/SMITH|john@example/);
  });

  test('is refused when it is empty', () => {
    expect(() => read('')).toThrow('The file is empty');
  });
});

test('short rows are quarantined as unreadable, and count with the others', () => {
  const raw = read(canonicalHeaders.join(','), sop, 'JOHN,SMITH,1 Elm', sop);
  expect(raw.leads.map(({ line }) => line)).toEqual([1, 3]);
  expect(raw.quarantined).toEqual([{ line: 2, fileLine: 3, columns: 3, reason: 'unreadable' }]);
});

test.each([
  ['Race', true],
  ['ETHNIC_CODE', true],
  ['EthnicGroup', true],
  ['Ethnicity', true],
  ['Race Code', true],
  ['Hispanic Flag', true],
  ['Terrace', false],
  ['Trace Id', false],
])('a column %s is one of race or ethnicity: %s', (header, is) => {
  const raw = read([...canonicalHeaders, header].join(','), `${sop},x`);
  expect(raw.dropped).toEqual(is ? [header] : []);
  expect(JSON.stringify(raw.leads)).not.toContain('"x"');
});
