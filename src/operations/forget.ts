import { z } from 'zod';
import { InvalidInput } from '../../pipeline/errors.ts';
import { lookThroughFiles, namesPerson, writeWithout, type Looked } from '../retention/person.ts';
import type { Store } from '../store/index.ts';
import type { Places } from '../store/uploads/people.ts';
import { everyClient } from '../store/members.ts';
import { noted, type Done } from './noted.ts';
import { demand, type Asking } from './who-may.ts';
import type { Who } from './who.ts';

/**
 * Removes a person from our rows and files, searches for what is left, and says what lies outside of them. Rows go last: a
 * command that broke off finds everything again when it is repeated.
 */
export async function forgetPerson(deps: { readonly store: Store } & Asking, who: Who, typed: string): Promise<Done> {
  await demand(deps, who, 'admin', everyClient);
  return noted(deps, who, 'forget', () => forgetEverywhere(deps.store, typed));
}

async function forgetEverywhere(store: Store, typed: string): Promise<Done> {
  const email = typed.trim().toLowerCase();
  if (!z.email().safeParse(email).success) {
    throw new InvalidInput(`"${typed}" is no e-mail address. Nothing was removed.`);
  }
  // Done first, so that no pull or upload that runs meanwhile brings the person back.
  const fresh = await store.suppressions.learn([email], 'forgotten', null);
  const places = await store.people.places(email);
  const names = namesPerson(email, places.marks);
  const pictures = await withoutEvidence(store, places.runs);
  const { found: holding } = await lookThroughFiles(store, namesPerson(email, []));
  const kept = holding.filter((key) => !key.startsWith('/'));
  const files = await writeWithout(store, kept, namesPerson(email, []));
  const gone = await store.people.forget(email);

  const rows = await store.people.find(email, places.marks);
  const looked = await lookThroughFiles(store, names);
  const left = [...[...rows.found].map(([table, count]) => `${table} (${count})`), ...looked.found.map(nameOf)];
  const says = [
    `Removed from ${gone.leads} rows of leads, ${gone.contacts} of contacts and ${gone.messages} of Slack messages; ${files} kept files were written anew without the person, ${pictures} pictures and traces removed.`,
    fresh > 0
      ? 'No upload will write to this address again.'
      : 'The address was on the list already: no upload writes to it.',
    searchLine(rows.tables, looked, left),
    ...outside(places),
  ];
  // Counts only: the audit is for ever, and the person is forgotten.
  const { leads, contacts, messages } = gone;
  return { says, facts: { leads, contacts, messages, files, pictures, left: left.length } };
}

/** Pictures and traces of the failures that may show the person, and what those runs left among the files in progress. */
async function withoutEvidence({ files, runs }: Store, ids: Places['runs']): Promise<number> {
  let pictures = 0;
  const open = new Set((await runs.open()).map(({ id }) => id));
  for (const id of ids) {
    const keys = (await files.kept(`evidence/${id}`)).map(({ key }) => key);
    await files.discard(keys);
    pictures += keys.length;
    // Files of a run at work are left, because it reads them again; the search below names them.
    if (!open.has(id)) await files.clear(id);
  }
  return pictures;
}

function searchLine(tables: number, { read, unread }: Looked, left: readonly string[]): string {
  const where = `${tables} tables and ${read} files (kept and in progress)`;
  const unseen = unread > 0 ? ` ${unread} pictures and traces of other runs cannot be searched as text.` : '';
  if (left.length === 0)
    return `Searched ${where} for the address, and for the name with what stood beside it: nothing is left.${unseen}`;
  return `STILL FOUND, in a search through ${where}: ${left.join(', ')}. A run at work may hold a file: repeat the command when it is over. Rows without this address name somebody of the same name at the same place: look whether it is the same person, and forget that address too.${unseen}`;
}

/** A file as the command line may name it: no path of the machine. */
const nameOf = (key: string): string => (key.startsWith('/') ? `a file in progress (${key.split('/').at(-1)})` : key);

/** Places that LeadOps cannot reach: they have to be cleaned by hand. */
function outside({ lists, tables }: Places): string[] {
  return [
    ...(lists.length + tables.length === 0 ? ['Nothing of the person was sent to Email Bison or Clay.'] : []),
    ...lists.map((list) => `In Email Bison, please take the person out of “${list}”.`),
    ...tables.map((table) => `In Clay, please delete the person's row in “${table}”.`),
    "Not searched, for it is not ours to change: nightly copies (BACKUP_DIR, each gone after BACKUP_DAYS days), folders “database.before-…” that a restore left in DATA_DIR, copies you made, what running processes have in their work folders just now (emptied when they end), the database's own log (it keeps no values), Slack's own history (files posted there), what the vendors keep, mail that was sent.",
  ];
}
