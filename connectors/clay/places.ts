import { NeedsHuman, VendorChanged } from '../../pipeline/errors.ts';
import type { WorkbookPlace, WorkbookRef } from '../../pipeline/ports/clay.ts';
import { click, findPress, press, pressIfThere, pressIn } from '../browser/controls/press.ts';
import { giveUp, noteDrift } from '../browser/find.ts';
import { freshField, itemsAnywhere, itemsNamed, openItem, sameName } from '../browser/items.ts';
import type { Ladder } from '../browser/ladder.ts';
import type { Leaf } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, look, readLeaves, type Survey } from '../browser/survey.ts';
import { leaveFor, type Surface } from '../browser/surface.ts';
import { fromRef, toRef } from './refs.ts';
import { rename } from './rename.ts';
import * as on from './selectors.ts';

/** Opens the workbook of a place, making what is missing on the way. @returns its address */
export async function openPlace(
  surface: Surface,
  home: string,
  place: WorkbookPlace,
  hint?: WorkbookRef,
): Promise<WorkbookRef> {
  await goHome(surface, home);
  for (const folder of [place.root, place.client, place.month]) await enterFolder(surface, folder);
  const folderUrl = surface.page.url();
  const found = await itemsAnywhere(surface, place.workbook);
  if (found.length > 1) return ofSeveral(surface, place, found.length, hint);
  if (found[0]) await openOrGiveUp(surface, found[0]);
  else await create(surface, on.make.workbook, place.workbook);
  const url = surface.page.url();
  // An address of the page's own, or none: then the names lead there again.
  return toRef(url === folderUrl ? { place } : { url }) as WorkbookRef;
}

/** The list of folders: with this one in it, or with a way to make it. @throws VendorChanged where it is neither */
export async function reachFolders(surface: Surface, home: string, root: string): Promise<void> {
  await goHome(surface, home);
  if ((await itemsAnywhere(surface, root)).length > 0) return;
  if (!directWay(await settle(surface), on.make.folder) && !(await menuOfNew(surface)))
    return giveUp(surface, on.make.menu.what);
}

/** Opens what a reference names, by address or by names; nothing is made. */
export async function openRef(surface: Surface, home: string, ref: string): Promise<void> {
  const address = fromRef(ref);
  if ('url' in address) {
    if (surface.page.url() !== address.url) await leaveFor(surface, address.url);
    await settle(surface);
    return;
  }
  if ('table' in address) {
    await openRef(surface, home, address.workbook);
    const [tab] = await itemsAnywhere(surface, address.table);
    if (!tab) return giveUp(surface, `table "${address.table}"`);
    await (await elementOf(surface, tab)).click();
    await settle(surface);
    return;
  }
  await goHome(surface, home);
  const { root, client, month, workbook } = address.place;
  for (const name of [root, client, month, workbook]) {
    const [item] = await itemsAnywhere(surface, name);
    if (!item) return giveUp(surface, `"${name}"`);
    await openOrGiveUp(surface, item);
  }
}

async function goHome(surface: Surface, home: string): Promise<void> {
  await leaveFor(surface, home);
  await settle(surface);
}

async function ofSeveral(
  surface: Surface,
  place: WorkbookPlace,
  count: number,
  hint?: WorkbookRef,
): Promise<WorkbookRef> {
  const address = hint === undefined ? null : fromRef(hint);
  if (hint !== undefined && address && 'url' in address) {
    await leaveFor(surface, address.url);
    await settle(surface);
    if ((await readLeaves(surface)).some(({ text }) => sameName(text, place.workbook))) return hint;
  }
  throw new NeedsHuman(
    'CHECK',
    `Clay has ${count} workbooks named "${place.workbook}" in ${place.root} / ${place.client} / ${place.month}`,
    {
      todo: 'Rename or delete all but one of them, then retry.',
      facts: { workbooks: count },
    },
  );
}

async function enterFolder(surface: Surface, name: string): Promise<void> {
  const found = await itemsAnywhere(surface, name);
  if (found.length > 1) {
    throw new NeedsHuman('CHECK', `Clay has ${found.length} folders named "${name}" side by side`, {
      todo: 'Rename or delete all but one of them, then retry.',
      facts: { folders: found.length },
    });
  }
  if (found[0]) return openOrGiveUp(surface, found[0]);
  const url = surface.page.url();
  await create(surface, on.make.folder, name);
  const made = await itemsNamed(surface, name);
  // Some pages open what was just made, others list it.
  if (made[0] && surface.page.url() === url) return openOrGiveUp(surface, made[0]);
}

async function openOrGiveUp(surface: Surface, item: Leaf): Promise<void> {
  if (!(await openItem(surface, item))) return giveUp(surface, `"${item.text}", opened`);
}

/** A button that makes it without a menu. */
const directWay = (survey: Survey, what: Ladder) =>
  pressIn(survey, what, {
    kinds: ['button', 'link', 'clickable'],
    only: ({ own }) => own.some((text) => /\b(new|create|add)\b/i.test(text)),
  });

const menuOfNew = (surface: Surface) => findPress(surface, on.make.menu, { only: ({ place }) => place !== 'cell' });

/** New → Folder or Workbook → its name, asked for in a dialog, in the list itself, or not at all (then it is renamed). */
async function create(surface: Surface, what: Ladder, name: string): Promise<void> {
  const survey = await settle(surface);
  const known = new Set(survey.seen.map(({ id }) => id));
  const url = surface.page.url();
  const direct = directWay(survey, what);
  if (direct) await click(surface, direct.seen);
  else {
    const menu = await menuOfNew(surface);
    if (!menu) return giveUp(surface, on.make.menu.what);
    noteDrift(surface, on.make.menu, menu);
    await click(surface, menu.seen);
    await press(surface, what, { only: ({ id, kind }) => !known.has(id) || kind === 'menuitem' });
  }
  const field = await freshField(surface, known, 2_500);
  if (field) {
    const element = await elementOf(surface, field);
    await element.fill(name);
    if (
      !(await pressIfThere(surface, on.confirmName, {
        kinds: ['button', 'clickable'],
        only: ({ id }) => !known.has(id),
      }))
    )
      await element.press('Enter');
    await settle(surface);
  } else if (surface.page.url() !== url) {
    const [title] = (await readLeaves(surface)).filter(({ text, place }) => on.unnamed.test(text) && place !== 'cell');
    if (!title) throw new VendorChanged(surface.vendor, `name of the new ${what.what}`);
    await rename(surface, title, name);
  } else return giveUp(surface, `name of the ${what.what}`);
  await stands(surface, name);
}

/** The page shows the new name, in a list or as a title. */
async function stands(surface: Surface, name: string): Promise<void> {
  const end = performance.now() + surface.patience.thing;
  while (!(await readLeaves(surface)).some(({ text }) => sameName(text, name))) {
    if (performance.now() > end) return giveUp(surface, `"${name}", just made`);
    await settle(surface);
  }
  await look(surface);
}
