import type { LeadList, ListId, ListRef } from '../../../pipeline/ports/bison.ts';
import { openItem } from '../../browser/items.ts';
import type { Leaf } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { readLeaves, readLines } from '../../browser/survey.ts';
import type { Surface } from '../../browser/surface.ts';
import { cleaned, listStatus } from '../schema.ts';
import * as on from '../selectors.ts';
import { goInto, goTo, throughPages } from './pages.ts';
import { countOf, dayIn, figureIn, idIn, isNamed } from './reading.ts';
import { withRows, type Placed, type Row } from './rows.ts';

/** Contacts → Lists, where the lists are not what Contacts shows anyway. */
async function goToLists(surface: Surface, home: string): Promise<void> {
  await goTo(surface, home, on.places.contacts);
  await goInto(surface, on.places.lists);
}

/** All lists of a name, as the listing shows them; newest first where that can be told. */
export async function findLists(surface: Surface, home: string, name: string): Promise<readonly LeadList[]> {
  await goToLists(surface, home);
  const found: LeadList[] = [];
  const known = new Set<string>();
  await throughPages(surface, async () => {
    for (const { leaf, row } of await rowsNamed(surface, name)) {
      const key = idIn(row) ?? `${row.id} ${row.cells.map(({ text }) => text).join('|')}`;
      if (known.has(key)) continue;
      known.add(key);
      found.push(asList(name, leaf, row));
    }
    return undefined;
  });
  return found.toSorted(
    (a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || b.id.localeCompare(a.id, 'en', { numeric: true }),
  );
}

/** One list with its figures: its row's, and those of its own page where it has one. `null` where it is not listed. */
export async function readList(surface: Surface, home: string, list: ListRef): Promise<LeadList | null> {
  await goToLists(surface, home);
  const found = await throughPages(surface, async () => {
    const rows = await rowsNamed(surface, list.name);
    const chosen = rows.find(({ row }) => idIn(row) === list.id) ?? (isNameId(list.id) ? rows[0] : undefined);
    return chosen;
  });
  if (!found) return null;
  const listed = asList(list.name, found.leaf, found.row);
  if (!(await openItem(surface, found.leaf))) return { ...listed, id: list.id };
  return { ...(await withFigures(surface, listed)), id: list.id };
}

async function rowsNamed(surface: Surface, name: string): Promise<readonly Placed[]> {
  const leaves = (await readLeaves(surface)).filter(
    ({ text, place }) => isNamed(text, name) && place !== 'breadcrumb' && place !== 'column header',
  );
  return withRows(
    surface,
    leaves.filter(({ lineage }) => !leaves.some((other) => lineage.includes(other.id))),
  );
}

/** A listing that shows no ids: the name is all there is to go by. */
const nameId = (name: string): ListId => `named:${name}` as ListId; // Ours, for a list without one.
const isNameId = (id: ListId): boolean => id.startsWith('named:');

function asList(name: string, leaf: Leaf, row: Row): LeadList {
  const others = row.cells.filter(({ text }) => text !== leaf.text && !isNamed(text, name));
  const ofStatus = others.find(({ head }) => on.figures.status.test(head));
  const status = [ofStatus, ...others].map((cell) => listStatus(cell?.text ?? '')).find((one) => one !== null);
  const dated = [...row.cells.filter(({ head }) => on.figures.created.test(head)), ...row.cells];
  const id = idIn(row);
  return {
    id: id === null ? nameId(name) : (id as ListId), // An id in a list's row is the list's.
    name,
    createdAt: dated.map(({ text }) => dayIn(text)).find((day) => day !== null) ?? null,
    // A listing that speaks of no states lists what is finished.
    status: status ?? 'processed',
    processed: countOf(row, on.figures.processed),
    succeeded:
      countOf(row, on.figures.succeeded) ?? countOf(row, on.figures.totalLeads) ?? countOf(row, on.figures.someLeads),
    failed: countOf(row, on.figures.failed),
    errors: [],
  };
}

/** What the list's own page says, before what its row said. */
async function withFigures(surface: Surface, listed: LeadList): Promise<LeadList> {
  const survey = await settle(surface);
  const leaves = await readLeaves(surface);
  const figure = (label: RegExp) => figureIn(leaves, label);
  const said = stateBeside(leaves, listed.name);
  const lines = (await readLines(surface)).filter((line) => /^\s*(row|line)\s+\d+\b/i.test(line));
  return {
    ...listed,
    status: said ?? (survey.busy ? 'processing' : listed.status),
    processed: figure(on.figures.processed) ?? listed.processed,
    succeeded: figure(on.figures.succeeded) ?? listed.succeeded,
    failed: figure(on.figures.failed) ?? listed.failed,
    errors: cleaned(lines, 'in it'),
  };
}

/** The state stands in or beside the title: the people below have states of their own. "3 processed" is a figure and no state. */
function stateBeside(leaves: readonly Leaf[], name: string): LeadList['status'] | undefined {
  const title = leaves.find(({ text }) => text.toLowerCase().startsWith(name.toLowerCase()));
  if (!title) return undefined;
  const beside = leaves.filter(
    ({ text, lineage }) =>
      text !== title.text &&
      text.length < 40 &&
      (!/\d/.test(text) || text.includes('%')) &&
      lineage.slice(0, 2).some((id) => title.lineage.slice(0, 2).includes(id)),
  );
  const texts = [title.text.slice(name.length), ...beside.map(({ text }) => text)];
  return texts.map(listStatus).find((state) => state !== null) ?? undefined;
}
