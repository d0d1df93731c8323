// Which tests belong together, by what they need. Read off their imports, so that a new file needs no line anywhere.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const database = join(root, 'src/store/embedded/connect.ts');
const browser = join(root, 'connectors/browser/chromium.ts');

/** @typedef {'unit' | 'db' | 'connectors' | 'journeys'} Group */

/** In the order in which they run. @type {readonly Group[]} */
export const groups = ['unit', 'db', 'connectors', 'journeys'];

/** Every test file under `tests/`. */
export function testFiles() {
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, 'tests', name));
}

/**
 * The whole app: `journeys`. A database without that: `db`. A browser without either: `connectors`. None: `unit`.
 *
 * @param {string} file
 * @returns {Group}
 */
export function groupOf(file) {
  if (file.startsWith(join(root, 'tests/journeys/'))) return 'journeys';
  const needs = reachedFrom(file);
  if (needs.has(database)) return 'db';
  return needs.has(browser) ? 'connectors' : 'unit';
}

/** @type {Map<string, readonly string[]>} */
const known = new Map();

/** What a file imports when it runs: what it imports for its types is not there then. @param {string} file */
function importsOf(file) {
  const found = known.get(file);
  if (found) return found;
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'(\.[^']+)'/gm,
  );
  const imports = [...statements].map(([, path = '']) => resolve(dirname(file), path)).filter(existsSync);
  known.set(file, imports);
  return imports;
}

/** @param {string} file */
function reachedFrom(file) {
  const reached = new Set([file]);
  // A set goes on to what was added meanwhile.
  for (const one of reached) for (const next of importsOf(one)) reached.add(next);
  return reached;
}
