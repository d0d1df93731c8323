import { click, pressIn } from '../../browser/controls/press.ts';
import { awaitThing, giveUp, noteDrift } from '../../browser/find.ts';
import { scrollOn } from '../../browser/items.ts';
import type { Ladder } from '../../browser/ladder.ts';
import type { Kind, Seen } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { isGone, readLines } from '../../browser/survey.ts';
import { leaveFor, pause, type Surface } from '../../browser/surface.ts';
import * as on from '../selectors.ts';
import { pressOutside } from './outside.ts';

/** Nobody turns more pages than this, or scrolls further. */
const pagesAtMost = 2_000;
const screensAtMost = 40;

/**
 * Goes through a listing: what is shown, what scrolling brings, then page after page as long as there is a next one that
 * shows something else. Ends early where `visit` answers something.
 */
export async function throughPages<T>(surface: Surface, visit: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let page = 0; page < pagesAtMost; page += 1) {
    await settle(surface);
    const found = await visit();
    if (found !== undefined) return found;
    const shown = await shownText(surface);
    const further = await throughScreens(surface, shown, visit);
    if (further !== undefined) return further;
    if (!(await turn(surface, shown))) return undefined;
  }
  return undefined;
}

/** A long list may paint what comes into sight only. */
async function throughScreens<T>(
  surface: Surface,
  first: string,
  visit: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let shown = first;
  for (let screen = 0; screen < screensAtMost && (await scrollOn(surface)); screen += 1) {
    await settle(surface);
    const now = await shownText(surface);
    if (now === shown) continue;
    shown = now;
    const found = await visit();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A page may go on showing what it showed until it has asked for more. */
const turnedMs = 600;

/**
 * @param first what the page showed before it was scrolled
 * @returns whether another page came
 */
async function turn(surface: Surface, first: string): Promise<boolean> {
  const next = pressIn(await settle(surface), on.nextPage, {
    kinds: ['button', 'link', 'clickable'],
    only: ({ attributes }) => !/(^|[\s_-])disabled($|[\s_-])/i.test(attributes),
  });
  if (!next) return false;
  const last = await shownText(surface);
  await follow(surface, next.seen);
  const end = performance.now() + turnedMs;
  for (;;) {
    const now = await shownText(surface);
    if (now !== first && now !== last) return true;
    if (performance.now() > end) return false;
    await pause(60);
    await settle(surface);
  }
}

const shownText = async (surface: Surface): Promise<string> => (await readLines(surface)).join('\n');

/** Back to where a signed-in person begins; anew where a box is open over a page whose address never changes. */
export async function goHome(surface: Surface, home: string): Promise<void> {
  const { modal } = await settle(surface);
  if (surface.page.url() !== home || modal !== null) await leaveFor(surface, home);
  await settle(surface);
}

/** To one of the places of the side bar or the top. */
export async function goTo(surface: Surface, home: string, place: Ladder): Promise<void> {
  await goHome(surface, home);
  const found = await awaitThing(
    surface,
    (survey) => pressOutside(survey, place, { kinds: wayKinds }),
    surface.patience.thing,
  );
  if (!found) return giveUp(surface, place.what);
  noteDrift(surface, place, found);
  await follow(surface, found.seen);
}

/**
 * To where a link of these pages leads, without going back to press it.
 * @returns false where it is no address of theirs, or nothing is there
 */
export async function goToAddress(surface: Surface, href: string): Promise<boolean> {
  const here = surface.page.url();
  if (href === '' || href.startsWith('#') || !URL.canParse(href, here)) return false;
  const there = new URL(href, here);
  if (there.origin !== new URL(here).origin) return false;
  const answer = await leaveFor(surface, there.href);
  await settle(surface);
  return answer?.ok() ?? false;
}

/** To a part of the place one is in, where the place has such parts and does not show it already. */
export async function goInto(surface: Surface, part: Ladder, only?: (seen: Seen) => boolean): Promise<boolean> {
  const found = pressOutside(await settle(surface), part, { kinds: wayKinds, ...(only && { only }) });
  if (!found) return false;
  if (found.seen.checked !== true) await follow(surface, found.seen);
  return true;
}

const wayKinds: readonly Kind[] = ['tab', 'link', 'button', 'menuitem', 'clickable'];

async function follow(surface: Surface, seen: Seen): Promise<void> {
  try {
    await click(surface, seen);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  await settle(surface);
}
