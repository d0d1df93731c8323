import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedded } from '../../src/store/embedded/connect.ts';
import type { Store } from '../../src/store/index.ts';
import type { Thing } from './canary-search.ts';

/** Where people are by purpose, and why: everything else must name nobody. */
export const tablesOfPeople: Readonly<Record<string, string>> = {
  raw_leads: 'the rows of the exports',
  cleaned_leads: 'those of them that may be written to',
  intent_contacts: 'people a run has paid for, until its batch is made',
  intent_leads: 'the people of a batch',
};
/** Folders of the bucket that hold lead files by purpose. */
export const filesOfPeople = /^(?:exports|clay|intent)\//;

/** Every table of the schema, by the database's own word, row by row. */
export async function tables({ url, key, fetch }: Embedded): Promise<{ tables: string[]; things: Thing[] }> {
  const ask = async (path: string, body?: object): Promise<unknown[]> => {
    const answer = await fetch(`${url}/rest/v1/${path}`, {
      headers: { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as unknown[]; // rows
  };
  const rows = await ask('rpc/find_person', { p_email: 'nobody@nowhere.example', p_marks: [] });
  const names = rows.map((row) => (row as { place: string }).place); // what the function returns
  const things: Thing[] = [];
  for (const table of names.filter((name) => !(name in tablesOfPeople))) {
    for (let offset = 0; ; offset += 1_000) {
      const some = await ask(`${table}?select=*&limit=1000&offset=${offset}`);
      for (const row of some) things.push({ name: table, bytes: Buffer.from(JSON.stringify(row)) });
      if (some.length < 1_000) break;
    }
  }
  return { tables: names, things };
}

/** Every kept file but the lead files. */
export async function bucket({ files }: Pick<Store, 'files'>): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const { key } of await files.kept('')) {
    if (filesOfPeople.test(key)) continue;
    const file = await files.read(key);
    if (file) things.push({ name: key, bytes: file.bytes });
  }
  return things;
}

/** Every file below a folder, but below those named. Sockets and what goes meanwhile are passed over. */
export function filesBelow(folder: string, but: RegExp = /^$/): Thing[] {
  return entries(folder).flatMap((name): Thing[] => {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status || but.test(path)) return [];
    if (status.isDirectory()) return filesBelow(path, but);
    if (!status.isFile()) return [];
    try {
      return [{ name: path, bytes: readFileSync(path) }];
    } catch {
      return [];
    }
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What a process was started with, and what those that it started were: arguments, and the environment of the latter. */
export function processesOf(pid: number): Thing[] {
  const read = (one: number, what: 'cmdline' | 'environ'): Thing[] => {
    try {
      return [{ name: `${what} of ${one}`, bytes: readFileSync(`/proc/${one}/${what}`) }];
    } catch {
      // Gone, or not ours to look into.
      return [];
    }
  };
  // The app itself is told its settings in its environment.
  return [
    ...read(pid, 'cmdline'),
    ...below(pid).flatMap((child) => [...read(child, 'cmdline'), ...read(child, 'environ')]),
  ];
}

function below(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of entries('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      // The command's name may hold anything, and ends with the last bracket.
      const rest = readFileSync(`/proc/${name}/stat`, 'latin1').split(')').at(-1) ?? '';
      parents.set(Number(name), Number(rest.trim().split(' ')[1]));
    } catch {
      continue;
    }
  }
  const found: number[] = [];
  for (let some = [pid]; some.length > 0;) {
    const last = new Set(some);
    some = [...parents].filter(([, parent]) => last.has(parent)).map(([child]) => child);
    found.push(...some);
  }
  return found;
}
