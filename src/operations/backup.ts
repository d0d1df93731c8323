import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { count } from '../../pipeline/counting.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import type { CliConfig } from '../config.ts';
import { openStore } from '../store/index.ts';
import type { Who } from './who.ts';
import { backUp, restore } from '../store/embedded/backup.ts';

type Settings = { readonly config: CliConfig };
type Place = { readonly file: string };

const hosted = (config: CliConfig) => {
  if (!config.SUPABASE_URL) return;
  throw new InvalidInput('This LeadOps uses a Supabase project, which has copies of its own.', {
    todo: 'See docs/hosted-supabase.md (Supabase’s backups, pg_dump). Nothing was done.',
  });
};

/** `leadops backup <file>`: a copy of everything, while LeadOps runs or not. */
export async function backUpTo({ config }: Settings, who: Who, { file }: Place): Promise<string[]> {
  hosted(config);
  if (existsSync(file)) {
    throw new InvalidInput(`${file} is there already.`, { todo: 'Name another file. Nothing was done.' });
  }
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) {
    throw new InvalidInput(`There is no folder ${folder}.`, {
      todo: 'Make it, or name a file in another. Nothing was done.',
    });
  }
  const store = await openStore(config);
  try {
    if (!store.copyTo) throw new Error('The embedded database is open, and yet it cannot be copied.');
    const { files, migrations } = await backUp({ dataDir: config.DATA_DIR, copyTo: store.copyTo }, file);
    const kept = Object.keys(files).length;
    await store.runs.audit({ who: who.id, what: 'copy the database', facts: { files: kept } });
    return [
      `${resolve(file)}: the database and its kept files (${count(kept, 'file')}, ${count(migrations.length, 'migration')}), read back and whole.`,
      'In it are people: keep it as you keep the database. Not in it: credentials.key (or CREDENTIALS_KEY), without which stored logins cannot be read. Keep that elsewhere.',
    ];
  } finally {
    store.close();
  }
}

/** `leadops restore <file>`: a copy in the place of what is there, which is kept aside. */
export async function restoreFrom({ config }: Settings, who: Who, { file }: Place): Promise<string[]> {
  hosted(config);
  const { manifest, aside } = await restore({ dataDir: config.DATA_DIR, file });
  // Opening it brings an older one up to date.
  const store = await openStore(config);
  try {
    await store.runs.audit({ who: who.id, what: 'restore the database', facts: { made: manifest.made } });
    const open = await store.runs.open();
    return [
      `The database is as it was on ${manifest.made.slice(0, 16).replace('T', ' ')} UTC.`,
      aside ? `What was there before is in ${aside}; delete it when you no longer need it: people are in it.` : '',
      open.length > 0
        ? `${count(open.length, 'run')} ${open.length === 1 ? 'was' : 'were'} open then and will go on when LeadOps starts. What they did since is at the vendors and not in these rows: cancel those you do not want (leadops runs, leadops cancel).`
        : 'No run was open then.',
      'People who were forgotten since this copy was made are back: forget them again (docs/runbook.md).',
    ].filter((line) => line !== '');
  } finally {
    store.close();
  }
}
