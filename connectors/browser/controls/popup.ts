import { VendorChanged } from '../../../pipeline/errors.ts';
import { awaitThing } from '../find.ts';
import { ladder } from '../ladder.ts';
import type { Leaf, Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, isGone, look, readLeaves, type Survey } from '../survey.ts';
import { pause, type Surface } from '../surface.ts';
import { pick, saysOneOf, type Option } from '../words.ts';
import { typeInto } from './fill.ts';
import { click, pressIn, pressKey } from './press.ts';
import { tick } from './tick.ts';

const items: readonly Seen['kind'][] = [
  'option',
  'menuitem',
  'radio',
  'checkbox',
  'toggle',
  'tab',
  'link',
  'button',
  'clickable',
];
const done = ladder('done button', /^(done|apply|ok|close|select|save)$/);
const openingMs = 1_200;
/** A list that opened has painted its items by then. */
const paintedMs = 250;
/** A list that was picked from and closes by itself has faded by then. */
const fadedMs = 450;

type Item = { readonly seen: Seen } | { readonly leaf: Leaf };

/**
 * Opens a drop-down of any build and picks from it: a list of options, a menu, ticks in a box, bare lines of text, with
 * or without a search box, painted beside the control or at the end of the document.
 * @throws VendorChanged where the option is not offered, or the control does not show it afterwards
 */
export async function pickFromPopup(surface: Surface, trigger: Seen, wanted: Option, what: string): Promise<void> {
  if (trigger.kind !== 'listbox' && saysOneOf(trigger.value, wanted.says)) return;
  const before = await look(surface);
  const known = new Set(before.seen.map(({ id }) => id));
  const leavesBefore = new Set((await readLeaves(surface)).map(({ id }) => id));
  const standing = trigger.kind === 'listbox';
  if (!standing && trigger.expanded !== true) await click(surface, trigger);
  const seek = (survey: Survey) => itemIn(survey, known, wanted, trigger);
  let item: Item | null = await awaitOpened(surface, seek, known);
  item ??= await bareItem(surface, leavesBefore, wanted);
  for (const text of item ? [] : wanted.type) {
    item = await typeToFind(surface, trigger, known, text, seek);
    if (item) break;
  }
  if (!item) {
    await pressKey(surface, 'Escape');
    throw new VendorChanged(surface.vendor, `${what}: ${wanted.what}`);
  }
  for (let attempt = 0; ; attempt += 1) {
    try {
      await take(surface, item, `${what}: ${wanted.what}`);
      break;
    } catch (error) {
      // A list that is being filtered paints its items anew.
      const again = isGone(error) && attempt < 4 ? await awaitThing(surface, seek, openingMs) : null;
      if (!again) throw error;
      item = again;
    }
  }
  await settle(surface);
  const took = await shows(surface, trigger, item, wanted);
  await close(surface, trigger, item, known);
  // A page may paint what it took a moment after.
  const end = performance.now() + openingMs;
  while (!took && !(await shows(surface, trigger, item, wanted))) {
    if (performance.now() > end) throw new VendorChanged(surface.vendor, `${what} showing ${wanted.what}`);
    await pause(60);
  }
}

async function take(surface: Surface, item: Item, name: string): Promise<void> {
  if (!('seen' in item)) return click(surface, item.leaf);
  const { seen } = item;
  if (seen.kind === 'checkbox' || seen.kind === 'toggle') return tick(surface, seen, true, name);
  if (seen.checked !== true || !seen.multiple) return click(surface, seen);
}

/** The wanted item, or null soon after others appeared without it: the list is longer than what it shows. */
async function awaitOpened(
  surface: Surface,
  seek: (survey: Survey) => Item | null,
  known: ReadonlySet<number>,
): Promise<Item | null> {
  let opened = Infinity;
  const answer = await awaitThing<Item | 'not among them'>(
    surface,
    (survey) => {
      const item = seek(survey);
      if (item) return item;
      if (opened === Infinity && survey.seen.some(({ id }) => !known.has(id))) opened = performance.now();
      return performance.now() - opened > paintedMs && !survey.busy && surface.traffic.underway() === 0
        ? 'not among them'
        : null;
    },
    openingMs,
  );
  return answer === 'not among them' ? null : answer;
}

function itemIn(survey: Survey, known: ReadonlySet<number>, wanted: Option, trigger: Seen): Item | null {
  const candidates = survey.seen.filter(
    (seen) =>
      items.includes(seen.kind) &&
      !seen.disabled &&
      seen.id !== trigger.id &&
      (!known.has(seen.id) || seen.lineage.includes(trigger.id)),
  );
  const found = pick(candidates, wanted, (seen) => [
    ...(seen.own.length > 0 ? seen.own : seen.near.slice(0, 1)),
    // What an option stands for tells two of one name apart.
    ...(seen.kind === 'option' ? [seen.value] : []),
  ]);
  const best = found.toSorted((a, b) => items.indexOf(a.kind) - items.indexOf(b.kind))[0];
  return best ? { seen: best } : null;
}

/** Lines of a drop-down that nothing marks as pressable. */
async function bareItem(surface: Surface, known: ReadonlySet<number>, wanted: Option): Promise<Item | null> {
  const fresh = (await readLeaves(surface)).filter(({ id }) => !known.has(id));
  const leaf = pick(fresh, wanted, ({ text }) => [text])[0];
  return leaf ? { leaf } : null;
}

/** Long lists show what matches the typed text only. */
async function typeToFind(
  surface: Surface,
  trigger: Seen,
  known: ReadonlySet<number>,
  text: string,
  seek: (survey: Survey) => Item | null,
): Promise<Item | null> {
  const survey = await look(surface);
  const own = survey.seen.find(({ id }) => id === trigger.id);
  const typable = (seen: Seen) =>
    seen.kind === 'text' || (seen.kind === 'combobox' && seen.type !== 'combobox' && seen.type !== 'button');
  const box =
    survey.seen.find((seen) => typable(seen) && !known.has(seen.id) && !seen.readOnly) ??
    (own && typable(own) && !own.readOnly ? own : undefined);
  if (!box) return null;
  const element = await elementOf(surface, box);
  await element.fill('');
  await typeInto(surface, element, text);
  return awaitThing(surface, seek, openingMs);
}

/** Whether the page took it: the control, the option itself, or a chip beside the control says so. */
async function shows(surface: Surface, trigger: Seen, item: Item, wanted: Option): Promise<boolean> {
  const survey = await look(surface);
  const now = survey.seen.find(({ id }) => id === trigger.id);
  if (!now) return true; // The page went on: nothing is left to read.
  if (saysOneOf(now.value, wanted.says) || now.own.some((text) => saysOneOf(text, wanted.says))) return true;
  if (now.value.split(/[,;]\s*/).some((text) => saysOneOf(text, wanted.says))) return true;
  if ('seen' in item && item.seen.own.includes(now.value)) return true;
  if ('seen' in item && survey.seen.some(({ id, checked }) => id === item.seen.id && checked === true)) return true;
  const around = now.lineage[Math.min(2, now.lineage.length - 1)];
  const itemId = 'seen' in item ? item.seen.id : item.leaf.id;
  const leaves = await readLeaves(surface);
  return leaves.some(
    ({ id, text, lineage }) =>
      around !== undefined &&
      id !== itemId &&
      !lineage.includes(itemId) &&
      lineage.includes(around) &&
      saysOneOf(text.replace(/\s*[×✕✖x]$/, ''), wanted.says),
  );
}

/** Closes a drop-down that stays open for more choices. Escape last: it may close the dialog around it too. */
async function close(surface: Surface, trigger: Seen, item: Item, known: ReadonlySet<number>): Promise<void> {
  const itemId = 'seen' in item ? item.seen.id : item.leaf.id;
  if (known.has(itemId) || trigger.kind === 'listbox') return;
  const open = async () =>
    (await readLeaves(surface)).some(({ id, lineage }) => id === itemId || lineage.includes(itemId));
  const staysOpen = 'seen' in item && (item.seen.multiple || item.seen.kind === 'checkbox');
  const end = performance.now() + (staysOpen ? 0 : fadedMs);
  while (await open()) {
    if (performance.now() >= end) return closeIt(surface, trigger, known, open);
    await pause(50);
  }
}

async function closeIt(
  surface: Surface,
  trigger: Seen,
  known: ReadonlySet<number>,
  open: () => Promise<boolean>,
): Promise<void> {
  const survey = await look(surface);
  const button = pressIn(survey, done, { kinds: ['button', 'clickable'], only: ({ id }) => !known.has(id) });
  try {
    await click(surface, button ? button.seen : trigger);
    await settle(surface);
    if (await open()) {
      await pressKey(surface, 'Escape');
      await pause(50);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
