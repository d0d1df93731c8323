import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/guarantees.md'), 'utf8');

/** The rows of the page's tables with a promise in them. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what is promised') && !/^\| ?-/.test(line));

/**
 * The last cell: a file, then its titles, as often as it has them: `tests/x.test.ts` “first” “second”, or plainly
 * tests/x.test.ts: first / second. `…` stands for a part of a title that is left out.
 */
function proofsOf(row: string): { file: string; titles: string[] }[] {
  const cell =
    row
      .split(' | ')
      .at(-1)
      ?.replace(/\s*\|?\s*$/, '') ?? '';
  return cell.split(/(?=`?tests\/[\w/.-]+\.test\.ts)/).flatMap((part) => {
    const [, file, rest = ''] = /^`?(tests\/[\w/.-]+\.test\.ts)`?[:,;]?\s*(.*?)[;,]?\s*$/.exec(part) ?? [];
    if (file === undefined) return [];
    const quoted = rest.startsWith('“');
    const titles = quoted ? rest.split(/(?<=”) (?=“)/).map((title) => title.slice(1, -1)) : plainTitles(file, rest);
    return [{ file, titles: titles.filter((title) => title !== '') }];
  });
}

/** A title may have a slash or a semicolon itself: the whole is tried first. */
function plainTitles(file: string, rest: string): string[] {
  return isIn(file, rest) ? [rest] : rest.split(/ \/ |; /).map((title) => title.trim());
}

function isIn(file: string, title: string): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  // An apostrophe may be escaped in the source.
  const text = readFileSync(path, 'utf8').replaceAll("\\'", "'");
  const parts = title.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*')).test(text);
}

test('every guarantee names a test file that holds it', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => proofsOf(row).length === 0)).toEqual([]);
});

test('every test that a guarantee names is there under that title', () => {
  const missing = rows
    .flatMap(proofsOf)
    .flatMap(({ file, titles }) =>
      existsSync(join(root, file))
        ? titles.filter((title) => !isIn(file, title)).map((title) => `${file}: ${title}`)
        : [`${file} is not there`],
    );
  expect(missing).toEqual([]);
});
