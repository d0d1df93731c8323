import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { readCsv } from '../../connectors/csv/read.ts';
import { writeCsv } from '../../connectors/csv/write.ts';
import { InvalidInput } from '../../pipeline/errors.ts';
import { inTurns } from '../../pipeline/turns.ts';
import type { Store } from '../store/index.ts';
import type { Done } from './audit.ts';

/** Removes a person everywhere in our rows and files, and says what lies outside of them. */
export async function forgetPerson(store: Store, typed: string): Promise<Done> {
  const email = typed.trim().toLowerCase();
  if (!z.email().safeParse(email).success) {
    throw new InvalidInput(`"${typed}" is no e-mail address. Nothing was removed.`);
  }
  // First of all: whatever comes next must not bring the person back.
  const fresh = await store.suppressions.learn([email], 'forgotten', null);
  const gone = await store.people.forget(email);
  for (const key of gone.files) await withoutPerson(store, key, email);
  const elsewhere = [
    ...gone.lists.map((list) => `In Email Bison, please take the person out of “${list}”.`),
    ...gone.tables.map((table) => `In Clay, please delete the person's row in “${table}”.`),
  ];
  const says = [
    `Removed from ${gone.leads} rows of leads and ${gone.contacts} of contacts; ${gone.files.length} kept files were written anew without the person.`,
    fresh > 0
      ? 'No upload will write to this address again.'
      : 'The address was on the list already: no upload writes to it.',
    ...(elsewhere.length > 0 ? elsewhere : ['Nothing of the person was sent to Email Bison or Clay.']),
  ];
  // Counts only: the audit is for ever, and the person is forgotten.
  return { says, facts: { leads: gone.leads, contacts: gone.contacts, files: gone.files.length } };
}

/** A file of ours, without the lines that name the address. One that is gone already has nobody in it. */
async function withoutPerson({ files }: Store, key: string, email: string): Promise<void> {
  const kept = await files.read(key);
  if (!kept) return;
  const { headers, records } = await inTurns(readCsv(kept.bytes));
  const others = records.filter(({ values }) => !values.some((value) => value.trim().toLowerCase() === email));
  const path = await files.temporary(`forget-${randomUUID()}.csv`);
  try {
    await writeFile(
      path,
      writeCsv(
        headers,
        others.map(({ values }) => values),
      ),
      { mode: 0o600 },
    );
    await files.keep(key, path, kept.type);
  } finally {
    await files.remove(path);
  }
}
