import { look, readIn, readLeaves, elementOf, isGone, touched, whileItStands } from './survey.ts';
import { settle } from './settle.ts';
import type { Leaf } from './seen.ts';
import { pause, type Surface } from './surface.ts';

/** Named things in lists: folders, files, tabs, rows. Found by their exact name, however they are built. */

export function sameName(text: string, name: string): boolean {
  return text.replace(/\s+/g, ' ').trim().toLowerCase() === name.replace(/\s+/g, ' ').trim().toLowerCase();
}

const heading = /^(h[1-6]|heading|title|legend|label)$/;

/**
 * The things of a name in the page's lists; titles and breadcrumbs that repeat the name do not count. The same thing in
 * a side bar and in the list is one.
 */
export async function itemsNamed(surface: Surface, name: string): Promise<readonly Leaf[]> {
  const leaves = (await readLeaves(surface)).filter(
    ({ text, place, kind }) => sameName(text, name) && place !== 'breadcrumb' && !heading.test(kind),
  );
  const listed = leaves.filter(({ place }) => place !== 'navigation');
  const found = listed.length > 0 ? listed : leaves;
  const addresses = new Set<string>();
  return found.filter((leaf) => {
    if (found.some((other) => leaf.lineage.includes(other.id))) return false;
    if (leaf.href === '' || leaf.href === '#') return true;
    if (addresses.has(leaf.href)) return false;
    addresses.add(leaf.href);
    return true;
  });
}

/**
 * The same, when the list may be longer than what it shows: it is scrolled to its end, and "Load more" is not needed
 * to be known to miss nothing that is painted while scrolling.
 */
export async function itemsAnywhere(surface: Surface, name: string): Promise<readonly Leaf[]> {
  await settle(surface);
  let found = await itemsNamed(surface, name);
  if (found.length > 0) return found;
  await pause(250); // A list may be painted a moment after its data came.
  await settle(surface);
  for (let step = 0; step < 60; step += 1) {
    found = await itemsNamed(surface, name);
    if (found.length > 0 || !(await scrollOn(surface))) return found;
    await settle(surface);
  }
  return found;
}

/** Scrolls every list on the page one screen down and lets it paint what comes. @returns whether anything moved */
export async function scrollOn(surface: Surface): Promise<boolean> {
  const moved = await whileItStands(() => readIn<boolean>(surface, `(${String(scrollAll)})()`));
  if (moved) touched(surface);
  return moved;
}

/** Runs inside the page. A page that is not painted shows no frames: then a moment must do. */
async function scrollAll(): Promise<boolean> {
  let moved = false;
  for (const element of [document.scrollingElement, ...document.querySelectorAll('*')]) {
    if (!element || element.scrollHeight <= element.clientHeight + 4) continue;
    if (element !== document.scrollingElement && !/auto|scroll/.test(getComputedStyle(element).overflowY)) continue;
    const before = element.scrollTop;
    element.scrollTop = before + element.clientHeight * 0.8;
    if (element.scrollTop > before + 1) moved = true;
  }
  if (moved)
    await new Promise<unknown>((painted) => {
      requestAnimationFrame(() => requestAnimationFrame(painted));
      setTimeout(painted, 200);
    });
  return moved;
}

/** Opens a thing of a list: a click, and a double click where a click only marks it. @returns whether the page went there */
export async function openItem(surface: Surface, item: Leaf): Promise<boolean> {
  const url = surface.page.url();
  const before = await titles(surface, item.text);
  for (const clickCount of [1, 2]) {
    try {
      await (await elementOf(surface, item)).click({ clickCount, timeout: 3_000 });
    } catch (error) {
      if (!isGone(error)) throw error;
      return true;
    }
    const end = performance.now() + 600;
    while (performance.now() < end) {
      await settle(surface);
      if (surface.page.url() !== url) return true;
      const still = (await itemsNamed(surface, item.text)).some(({ id }) => id === item.id);
      if (!still || (await titles(surface, item.text)) > before) return true;
      await pause(80);
    }
  }
  return false;
}

/** How many titles and breadcrumbs bear the name. */
async function titles(surface: Surface, name: string): Promise<number> {
  const leaves = await readLeaves(surface);
  return leaves.filter(
    ({ text, place, kind }) => sameName(text, name) && (place === 'breadcrumb' || heading.test(kind)),
  ).length;
}

/** The text field that was not there before: a dialog's, or the name of a thing just made, open for editing. */
export async function freshField(surface: Surface, known: ReadonlySet<number>, patienceMs: number) {
  const end = performance.now() + patienceMs;
  for (;;) {
    const survey = await look(surface);
    const field = survey.seen.find(
      ({ kind, id, readOnly, type }) =>
        kind === 'text' && !known.has(id) && !readOnly && type !== 'search' && type !== 'file',
    );
    if (field || performance.now() > end) return field;
    await pause(60);
  }
}
