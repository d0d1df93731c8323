import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedded } from '../../src/store/embedded/connect.ts';
import type { Store } from '../../src/store/index.ts';
import type { Thing } from './canary-search.ts';

/** Where people are by purpose, and why: everything else must name nobody. */
const tablesOfPeople: Readonly<Record<string, string>> = {
  raw_leads: 'the rows of the exports',
  cleaned_leads: 'those of them that may be written to',
  intent_contacts: 'people a run has paid for, until its batch is made',
  intent_leads: 'the people of a batch',
};
/** Folders of the bucket that hold lead files by purpose. */
const filesOfPeople = /^(?:exports|clay|intent)\//;
/** What of the data folder is another place here, or the one home of a key. */
const homes =
  /^(?:app\.log|credentials\.key|tmp\/|work\/|database\/(?:data\/|keys\.json|supabase\/(?:config\.toml|\.temp\/storage\/)))/;

/** Every table of the schema, by the database's own word, row by row. */
export async function tables({ url, key, fetch }: Embedded): Promise<Thing[]> {
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
  return things;
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

/** The data folder's files that are no other place's. */
export function dataFiles(dataDir: string): Thing[] {
  return filesBelow(dataDir, (path) => homes.test(path.slice(dataDir.length + 1)));
}

/** The app's own temporary folders. */
export function temporaryFiles(dataDir: string): Thing[] {
  return [join(dataDir, 'tmp'), join(dataDir, 'work')].flatMap((folder) => filesBelow(folder));
}

/**
 * What came since then where everybody's temporary files are, and bears a name that LeadOps or the browser gives. Other tests'
 * are among them, with people of their own.
 */
export function everybodysTemporaryFiles(since: number): Thing[] {
  return entries(tmpdir())
    .filter((name) => /^(?:\.?org\.chromium|\.com\.google|playwright|chrom|leadops-(?!test-))/i.test(name))
    .map((name) => join(tmpdir(), name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since)
    .flatMap((path) => filesBelow(path));
}

/** Every file of a folder. Sockets and what goes meanwhile are passed over. */
function filesBelow(path: string, isAnothers: (path: string) => boolean = () => false): Thing[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status || isAnothers(status.isDirectory() ? `${path}/` : path)) return [];
  if (status.isDirectory()) return entries(path).flatMap((name) => filesBelow(join(path, name), isAnothers));
  if (!status.isFile()) return [];
  try {
    return [{ name: path, bytes: readFileSync(path) }];
  } catch {
    return [];
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
