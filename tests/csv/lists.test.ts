import { describe, expect, test } from '@jest/globals';
import { readClientZips } from '../../connectors/csv/client-zips.ts';
import { readHomes } from '../../connectors/csv/homes.ts';
import { readCsv } from '../../connectors/csv/read.ts';
import { atOnce } from '../../pipeline/turns.ts';

const csv = (...lines: string[]) => atOnce(readCsv(Buffer.from(lines.join('\n'))));

describe('a list of ZIPs per client', () => {
  test.each([
    ['Client', 'ZIP'],
    ['ClientName', 'ZipCode'],
    ['Name', 'Zip_Code'],
    ['Territory', 'Postal Code'],
    ['AGENCY', 'zip code'],
    ['Workspace', 'Postal'],
  ])('may call its columns %s and %s', (client, zip) => {
    expect(readClientZips(csv(`${client},${zip}`, 'Acme,75034', 'Acme,7034', 'Lake,75035'))).toEqual([
      { client: 'Acme', zips: ['75034', '07034'] },
      { client: 'Lake', zips: ['75035'] },
    ]);
  });

  test('may have several ZIPs in a cell, the same one twice, and a client in two spellings', () => {
    expect(readClientZips(csv('Client,ZIPs', 'Acme,"75034, 75035;75036 75034"', 'ACME,75037'))).toEqual([
      { client: 'Acme', zips: ['75034', '75035', '75036', '75037'] },
    ]);
  });

  test('is refused by line, whole', () => {
    expect(() => readClientZips(csv('Client,ZIP', 'Acme,75034', 'Acme,7503A', ',75036', 'Acme,'))).toThrow(
      'The ZIP list cannot be used: line 3: "7503A" is no ZIP; line 4: no client; line 5: no ZIP',
    );
    expect(() => readClientZips(csv('Client,Town', 'Acme,Frisco'))).toThrow('lacks the column ZIP');
    expect(() => readClientZips(csv('Town', 'Frisco'))).toThrow('lacks the column Client and the column ZIP');
  });
});

describe('a table of homes per ZIP', () => {
  test.each([
    ['zip', 'owner_occupied'],
    ['ZIP Code', 'Owner Occupied Homes'],
    ['ZCTA', 'Homes'],
    ['Zip', 'Owner-Occupied Housing Units'],
  ])('may call its columns %s and %s', (zip, homes) => {
    expect(readHomes(csv(`${zip},occupied_units,${homes}`, '75034,40000,"21,380"', '7034,10,9.0'))).toEqual({
      homes: new Map([
        ['75034', 21_380],
        ['07034', 9],
      ]),
      blank: 0,
    });
  });

  test('may be a Census download', () => {
    const { homes } = readHomes(csv('GEOID,B25003_002E', '860Z200US75034,21380', 'ZCTA5 75035,17'));
    expect([...homes]).toEqual([
      ['75034', 21_380],
      ['75035', 17],
    ]);
  });

  test('counts a ZIP without a number as one without homes: a post office, not an unknown place', () => {
    expect(readHomes(csv('zip,homes', '00501,', '75034,10', '75035,-'))).toEqual({
      homes: new Map([
        ['00501', 0],
        ['75034', 10],
        ['75035', 0],
      ]),
      blank: 2,
    });
  });

  test('is refused by line, whole', () => {
    expect(() => readHomes(csv('zip,homes', '75034,many', 'Frisco,10', '75035,5', '75035,6'))).toThrow(
      'The homes table cannot be used: line 2: "many" is no number of homes; line 3: "Frisco" is no ZIP; line 5: ZIP 75035 is there twice',
    );
    const long = csv('zip,homes', ...Array.from({ length: 8 }, () => 'x,1'));
    expect(() => readHomes(long)).toThrow('and 3 more');
    expect(() => readHomes(csv('zip,city', '75034,Frisco'))).toThrow('lacks the column Owner Occupied Homes');
  });
});
