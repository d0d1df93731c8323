import { VendorChanged } from '../../../pipeline/errors.ts';
import type { Kind, Seen } from '../seen.ts';
import type { Survey } from '../survey.ts';
import { look } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { pick, plain, saysOneOf, type Option } from '../words.ts';
import { dualListIn, moveInDualList, type DualList } from './dual-list.ts';
import type { Chosen } from './chosen.ts';
import { select } from './select-many.ts';
import { tick } from './tick.ts';

/** A place where any number of named things can be chosen, recognised by the things it offers. */
export type Picker =
  | { readonly build: 'ticks'; readonly members: readonly Seen[] }
  | { readonly build: 'list'; readonly list: Seen }
  | { readonly build: 'dual list'; readonly lists: DualList };

const tickKinds: readonly Kind[] = ['checkbox', 'toggle', 'option', 'clickable', 'button'];

/** Enough of the wanted things together that it cannot be something else: three in five. */
const enough = (wanted: readonly Option[]) => Math.ceil(wanted.length * 0.6);

function nameOf(seen: Seen): string {
  return seen.own[0] ?? seen.near[0] ?? '';
}

/** Where the page offers the wanted things, or undefined. */
export function pickerIn(survey: Survey, wanted: readonly Option[]): Picker | undefined {
  const lists = dualListIn(survey, wanted, enough(wanted));
  if (lists) return { build: 'dual list', lists };
  const list = survey.seen.find(
    (seen) =>
      (seen.kind === 'select' || seen.kind === 'listbox') &&
      seen.multiple &&
      wanted.filter((one) => pick(seen.choices, one, ({ text }) => [text]).length > 0).length >= enough(wanted),
  );
  if (list?.kind === 'select') return { build: 'list', list };
  for (const kind of tickKinds) {
    const members = clusterOf(
      survey.seen.filter((seen) => seen.kind === kind && !isSorter(seen)),
      wanted,
    );
    if (members) return { build: 'ticks', members };
  }
  return undefined;
}

/** The ticks that lie together with the wanted ones and are built like them. */
function clusterOf(all: readonly Seen[], wanted: readonly Option[]): readonly Seen[] | undefined {
  const hits = all.filter((seen) => wanted.some((one) => saysOneOf(nameOf(seen), one.says)));
  const named = wanted.filter((one) => hits.some((seen) => saysOneOf(nameOf(seen), one.says)));
  if (named.length < enough(wanted)) return undefined;
  let best: { readonly container: number; readonly count: number; readonly size: number } | undefined;
  for (const container of new Set(hits.flatMap(({ lineage }) => lineage))) {
    const inside = hits.filter(({ lineage }) => lineage.includes(container));
    const count = wanted.filter((one) => inside.some((seen) => saysOneOf(nameOf(seen), one.says))).length;
    const size = all.filter(({ lineage }) => lineage.includes(container)).length;
    if (!best || count > best.count || (count === best.count && size < best.size)) best = { container, count, size };
  }
  if (!best || best.count < enough(wanted)) return undefined;
  const { container } = best;
  const depths = new Set(hits.map(({ lineage }) => lineage.indexOf(container)));
  return all.filter(
    (seen) =>
      seen.lineage.includes(container) &&
      (hits.includes(seen) || (depths.has(seen.lineage.indexOf(container)) && !isAll(seen))),
  );
}

/** The headers of a table sort it and are no choices. */
function isSorter(seen: Seen): boolean {
  return (
    (seen.kind === 'button' || seen.kind === 'clickable') &&
    (seen.place === 'column header' || seen.place === 'navigation')
  );
}

/** "Select all" lies among the choices without being one. */
function isAll(seen: Seen): boolean {
  return /\b(all|none|clear|reset|default|header)s?\b/.test(plain(nameOf(seen)));
}

/**
 * Leaves exactly the wanted things chosen, each once, by the best of its names, everything else off.
 * @throws VendorChanged where a wanted thing is not offered
 */
export async function setExactly(
  surface: Surface,
  what: string,
  wanted: readonly Option[],
  find: (survey: Survey) => Picker | undefined,
): Promise<Chosen> {
  const picker = find(await look(surface));
  if (!picker) throw new VendorChanged(surface.vendor, what);
  if (picker.build === 'list') return select(surface, what, picker.list, wanted);
  if (picker.build === 'dual list') return moveInDualList(surface, what, picker.lists, wanted);
  const keep = new Set<Seen>();
  for (const one of wanted) {
    const found = pick(
      picker.members.filter((seen) => !keep.has(seen)),
      one,
      (seen) => [nameOf(seen)],
    )[0];
    if (!found) throw new VendorChanged(surface.vendor, `${what}: ${one.what}`);
    keep.add(found);
  }
  const stuck: string[] = [];
  for (const seen of picker.members) {
    const on = keep.has(seen);
    if (seen.disabled && !on && seen.checked === true) stuck.push(nameOf(seen));
    else if (!(seen.disabled && seen.checked === on)) await tick(surface, seen, on, `${what}: ${nameOf(seen)}`);
  }
  return { stuck };
}
