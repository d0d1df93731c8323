import type { TableRef, WorkbookRef } from '../../pipeline/ports/clay.ts';
import { giveUp } from '../browser/find.ts';
import { itemsAnywhere, sameName } from '../browser/items.ts';
import type { Leaf } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, readLeaves, readLines } from '../browser/survey.ts';
import { pause, type Surface } from '../browser/surface.ts';
import { openRef } from './places.ts';
import { toRef } from './refs.ts';
import { readRowCount } from './schema.ts';

/** How long a row count must stand still to be believed, milliseconds. */
const standsMs = 300;

/** The tab, or line of a list, of a table. Clay may have named it after its file. */
export async function tableNamed(surface: Surface, name: string): Promise<Leaf | undefined> {
  const found = await itemsAnywhere(surface, name);
  if (found[0]) return found[0];
  return (await itemsAnywhere(surface, `${name}.csv`))[0] ?? (await titleNamed(surface, name));
}

/** Where a workbook shows one table only, its name may be a title and no tab. */
async function titleNamed(surface: Surface, name: string): Promise<Leaf | undefined> {
  return (await readLeaves(surface)).find(({ text }) => sameName(text, name));
}

/** Opens a table from its workbook. @returns its address, or null where there is no such table */
export async function openTable(
  surface: Surface,
  home: string,
  workbook: WorkbookRef,
  name: string,
): Promise<TableRef | null> {
  await openRef(surface, home, workbook);
  const before = surface.page.url();
  const tab = await tableNamed(surface, name);
  if (!tab) return null;
  await (await elementOf(surface, tab)).click();
  await settle(surface);
  const url = surface.page.url();
  // A table without an address of its own is found again by its name.
  return toRef(url === before ? { workbook, table: name } : { url }) as TableRef;
}

/** The number of rows the open table shows, standing still. @throws VendorChanged where it shows none */
export async function readRows(surface: Surface): Promise<number> {
  const end = performance.now() + surface.patience.thing;
  let last = null as { readonly count: number; readonly since: number } | null;
  for (;;) {
    const survey = await settle(surface);
    const count = readRowCount(await readLines(surface)) ?? survey.gridRows;
    if (count === null) last = null;
    else if (last?.count !== count) last = { count, since: performance.now() };
    if (last && performance.now() - last.since >= standsMs) return last.count;
    if (count === null && performance.now() > end) return giveUp(surface, 'row count');
    await pause(60);
  }
}
