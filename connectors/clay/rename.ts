import { click, pressIfThere, pressIn, pressKey } from '../browser/controls/press.ts';
import { giveUp } from '../browser/find.ts';
import { freshField, sameName } from '../browser/items.ts';
import type { Leaf } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, look, readLeaves, touched } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import * as on from './selectors.ts';

/**
 * Gives a table, a column or a workbook its name, however the page lets one: "Rename" in its menu, its name made editable by
 * a click or two, or a name field among its settings.
 * @throws VendorChanged where none of these works
 */
export async function rename(surface: Surface, thing: Leaf, name: string): Promise<void> {
  for (const open of [byMenu, byClicks, bySettings]) {
    if (!(await open(surface, thing, name))) continue;
    await settle(surface);
    if ((await readLeaves(surface)).some(({ text }) => sameName(text, name))) return;
  }
  return giveUp(surface, `"${thing.text}", renamed`);
}

async function knownIds(surface: Surface): Promise<ReadonlySet<number>> {
  return new Set((await look(surface)).seen.map(({ id }) => id));
}

async function byMenu(surface: Surface, thing: Leaf, name: string): Promise<boolean> {
  const known = await knownIds(surface);
  await (await elementOf(surface, thing)).click({ button: 'right' });
  if (!(await pressIfThere(surface, on.renameItem, { patience: 800, only: ({ id }) => !known.has(id) }))) {
    await pressKey(surface, 'Escape');
    return false;
  }
  return typeName(surface, known, name);
}

async function byClicks(surface: Surface, thing: Leaf, name: string): Promise<boolean> {
  for (const clickCount of [1, 2]) {
    const known = await knownIds(surface);
    await (await elementOf(surface, thing)).click({ clickCount });
    if (await typeName(surface, known, name)) return true;
  }
  return false;
}

async function bySettings(surface: Surface, thing: Leaf, name: string): Promise<boolean> {
  const known = await knownIds(surface);
  await (await elementOf(surface, thing)).click({ button: 'right' });
  if (!(await pressIfThere(surface, on.editColumn, { patience: 800, only: ({ id }) => !known.has(id) }))) return false;
  return typeName(surface, known, name);
}

async function typeName(surface: Surface, known: ReadonlySet<number>, name: string): Promise<boolean> {
  const field = await freshField(surface, known, 700);
  if (!field) return false;
  const element = await elementOf(surface, field);
  await element.fill(name);
  const button = pressIn(await look(surface), on.confirmName, {
    kinds: ['button', 'clickable'],
    only: ({ id }) => !known.has(id),
  });
  if (button) await click(surface, button.seen);
  else {
    touched(surface);
    await element.press('Enter');
  }
  return true;
}
