import { readdirSync, readFileSync } from 'node:fs';
import type { Thing } from './canary-search.ts';

/**
 * What processes were started with: the arguments of the app, of everything below it and of whatever works at its data folder;
 * and the environment of programs of others. The app's own holds its settings, and so does that of the compiler which
 * `--import tsx` starts before any line of ours.
 */
export function processesOf(app: number, dataDir: string): Thing[] {
  const all = readProcesses();
  const ids = new Set([app]);
  for (let before = 0; before < ids.size;) {
    before = ids.size;
    for (const { id, parent } of all) if (ids.has(parent)) ids.add(id);
  }
  return all.flatMap(({ id, words }): Thing[] => {
    const isTheDatabases = words.includes(dataDir);
    if (!ids.has(id) && !isTheDatabases) return [];
    const own = id === app || words.includes('esbuild');
    return [
      { name: `arguments of ${nameOf(words)}`, bytes: Buffer.from(words) },
      ...(own ? [] : [{ name: `environment of ${nameOf(words)}`, bytes: read(id, 'environ') }]),
    ];
  });
}

/** The program's own name; Chromium's children put all they were started with into one word. */
const nameOf = (words: string): string => words.split(/[\0 ]/)[0]?.split('/').at(-1) ?? '';

function readProcesses(): { readonly id: number; readonly parent: number; readonly words: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const id = Number(name);
      // The command's name may hold anything, and ends with the last bracket.
      const rest = read(id, 'stat').toString('latin1').split(')').at(-1) ?? '';
      return { id, parent: Number(rest.trim().split(' ')[1]), words: read(id, 'cmdline').toString('utf8') };
    });
}

function read(id: number, what: 'cmdline' | 'environ' | 'stat'): Buffer {
  try {
    return readFileSync(`/proc/${id}/${what}`);
  } catch {
    // Gone, or not ours to look into.
    return Buffer.alloc(0);
  }
}
