import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/guarantees.md'), 'utf8');

/** The rows of the page's tables with a promise in them. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what is promised') && !line.startsWith('| ---'));

/** `tests/x.test.ts` “first title” “second title …”, as often as a cell has it; titles may have quotation marks inside. */
function proofsOf(row: string): { file: string; titles: string[] }[] {
  const cell = row.split(' | ').at(-1) ?? '';
  return cell
    .split(/(?=`tests\/)/)
    .flatMap((part) => {
      const [, file, rest = ''] = /^`(tests\/[^`]+\.test\.ts)`\s*(.*?)\s*\|?$/.exec(part.trim()) ?? [];
      return file === undefined ? [] : [{ file, titles: rest.split(/(?<=”) (?=“)/).filter((one) => one !== '') }];
    })
    .map(({ file, titles }) => ({ file, titles: titles.map((title) => title.slice(1, -1)) }));
}

/** A title as its file writes it: an apostrophe may be escaped there, and `…` at the end stands for the rest. */
function isTitleIn(text: string, title: string): boolean {
  const plain = text.replaceAll("\\'", "'");
  return plain.includes(title.endsWith('…') ? title.slice(0, -1).trimEnd() : title);
}

test('every guarantee names the tests that hold it', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => proofsOf(row).flatMap(({ titles }) => titles).length === 0)).toEqual([]);
});

test('every test that a guarantee names is there under that title', () => {
  const missing = rows.flatMap(proofsOf).flatMap(({ file, titles }) => {
    const path = join(root, file);
    if (!existsSync(path)) return [file];
    const text = readFileSync(path, 'utf8');
    return titles.filter((title) => !isTitleIn(text, title)).map((title) => `${file}: ${title}`);
  });
  expect(missing).toEqual([]);
});
