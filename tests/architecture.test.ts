import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { settings } from '../src/config.ts';
import { groupOf, testFiles } from './support/groups.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Who may import whom: no arrow sideways or up. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  pipeline: ['pipeline'],
  blocks: ['blocks', 'pipeline'],
  connectors: ['connectors', 'pipeline'],
  src: ['src', 'blocks', 'connectors', 'pipeline'],
  sandbox: ['sandbox'],
};

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a file imports by a relative path, types too: from the repository's root. */
function importsOf(file: string): { readonly written: string; readonly target: string }[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, written = '']) => ({
    written,
    target: relative(root, resolve(dirname(file), written)),
  }));
}

test.each(Object.keys(mayImport))('%s imports only what it may', (folder) => {
  const wrong = sources(folder).flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => !mayImport[folder]?.includes(target.split('/')[0] ?? ''))
      .map(({ written }) => `${relative(root, file)} → ${written}`),
  );
  expect(wrong).toEqual([]);
});

test('a package that the app and the stand-ins both ask for is asked for in one version', () => {
  const asked = (file: string) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<
      string,
      Record<string, string> | undefined
    >;
    return { ...dependencies, ...devDependencies };
  };
  const own = asked('package.json');
  const shared = Object.entries(asked('sandbox/package.json')).filter(([name]) => name in own);
  expect(shared.length).toBeGreaterThan(10);
  expect(shared.filter(([name, version]) => own[name] !== version)).toEqual([]);
});

test('no file imports itself by way of others, not even its types', () => {
  const imports = new Map(
    [...Object.keys(mayImport), 'tests']
      .flatMap(sources)
      .map((file) => [relative(root, file), importsOf(file).map(({ target }) => target)]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, way: readonly string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file) || way.includes(file)) return;
    for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) follow(file, []);
  expect(imports.size).toBeGreaterThan(600);
  expect(circles).toEqual([]);
});

test('no vendor folder knows another', () => {
  const vendors = ['cole', 'clay', 'bison', 'zoominfo'];
  const wrong = vendors.flatMap((vendor) =>
    sources('connectors')
      .filter((file) => file.includes(`/connectors/${vendor}/`))
      .filter((file) =>
        vendors.some((other) => other !== vendor && readFileSync(file, 'utf8').includes(`'../${other}/`)),
      ),
  );
  expect(wrong).toEqual([]);
});

test('every setting is in .env.example and in docs/settings.md, and nothing else is', () => {
  const names = Object.keys(settings).toSorted();
  const example = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, name]) => name,
  );
  expect(example.toSorted()).toEqual(names);
  const table = [...readFileSync(join(root, 'docs/settings.md'), 'utf8').matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(
    ([, name]) => name,
  );
  expect(table.toSorted()).toEqual(names);
});

test('only src/store talks to Supabase', () => {
  const wrong = ['src', 'blocks', 'connectors', 'pipeline']
    .flatMap(sources)
    .filter((file) => !file.includes('/src/store/') && readFileSync(file, 'utf8').includes('@supabase/'));
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});

test('a test is in the group of what it needs', () => {
  const groups = Object.fromEntries(testFiles().map((file) => [relative(root, file), groupOf(file)]));
  expect(groups).toMatchObject({
    'tests/csv/read.test.ts': 'unit',
    // A database by way of the bench it stands on.
    'tests/pipeline/pt4.test.ts': 'db',
    'tests/console/hostile.test.ts': 'db',
    'tests/connectors/words.test.ts': 'unit',
    'tests/connectors/cole.test.ts': 'connectors',
    'tests/journeys/pull.test.ts': 'journeys',
  });
  const elsewhere = ['src', 'blocks', 'connectors', 'pipeline'].flatMap(sources);
  expect(elsewhere.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
});
