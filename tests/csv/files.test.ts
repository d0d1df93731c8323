import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvFiles } from '../../connectors/csv/index.ts';
import { canonicalHeaders } from '../../pipeline/vocabulary.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadops-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('an export is read with its count, its hash and the columns that went no further', async () => {
  const path = join(folder, 'export.csv');
  const good = canonicalHeaders.map((_, index) => `value ${index}`).join(',');
  const text = [`${canonicalHeaders.join(',')},Race`, `${good},x`, `${good},"x`, `${good},x`, 'short,row', ''].join(
    '\r\n',
  );
  await writeFile(path, text);
  const file = await csvFiles.readExport(path);
  expect(file).toMatchObject({
    rows: 4,
    unreadable: [{ line: 4 }],
    sha256: createHash('sha256').update(text).digest('hex'),
    headerStyle: '13 fields',
    dropped: ['Race'],
  });
  expect(file.leads.map(({ line }) => line)).toEqual([1, 2, 3]);
});

test('what we wrote we read by header, line breaks and all', async () => {
  const path = join(folder, 'own.csv');
  await csvFiles.write(
    path,
    ['lead_id', 'First_Name'],
    [
      ['1', 'two\nlines, and "a" comma'],
      ['2', '=1+1'],
    ],
  );
  expect(await csvFiles.readOwn(path)).toEqual([
    { lead_id: '1', First_Name: 'two\nlines, and "a" comma' },
    { lead_id: '2', First_Name: "'=1+1" },
  ]);
});
