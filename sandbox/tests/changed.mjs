import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Whether the stand-ins are as they were when all their tests last passed. `passed.json` is committed and holds the
 * SHA-256 of what the tests depend on, so that it needs no git history: a shallow clone in CI knows it too.
 */
const folder = join(dirname(fileURLToPath(import.meta.url)), '..');
const note = join(folder, 'tests', 'passed.json');

/** Everything in the package but prose, the note itself and what npm puts there. */
function files() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== note && !path.endsWith('.md') && !path.includes(`${sep}node_modules${sep}`))
    .toSorted();
}

/**
 * The packages the stand-ins use, directly or through others, as `name@version` of package-lock.json: another version of
 * a package that only the app uses changes nothing here.
 */
function packages() {
  const lock = JSON.parse(readFileSync(join(folder, '..', 'package-lock.json'), 'utf8'));
  /** @type {Record<string, Record<string, unknown>>} */
  const known = lock.packages;
  const found = new Set();
  const find = (/** @type {string} */ from, /** @type {string} */ name) => {
    for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
      const path = `${place}${place && '/'}node_modules/${name}`;
      if (known[path]) return path;
      if (place === '') return undefined;
    }
  };
  const visit = (/** @type {string} */ place) => {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = known[place] ?? {};
    const needs = { ...Object(devDependencies), ...Object(peerDependencies), ...Object(optionalDependencies) };
    for (const name of Object.keys({ ...needs, ...Object(dependencies) })) {
      const path = find(place, name);
      if (!path || found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit('sandbox');
  return [...found].toSorted().map((path) => `${path}@${String(known[path]?.version)}`);
}

/** Of the files and the packages, as 64 hexadecimal digits. */
export function contentHash() {
  const hash = createHash('sha256');
  for (const path of files())
    hash.update(`${relative(folder, path).replaceAll(sep, '/')}\0`).update(readFileSync(path));
  return hash.update(packages().join('\n')).digest('hex');
}

export function hasChanged() {
  try {
    return JSON.parse(readFileSync(note, 'utf8')).content !== contentHash();
  } catch {
    // No note, or two people's notes merged into something that is none: nobody saw this content pass.
    return true;
  }
}

export function noteThatAllPassed(/** @type {string} */ content) {
  writeFileSync(note, `${JSON.stringify({ content }, null, 2)}\n`);
}
