import { DataMismatch, InvalidInput } from '../../../pipeline/errors.ts';
import type { LeadList, ListRef, Upload } from '../../../pipeline/ports/bison.ts';
import { sameName } from '../../browser/items.ts';
import { fields, nameFor, variableFields, type Field } from '../fields.ts';
import { readUpload } from '../file.ts';
import { thingIn, toRecord, type Reader } from '../schema.ts';
import { orNull, type Http } from './http.ts';
import { everyRow } from './paging.ts';

/** Newest first: ids of one instance only grow. */
const byAge = (a: LeadList, b: LeadList): number =>
  (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || b.id.localeCompare(a.id, 'en', { numeric: true });

export async function findLists(http: Http, read: Reader, name: string): Promise<readonly LeadList[]> {
  const isIt = (row: unknown) => {
    const called = toRecord(row).name;
    return typeof called === 'string' && sameName(called, name);
  };
  const lists = await everyRow(http, '/lead-lists', {}, (row) => (isIt(row) ? [read.list(row)] : []));
  return lists.toSorted(byAge);
}

/** One list by its address, or out of all of them where the instance has no such address. */
export async function listById(http: Http, read: Reader, { id }: ListRef): Promise<LeadList | null> {
  const answer = await orNull(() => http.get(`/lead-lists/${encodeURIComponent(id)}`));
  if (answer !== null && toRecord(thingIn(answer)).id !== undefined) return read.list(thingIn(answer));
  const isIt = (row: unknown) => {
    const key = toRecord(row).id;
    return (typeof key === 'string' || typeof key === 'number') && String(key) === id;
  };
  const [found] = await everyRow(http, '/lead-lists', {}, (row) => (isIt(row) ? [read.list(row)] : []));
  return found ?? null;
}

const variablesOf = (http: Http, read: Reader) =>
  everyRow(http, '/custom-variables', {}, (row) => [read.variable(row)]);

/** Makes the custom variables that are missing. One that somebody else makes meanwhile is just as good. */
export async function prepareFields(http: Http, read: Reader): Promise<void> {
  const known = await variablesOf(http, read);
  for (const field of variableFields) {
    if (nameFor(field, known) !== undefined) continue;
    try {
      await http.act('POST', '/custom-variables', { name: field.variable });
    } catch (error) {
      if (!(error instanceof InvalidInput) || nameFor(field, await variablesOf(http, read)) === undefined) throw error;
    }
  }
}

/** The two ways the documentation writes a column of `columnsToMap`. */
const spellings = [(name: string) => `columnsToMap[0][${name}]`, (name: string) => `columnsToMap[${name}][]`] as const;

/** Uploads the file; people who are known are patched. Bison answers first and fills the list afterwards. */
export async function upload(http: Http, read: Reader, wanted: Upload): Promise<LeadList> {
  const bytes = await readUpload(wanted);
  const known = await variablesOf(http, read);
  const names = fields.map((field) => [nameAtBison(field, known), field.header] as const);
  const send = (spell: (name: string) => string): Promise<unknown> => {
    const form = new FormData();
    form.append('name', wanted.name);
    form.append('existing_lead_behavior', 'patch');
    for (const [name, header] of names) form.append(spell(name), header);
    form.append('csv', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), 'leads.csv');
    return http.act('POST', '/leads/bulk/csv', form);
  };
  const [first, second] = spellings;
  const answer = await send(first).catch((error: unknown) => {
    // A refusal means that no list was made, so the other spelling may be tried: an instance that expects it finds no
    // columns in this one.
    if (error instanceof InvalidInput && /(first_name|email) (column|field) is required/i.test(error.message))
      return send(second);
    throw error;
  });
  const thing = thingIn(answer);
  if (toRecord(thing).id !== undefined && toRecord(thing).name !== undefined) return read.list(thing);
  // Bison took the file without saying what became of it; the list's own counts will say.
  const [made] = await findLists(http, read, wanted.name);
  if (made) return made;
  throw new DataMismatch(`Bison took the file for "${wanted.name}" and shows no list of that name`, {
    todo: 'Look for the list in Bison before retrying.',
  });
}

function nameAtBison(field: Field, variables: readonly string[]): string {
  const name = field.standard ?? nameFor(field, variables);
  if (name !== undefined) return name;
  throw new InvalidInput(`Bison has no custom variable for ${field.header} in this workspace; nothing was uploaded`, {
    todo: `Make the custom variable "${field.variable}" there, then retry.`,
  });
}
