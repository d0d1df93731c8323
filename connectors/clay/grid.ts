import { VendorChanged } from '../../pipeline/errors.ts';
import type { Leaf } from '../browser/seen.ts';
import { sameName } from '../browser/items.ts';
import { settle } from '../browser/settle.ts';
import { elementOf, isGone, readLeaves } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';

/** A column as the grid's head shows it. `id` and `frame` are those of the text in the head. */
export type Column = { readonly name: string; readonly leaf: Leaf };

/**
 * The columns painted once the page is at rest. Where no role gives the head away, it is the line of texts a known column
 * stands in.
 * @param known a column that is surely there
 */
async function painted(surface: Surface, known: string): Promise<readonly Column[]> {
  const headers = (await settle(surface)).seen.filter(({ kind }) => kind === 'header');
  const leaves = await readLeaves(surface);
  if (headers.length > 0) {
    return headers.flatMap((header) => {
      const inside = leaves.filter(({ id, lineage }) => id === header.id || lineage.includes(header.id));
      // The sign of its type (`T`, `#`, `fx`) may stand before a column's name, and a mark of its menu (`▾`) after it: of a
      // head that is scrolled half out of sight the mark alone may be left.
      const leaf =
        inside.find(({ text }) => /\p{L}/u.test(text) && header.own.some((own) => sameName(own, text))) ??
        inside.find(({ text }) => /\p{L}{3}/u.test(text));
      return leaf ? [{ name: leaf.text, leaf }] : [];
    });
  }
  const anchor = leaves
    .filter(({ text, place }) => sameName(text, known) && place !== 'breadcrumb')
    .sort((a, b) => a.box.y - b.box.y)[0];
  if (!anchor) return [];
  const middle = anchor.box.y + anchor.box.height / 2;
  const line = leaves.filter(
    ({ box, lineage }) =>
      Math.abs(box.y + box.height / 2 - middle) < 8 && lineage.some((id) => anchor.lineage.includes(id)),
  );
  return line.map((leaf) => ({ name: leaf.text, leaf }));
}

/** Every column of the grid, scrolled from its beginning to its end: what is out of sight may not be painted at all. */
export async function columnsOf(surface: Surface, known: string): Promise<readonly string[]> {
  const names = new Set<string>();
  await walkColumns(surface, known, (columns) => {
    for (const { name } of columns) names.add(name);
    return false;
  });
  return [...names];
}

/** The head of a column, scrolled into sight; undefined where the grid has none of that name. */
export async function findColumn(surface: Surface, known: string, is: string | RegExp): Promise<Column | undefined> {
  let found: Column | undefined;
  await walkColumns(surface, known, (columns) => {
    found = columns.find(({ name }) => (typeof is === 'string' ? sameName(name, is) : is.test(name)));
    return found !== undefined;
  });
  return found;
}

async function walkColumns(
  surface: Surface,
  known: string,
  visit: (columns: readonly Column[]) => boolean,
): Promise<void> {
  let columns = await painted(surface, known);
  if (visit(columns)) return;
  // Where there is nothing to scroll, or the grid stands at its beginning already, it is at an end at once.
  let where: 'start' | 'on' = 'start';
  for (let step = 0; step < 80; step += 1) {
    const leaf = columns.at(where === 'start' ? 0 : -1)?.leaf;
    if (!leaf) return;
    const became = await scrollSideways(surface, leaf, where);
    if (became === 'at an end' && where === 'on') return;
    // A head that was painted anew meanwhile says nothing of what lies beside it: the same is tried with the new one.
    if (became !== 'gone') where = 'on';
    if (became === 'at an end') continue;
    columns = await painted(surface, known);
    if (visit(columns)) return;
  }
}

/** Scrolls the grid an element lies in, where the element is still there. */
async function scrollSideways(
  surface: Surface,
  leaf: Leaf,
  where: 'start' | 'on',
): Promise<'moved' | 'at an end' | 'gone'> {
  const element = await elementOf(surface, leaf).catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
  if (!element) return 'gone';
  return element.evaluate((start, to) => {
    if (!start.isConnected) return 'gone';
    for (let node: Element | null = start; node; node = node.parentElement) {
      if (node.scrollWidth <= node.clientWidth + 4 || !/auto|scroll/.test(getComputedStyle(node).overflowX)) continue;
      const before = node.scrollLeft;
      node.scrollLeft = to === 'start' ? 0 : before + node.clientWidth * 0.7;
      if (Math.abs(node.scrollLeft - before) > 1) return 'moved';
    }
    return 'at an end';
  }, where);
}

/**
 * Does something to a column's head. A grid paints itself anew while it scrolls: a head that was replaced meanwhile is
 * looked for again.
 * @throws VendorChanged where the table has no such column
 */
export async function atColumn<T>(
  surface: Surface,
  known: string,
  name: string,
  act: (column: Column) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const column = await findColumn(surface, known, name);
    // In a moment in which the grid paints itself it has no heads at all, and what is missing closes Clay for every client.
    if (!column && attempt < 2) {
      await settle(surface);
      continue;
    }
    if (!column) throw new VendorChanged(surface.vendor, `column "${name}"`);
    try {
      return await act(column);
    } catch (error) {
      if (!isGone(error) || attempt >= 4) throw error;
      await settle(surface);
    }
  }
}
