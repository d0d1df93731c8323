import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { writeCsv } from '../../connectors/csv/write.ts';
import { diallerColumns } from '../../pipeline/intent/dialler-columns.ts';
import { diallerPhone } from '../../pipeline/intent/dialler-phone.ts';
import { diallerRow, diallerRows, listSource } from '../../pipeline/intent/dialler-row.ts';
import { makeLead, type IntentLead } from '../../pipeline/intent/lead.ts';
import { contact, day, details, scored } from './samples.ts';

const batch = { batchId: 'HADES-20260129-001', at: new Date('2026-01-29T12:00:00Z') };

/** The cells of a lead by their columns. */
function cells(lead: IntentLead, owner = ''): Record<string, string> {
  const row = diallerRow(lead, batch, owner);
  return Object.fromEntries(diallerColumns.map((column, index) => [column, row[index] ?? 'missing']));
}

test('the file has the dialler’s 31 columns, in its order', () => {
  expect(diallerColumns.join(', ')).toBe(
    'List Source, Last Name, First Name, Title, Home, Email, Mobile, Company, Web site, Business, Number of Employees, ' +
      'Primary SIC, Primary Line of Business, Address, City, State, ZIP code, Square Footage, Contact Owner, Lead Source, ' +
      'Vending Business Name, Operator Name, Operator Phone #, Operator Email Address, Operator Zip Code, ' +
      'Operator Website Address, Best Appts Time, Unavailable for appointments, Team, Call Priority, Import Notes',
  );
  expect(diallerColumns).toHaveLength(31);
});

test('a lead fills every column that ZoomInfo knows, and leaves the others empty', () => {
  const company = scored({
    at: 87,
    age: 2,
    topic: 'Coffee Services',
    audience: 'B',
    day: day('2026-01-27'),
    company: { name: 'ACME INC', phone: '+12145550101', website: 'https://intent.example', employees: 10, sic: '9999' },
  });
  const person = contact({
    title: 'Director of Operations',
    levels: ['Director'],
    accuracy: 97,
    mobilePhone: '+12145550102',
    directPhone: '+12145550103',
    phone: '+12145550104',
    company: {
      name: 'Acme, Inc',
      website: 'https://www.acme.example',
      phone: '+12145550105',
      street: '12 Main St',
      city: 'Frisco',
      state: 'TX',
      zip: '75034',
      employees: 420,
      sic: '3599',
      industry: 'Manufacturing',
    },
  });
  expect(cells(makeLead(company, person, null), 'ann@agency.example')).toEqual({
    'List Source': 'ZoomInfo Jan 29 2026',
    'Last Name': 'Example',
    'First Name': 'Ann',
    Title: 'Director of Operations',
    Home: '(214) 555-0105',
    Email: 'ann@acme.example',
    Mobile: '(214) 555-0102',
    Company: 'Acme, Inc',
    'Web site': 'https://www.acme.example',
    Business: '(214) 555-0103',
    'Number of Employees': '420',
    'Primary SIC': '3599',
    'Primary Line of Business': 'Manufacturing',
    Address: '12 Main St',
    City: 'Frisco',
    State: 'TX',
    'ZIP code': '75034',
    'Square Footage': '',
    'Contact Owner': 'ann@agency.example',
    'Lead Source': 'ZoomInfo Intent - Coffee Services - 87 - 2d',
    'Vending Business Name': '',
    'Operator Name': '',
    'Operator Phone #': '',
    'Operator Email Address': '',
    'Operator Zip Code': '',
    'Operator Website Address': '',
    'Best Appts Time': '',
    'Unavailable for appointments': '',
    Team: '',
    // 0.6·87 + 0.15·85 + 0.15·100 + 0.1·100 = 89.95
    'Call Priority': 'High',
    'Import Notes':
      'Batch: HADES-20260129-001 | Score: 90 | Age: 2d | Company score: 87 | Topic: Coffee Services | Audience: B | Accuracy: 97',
  });
});

test('what the person’s record does not say comes from the company’s own, then from the signal', () => {
  const company = scored({ company: { name: 'Acme', phone: '+12145550101', employees: 300, sic: '4213' } });
  const person = contact({ company: { phone: null } });
  const own = details({ name: 'Acme Tool', street: '1 Elm St', zip: '07034', employees: 280, industry: 'Trucking' });
  expect(cells(makeLead(company, person, own))).toMatchObject({
    Company: 'Acme Tool',
    Address: '1 Elm St',
    'ZIP code': '07034',
    'Number of Employees': '280',
    'Primary SIC': '4213',
    'Primary Line of Business': 'Trucking',
    Home: '(214) 555-0101',
  });
  expect(cells(makeLead(company, person, null))).toMatchObject({ Company: 'Acme', 'Number of Employees': '300' });
});

describe('phones', () => {
  test.each([
    ['+12145550142', '(214) 555-0142'],
    ['+442079460000', ''],
    ['2145550142', ''],
    [null, ''],
  ])('%s is dialled as "%s"', (phone, dialled) => {
    expect(diallerPhone(phone)).toBe(dialled);
  });

  test('Business is the direct line, else the other phone; one abroad gives its place to the next', () => {
    const business = (direct: string | null, phone: string | null) =>
      cells(makeLead(scored(), contact({ directPhone: direct, phone }), null)).Business;
    expect(business('+12145550101', '+12145550102')).toBe('(214) 555-0101');
    expect(business(null, '+12145550102')).toBe('(214) 555-0102');
    expect(business('+442079460000', '+12145550102')).toBe('(214) 555-0102');
    expect(business(null, null)).toBe('');
  });
});

test.each([
  ['2026-01-29T12:00:00Z', 'ZoomInfo Jan 29 2026'],
  ['2026-02-05T12:00:00Z', 'ZoomInfo Feb 5 2026'],
  ['2026-03-02T04:30:00Z', 'ZoomInfo Mar 1 2026'],
])('a file of %s is from %s, by New York’s calendar', (at, source) => {
  expect(listSource(new Date(at))).toBe(source);
});

test('owners take the leads in turn', () => {
  const leads = Array.from({ length: 5 }, () => makeLead(scored(), contact(), null));
  const column = diallerColumns.indexOf('Contact Owner');
  const owners = (list: readonly string[], before = 0) =>
    diallerRows(leads, batch, list, before).map((row) => row[column]);
  expect(owners(['a', 'b'])).toEqual(['a', 'b', 'a', 'b', 'a']);
  // The next batch goes on where the last one ended.
  expect(owners(['a', 'b', 'c'], 5)).toEqual(['c', 'a', 'b', 'c', 'a']);
  expect(owners([])).toEqual(['', '', '', '', '']);
});

test('the file that is written computes nothing in a spreadsheet, and keeps phones and zeros', () => {
  const person = contact({
    firstName: '=HYPERLINK("http://evil.example")',
    lastName: '+1+1',
    title: '@SUM(A1)',
    company: { name: '-2+3 Holdings', zip: '07034' },
  });
  const rows = diallerRows([makeLead(scored(), person, null)], batch, ['ann@agency.example'], 0);
  const [head, cellsRead = []] = parse(writeCsv(diallerColumns, rows));
  expect(head).toEqual(diallerColumns);
  expect(cellsRead).toHaveLength(31);
  expect(cellsRead.slice(0, 10)).toEqual([
    'ZoomInfo Jan 29 2026',
    "'+1+1",
    '\'=HYPERLINK("http://evil.example")',
    "'@SUM(A1)",
    '',
    'ann@acme.example',
    '',
    "'-2+3 Holdings",
    '',
    '(214) 555-0142',
  ]);
  expect(cellsRead[16]).toBe('07034');
});
