import { describe, expect, test } from '@jest/globals';
import { fields, nameFor } from '../../connectors/bison/fields.ts';
import { listStatus } from '../../connectors/bison/schema.ts';
import { isWorkspace } from '../../connectors/bison/web/portal.ts';
import { countIn, countOf, dayIn, figureIn, idIn, isNamed } from '../../connectors/bison/web/reading.ts';
import type { Leaf } from '../../connectors/browser/seen.ts';
import { madeSince, uploadFields } from '../../pipeline/ports/bison.ts';

const name = '(February 1st - 7th renewals)';

describe('a list’s name among other words', () => {
  test.each([
    '',
    ' · 3,750 contacts · Jan 4, 2027',
    ' (3,750)',
    ' 3,750 contacts',
    ': 12 leads',
    ' — processed',
    ' [12]',
  ])('is the same list with "%s" behind it', (more) =>
    expect(isNamed(`${name.toUpperCase()}${more}`, name)).toBe(true),
  );
  test.each([' 2', ' 2 · 10 contacts', ' 2 (10)', ' 2027', ' b', 's'])('is another list with "%s" behind it', (more) =>
    expect(isNamed(`${name}${more}`, name)).toBe(false),
  );
  test('is not found in the middle of a text', () => expect(isNamed(`Old ${name}`, name)).toBe(false));
});

test.each([
  ['Jan 4, 2027', '2027-01-04'],
  ['Created January 4th, 2027 at 9:00', '2027-01-04'],
  ['4 Jan 2027', '2027-01-04'],
  ['1/4/2027', '2027-01-04'],
  ['2027-01-04', '2027-01-04'],
  ['2027-01-04T09:00:00-06:00', '2027-01-04T15:00:00.000Z'],
  ['3 days ago', null],
  ['(February 1st - 7th renewals)', null],
])('"%s" names the day %s', (text, day) => expect(dayIn(text)).toBe(day));

test.each([
  [{ links: ['/contacts/lists/311'], marks: [] }, '311'],
  [{ links: ['https://bison.example:8443/app/lists?id=12#top'], marks: [] }, '12'],
  [{ links: ['/lists/4b1c7d3e-2f55-4a1c-9e0b-6d2a8f7c1e90/edit'], marks: [] }, '4b1c7d3e-2f55-4a1c-9e0b-6d2a8f7c1e90'],
  [{ links: ['/lists'], marks: ['campaign-41'] }, '41'],
  [{ links: [], marks: ['row', '7'] }, '7'],
  [{ links: ['/contacts'], marks: ['open-menu'] }, null],
])('the id in %j is %s', (row, id) => expect(idIn(row)).toBe(id));

test.each([
  ['Unprocessed', 'unprocessed'],
  ['Queued for import', 'unprocessed'],
  ['Processing 26%', 'processing'],
  ['Processed', 'processed'],
  ['Completed', 'processed'],
  ['Failed', 'failed'],
  ['Frobnicated', null],
])('a list that is "%s" is %s', (words, status) => expect(listStatus(words)).toBe(status));

describe('a workspace’s name', () => {
  test.each([
    ['Lakeside Insurance Group', 'Lakeside Insurance Group', true],
    ['Client portal: Lakeside Insurance Group', 'Lakeside Insurance Group', true],
    ['Lakeside Insurance Group #7', 'Lakeside Insurance Group', true],
    ['Lakeside Insurance Group #7', '7', true],
    ['Lakeside Insurance Group ▾', 'lakeside-insurance-group', true],
    ['Lakeside Insurance Group 2', 'Lakeside Insurance Group', false],
    ['Lakeside', 'Lakeside Insurance Group', false],
    ['Prairie #17', '7', false],
  ])('"%s" is "%s": %s', (text, workspace, same) => expect(isWorkspace(text, workspace)).toBe(same));
});

describe('figures', () => {
  let next = 100;
  const leaf = (text: string, lineage: readonly number[], x = 0, y = 0): Leaf => ({
    id: (next += 1),
    frame: 0,
    text,
    kind: 'div',
    place: 'page',
    lineage,
    href: '',
    box: { x, y, width: 50, height: 20 },
  });
  const failed = /^failed$/i;
  const done = /^succeeded$/i;

  test('stand under their labels or over them, each in a box of its own', () => {
    const under = [leaf('Succeeded', [1, 9]), leaf('3,750', [1, 9]), leaf('Failed', [2, 9]), leaf('1', [2, 9])];
    const over = [leaf('3,750', [1, 9]), leaf('Succeeded', [1, 9]), leaf('1', [2, 9]), leaf('Failed', [2, 9])];
    for (const leaves of [under, over]) expect([figureIn(leaves, done), figureIn(leaves, failed)]).toEqual([3_750, 1]);
  });
  test('stand beside their labels without a box of their own: the nearest is meant', () => {
    const leaves = [
      leaf('Succeeded', [9], 0, 0),
      leaf('3,750', [9], 0, 20),
      leaf('Failed', [9], 100, 0),
      leaf('1', [9], 100, 20),
    ];
    expect([figureIn(leaves, done), figureIn(leaves, failed)]).toEqual([3_750, 1]);
  });
  test('stand in one text with their labels, before or after', () => {
    expect(figureIn([leaf('Failed: 12', [1])], failed)).toBe(12);
    expect(figureIn([leaf('3,750 succeeded', [1])], done)).toBe(3_750);
    expect(figureIn([leaf('Up to 50,000 contacts in a file', [1])], failed)).toBeNull();
  });
  test('12,345 is one number', () => {
    expect(countIn('12,345 contacts')).toBe(12_345);
    expect(countIn('January 22–31')).toBeNull();
  });
  test('of a row stand under a column’s head, or say what they are', () => {
    // Each cell as what stands in it and the head above it.
    const contactsOf = (...cells: readonly (readonly [string, string])[]) =>
      countOf({ id: 1, cells: cells.map(([text, head]) => ({ text, head })), links: [], marks: [] }, /^contacts$/i);
    expect(contactsOf([name, 'Name'], ['3,750', 'Contacts'])).toBe(3_750);
    expect(contactsOf([name, ''], ['3,750 contacts · Done', ''])).toBe(3_750);
    expect(contactsOf([name, ''], ['Contacts', ''], ['12', ''])).toBe(12);
    expect(contactsOf([name, 'Name'])).toBeNull();
  });
});

test('every column has one field, and a variable of another spelling is found', () => {
  expect(fields.map(({ header }) => header)).toEqual(uploadFields);
  const found = (offered: readonly string[]) => fields.map((field) => nameFor(field, offered) ?? null);
  expect(
    found([
      'FIRST_NAME',
      'last name',
      'e-mail',
      'date_of_birth',
      'street',
      'City',
      'state',
      'zip-code',
      'renewal date',
      'cell phone',
      'homeValue',
    ]),
  ).not.toContain(null);
  expect(found(['home', 'zone', 'cellar', 'statement'])).toEqual(Array.from({ length: 11 }, () => null));
});

describe('whether a list was made since a moment', () => {
  const moment = new Date('2027-01-04T15:00:00Z');
  test.each([
    ['2027-01-04T15:00:01.000Z', true],
    ['2027-01-04T14:57:00.000Z', true],
    ['2027-01-04T12:00:00.000Z', false],
    ['2026-01-05T15:00:00.000Z', false],
    ['2027-01-04', true],
    ['2027-01-02', false],
    [null, true],
  ])('%s: %s', (createdAt, since) => expect(madeSince({ createdAt }, moment)).toBe(since));
});
