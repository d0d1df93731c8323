import type { CampaignRef } from '../../../pipeline/ports/bison.ts';
import { click, findPress, pressIn, pressKey } from '../../browser/controls/press.ts';
import { giveUp, noteDrift, reachOwn } from '../../browser/find.ts';
import { openItem } from '../../browser/items.ts';
import type { Ladder } from '../../browser/ladder.ts';
import type { Kind, Seen } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import type { Surface } from '../../browser/surface.ts';
import * as on from '../selectors.ts';
import { seekCampaign } from './campaigns.ts';
import { remember, type Known } from './known.ts';
import { goToAddress } from './pages.ts';

/** A menu paints its entries by then, milliseconds. */
const menuMs = 1_200;
/** A page has so many buttons that could be the menu. */
const menusAtMost = 4;

/**
 * Campaign → Actions → one of its entries: on the campaign's own page, or in the menu of its row where it has no such page or
 * that page no such menu. The entry may be a button of its own.
 * @param href the address of the campaign's own page, where it is known
 * @returns what was on the page before the entry was pressed
 */
export async function openAction(
  surface: Surface,
  home: string,
  campaign: CampaignRef,
  entry: Ladder,
  href = '',
): Promise<Known> {
  if (await goToAddress(surface, href)) {
    const known = await pressEntry(surface, entry, () => true);
    if (known) return known;
  }
  const listed = await seekCampaign(surface, home, campaign);
  if (!listed) return giveUp(surface, `campaign "${campaign.name}"`);
  if (await openItem(surface, listed.leaf)) {
    const known = await pressEntry(surface, entry, () => true);
    if (known) return known;
  }
  const row = (await seekCampaign(surface, home, campaign))?.row.id;
  const known = await pressEntry(surface, entry, ({ lineage }) => row !== undefined && lineage.includes(row));
  return known ?? giveUp(surface, entry.what);
}

const kinds: readonly Kind[] = ['button', 'link', 'clickable'];

/** A button of that name, else a menu that has it. @returns what was there before, or null where there is no such entry */
async function pressEntry(surface: Surface, entry: Ladder, within: (seen: Seen) => boolean): Promise<Known | null> {
  const survey = await settle(surface);
  const isOurs = (seen: Seen) =>
    !seen.disabled && !['navigation', 'breadcrumb', 'column header'].includes(seen.place) && within(seen);
  const direct = pressIn(survey, entry, { kinds, only: isOurs });
  if (direct) {
    noteDrift(surface, entry, direct);
    await click(surface, direct.seen);
    return remember(survey);
  }
  const menus = reachOwn(survey, on.actions, kinds).filter(({ seen }) => isOurs(seen));
  for (const menu of menus.slice(0, menusAtMost)) {
    const before = remember(await settle(surface));
    if (menu.seen.expanded !== true) await click(surface, menu.seen);
    const item = await findPress(surface, entry, {
      patience: menuMs,
      only: ({ id, kind }) => !before.ids.has(id) || kind === 'menuitem',
    });
    if (!item) {
      await pressKey(surface, 'Escape');
      continue;
    }
    noteDrift(surface, on.actions, menu);
    noteDrift(surface, entry, item);
    const known = remember(await settle(surface));
    await click(surface, item.seen);
    return known;
  }
  return null;
}
