import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders that hold nothing written by hand. */
const notOurs = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);
const written = /\.(?:ts|tsx|js|mjs|md|yml|yaml|sql|css|html)$|^Dockerfile$/;

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesUnder(path);
    return entry.isFile() && written.test(entry.name) ? [path] : [];
  });
}

const files = filesUnder('.');
const pages = files.filter((file) => file.endsWith('.md'));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** As GitHub makes an anchor of a heading. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = textOf(page).matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );
}

/** What is wrong with a pointer to a page and perhaps a heading of it; null when it can be opened. */
function fault(page: string, anchor: string | undefined): string | null {
  if (!existsSync(join(root, page))) return `${page} is not there`;
  if (anchor === undefined || !page.endsWith('.md')) return null;
  return anchorsOf(page).has(anchor) ? null : `${page} has no heading #${anchor}`;
}

test('every docs/….md#heading that a comment or a page points to can be opened', () => {
  const pointers = files.flatMap((file) =>
    [...textOf(file).matchAll(/(?<![\w./])(docs\/[\w-]+\.md)(?:#([a-z0-9-]+))?/g)].map(([, page = '', anchor]) => ({
      file,
      wrong: fault(page, anchor),
    })),
  );
  expect(pointers.length).toBeGreaterThan(100);
  expect(pointers.filter(({ wrong }) => wrong !== null)).toEqual([]);
});

test('every link of a page leads to a file, and to a heading where it names one', () => {
  const wrong = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(([, to = '', anchor]) => {
      const target = to === '' ? page : relative(root, join(root, dirname(page), to));
      const what = fault(target, anchor);
      return what === null ? [] : [`${page}: ${what}`];
    }),
  );
  expect(wrong).toEqual([]);
});

/** What is over stays written as it was: migrations are never edited, and decisions name the files of their day. */
const history = (file: string) => file.startsWith('migrations/') || file === 'docs/decisions.md';

test('every code file that a README or a page of docs/ names is there', () => {
  const wrong = pages
    .filter((page) => !history(page))
    .flatMap((page) =>
      [...textOf(page).matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|tsx|mjs|sql))`/g)].flatMap(([, name = '']) => {
        const [top] = dirname(page).split('/');
        const near = top === '.' ? '' : `${top}/`;
        const isHere = files.some(
          (file) => file === name || (file.endsWith(`/${name}`) && (file.startsWith(near) || !name.includes('/'))),
        );
        return isHere ? [] : [`${page}: ${name}`];
      }),
    );
  expect(wrong).toEqual([]);
});

test('nothing cites a page that is not in the repository', () => {
  const citing = files
    .filter((file) => !history(file) && file !== 'tests/docs.test.ts')
    .filter((file) => /\b(?:SPEC|VENDORS|DESIGN)\b/.test(textOf(file)));
  expect(citing).toEqual([]);
});
