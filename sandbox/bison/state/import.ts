import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { hash } from '../../kit.ts';
import { standardFields, type Mapping } from './mapping.ts';
import { saveLead, type Incoming } from './leads.ts';
import type { Behavior, Via, LeadList, Workspace, World } from './world.ts';

/** A CSV, and a campaign, hold at most so many leads (docs/vendors.md#bison-lists). */
export const leadLimit = 50_000;
const chunk = 1_000;
const errorsKept = 100;

export type Import = {
  readonly world: World;
  readonly workspace: Workspace;
  readonly name: string;
  readonly via: Via;
  readonly behavior: Behavior;
  readonly mapping: Mapping;
  readonly rows: readonly (readonly string[])[];
  readonly now: () => number;
  /** Machine milliseconds for 1,000 rows; asked before each thousand. */
  readonly pace: () => number;
  readonly skips: (email: string) => boolean;
  /** Share of rows that fail, 0–1. */
  readonly failing: () => number;
};

/** Makes the list at once, `Unprocessed`, and fills it behind the answer. Two imports may bear one name. */
export function startImport(work: Import): LeadList {
  const { world, workspace, name, via, behavior, rows, now } = work;
  const list: LeadList = {
    id: world.next.list++,
    name,
    via,
    behavior,
    status: 'Unprocessed',
    members: new Set(),
    sent: rows.length,
    processed: 0,
    accepted: 0,
    failed: 0,
    skippedPersonal: 0,
    duplicates: 0,
    skippedExisting: 0,
    errors: [],
    createdAt: now(),
    updatedAt: now(),
  };
  workspace.lists.set(list.id, list);
  void fill(list, work);
  return list;
}

async function fill(list: LeadList, work: Import): Promise<void> {
  const { signal } = work.world.ended;
  const seen = new Set<string>();
  try {
    // The answer that made the list leaves first: it says Unprocessed.
    await setImmediate(undefined, { signal });
    list.status = 'Processing';
    for (let start = 0; start < work.rows.length; start += chunk) {
      const part = work.rows.slice(start, start + chunk);
      await wait((work.pace() * part.length) / 1_000, undefined, { signal });
      part.forEach((row, index) => take(list, work, seen, { row, line: start + index + 2 }));
      list.updatedAt = work.now();
    }
    list.status = 'Processed';
  } catch (error) {
    // The world ended meanwhile; nobody will ask for this list again.
    if (!signal.aborted) throw error;
  }
}

/** One row; `line` as a person counts them, the header being the first. */
function take(
  list: LeadList,
  work: Import,
  seen: Set<string>,
  { row, line }: { readonly row: readonly string[]; readonly line: number },
): void {
  list.processed += 1;
  const incoming = readRow(work.mapping, row);
  const problem = problemOf(incoming);
  if (problem ?? fails(incoming.email, work.failing())) {
    list.failed += 1;
    const said = `Row ${line}: ${problem ?? 'The lead could not be saved. Please try again.'}`;
    if (list.errors.length < errorsKept) list.errors.push(said);
    return;
  }
  // Neither a success nor a failure: no place is known that names them (docs/vendors.md#bison-lists).
  if (work.skips(incoming.email)) return void (list.skippedPersonal += 1);
  const { behavior, now } = work;
  if (seen.has(incoming.email)) {
    list.duplicates += 1;
    if (behavior !== 'skip') saveLead(work.world, work.workspace, incoming, { behavior, now: now() });
    return;
  }
  seen.add(incoming.email);
  const { lead, leftAlone } = saveLead(work.world, work.workspace, incoming, { behavior, now: now() });
  if (leftAlone) return void (list.skippedExisting += 1);
  list.members.add(lead);
  list.accepted += 1;
}

function readRow(mapping: Mapping, row: readonly string[]): Incoming {
  const fields: Record<string, string> = {};
  const variables: Record<string, string> = {};
  for (const { target, column } of mapping) {
    const value = row[column]?.trim() ?? '';
    if (value === '') continue;
    if (standardFields.some(({ name }) => name === target)) fields[target] = value;
    else variables[target] = value;
  }
  const { first_name: firstName = '', last_name: lastName = '', email = '', title, company, notes } = fields;
  return {
    email: email.toLowerCase(),
    firstName,
    lastName,
    ...(title && { title }),
    ...(company && { company }),
    ...(notes && { notes }),
    variables,
  };
}

function problemOf({ email, firstName, lastName }: Incoming): string | null {
  if (email === '') return 'The email field is required.';
  if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) return 'The email field must be a valid email address.';
  if (firstName === '') return 'The first name field is required.';
  if (lastName === '') return 'The last name field is required.';
  return null;
}

const fails = (email: string, share: number) => share > 0 && hash('fail', email) / 2 ** 32 < share;
