import { VendorChanged } from '../../../pipeline/errors.ts';
import type { Choice, Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, look, type Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { pick, plain, type Option } from '../words.ts';
import type { Chosen } from './chosen.ts';
import { click } from './press.ts';

/** Two lists with buttons between: what is available, and what was chosen. Or one list only, as long as the other is empty. */
export type DualList = {
  readonly available: Seen;
  readonly chosen: Seen;
  readonly add: Seen | undefined;
  readonly remove: Seen | undefined;
};

const chosenWords = /\b(selected|chosen|included?|export(ed)?|output|your|in (the )?(file|export|download))\b/;
const addWords = /^(add|add selected|include|move right|select|>|→|»|>>|›|▶|▸|add( selected)? fields?|>+|→+)$/i;
const removeWords =
  /^(remove|drop|remove selected|exclude|move left|deselect|<|←|«|<<|‹|◀|◂|remove( selected)? fields?|<+|←+)$/i;

export function dualListIn(survey: Survey, wanted: readonly Option[], enough: number): DualList | undefined {
  const lists = survey.seen.filter(
    (seen) =>
      (seen.kind === 'select' && seen.multiple) || (seen.kind === 'select' && isTall(seen)) || seen.kind === 'listbox',
  );
  for (const [index, first] of lists.entries()) {
    for (const second of lists.slice(index + 1)) {
      if (first.kind !== second.kind || near(first, second) > 5) continue;
      if (!holdsSuch(first, wanted) || !holdsSuch(second, wanted)) continue;
      const both = [...first.choices, ...second.choices];
      if (wanted.filter((one) => pick(both, one, ({ text }) => [text]).length > 0).length < enough) continue;
      const firstIsChosen = saysChosen(first) && !saysChosen(second);
      const [available, chosen] = firstIsChosen ? [second, first] : [first, second];
      return { available, chosen, ...buttonsOf(survey, available, chosen) };
    }
  }
  return undefined;
}

/**
 * A list of other things (years, kinds of building) in the same form is no half of a pair, though one of them may sound
 * like a field (`Mobile home`); an empty list may be, and one of fields that somebody chose, ours among them or not.
 */
function holdsSuch(list: Seen, wanted: readonly Option[]): boolean {
  const filled = list.choices.filter(({ text }) => text.trim() !== '');
  const such = wanted.filter((one) => pick(filled, one, ({ text }) => [text]).length > 0);
  return such.length >= Math.min(2, Math.ceil(filled.length / 3));
}

function isTall(seen: Seen): boolean {
  return seen.box.height > 50;
}

function near(a: Seen, b: Seen): number {
  const step = a.lineage.findIndex((id) => b.lineage.includes(id));
  return step < 0 ? Infinity : step;
}

function saysChosen(list: Seen): boolean {
  return [...list.own, ...list.near.slice(0, 2), ...list.groups.slice(0, 1)].some((text) =>
    chosenWords.test(plain(text)),
  );
}

function buttonsOf(survey: Survey, available: Seen, chosen: Seen): Pick<DualList, 'add' | 'remove'> {
  const common = available.lineage.find((id) => chosen.lineage.includes(id));
  const buttons = survey.seen.filter(
    ({ kind, lineage }) =>
      (kind === 'button' || kind === 'clickable' || kind === 'link') &&
      common !== undefined &&
      lineage.includes(common),
  );
  const named = (words: RegExp) =>
    buttons.find(({ own }) => own.some((text) => words.test(text.trim()) || words.test(plain(text))));
  // Arrows without words: the first of two moves over, the second back.
  const [first, second, ...more] = buttons;
  const plainPair = more.length === 0 && first && second;
  return {
    add: named(addWords) ?? (plainPair ? first : undefined),
    remove: named(removeWords) ?? (plainPair ? second : undefined),
  };
}

/** Moves what is missing over and what is too much back, and reads the chosen list. */
export async function moveInDualList(
  surface: Surface,
  what: string,
  lists: DualList,
  wanted: readonly Option[],
): Promise<Chosen> {
  const keep = new Set<Choice>();
  const missing: Choice[] = [];
  for (const one of wanted) {
    const there = pick(
      lists.chosen.choices.filter((choice) => !keep.has(choice)),
      one,
      ({ text }) => [text],
    )[0];
    const offered = pick(
      lists.available.choices.filter((choice) => !missing.includes(choice)),
      one,
      ({ text }) => [text],
    )[0];
    const better = there && offered ? pick([there, offered], one, ({ text }) => [text])[0] : (there ?? offered);
    if (!better) throw new VendorChanged(surface.vendor, `${what}: ${one.what}`);
    if (better === there) keep.add(better);
    else missing.push(better);
  }
  const extra = lists.chosen.choices.filter((choice) => !keep.has(choice) && !choice.disabled && choice.text !== '');
  await move(surface, what, lists.chosen, extra, lists.remove);
  await move(surface, what, lists.available, missing, lists.add);
  const now = (await look(surface)).seen.find(({ id }) => id === lists.chosen.id);
  const names = now?.choices.map(({ text }) => text) ?? [];
  const expected = [...keep, ...missing].map(({ text }) => text);
  if (!now || !expected.every((text) => names.includes(text)))
    throw new VendorChanged(surface.vendor, `${what}, as chosen`);
  const left = now.choices.filter(({ text }) => text !== '' && !expected.includes(text));
  if (left.some(({ disabled }) => !disabled))
    throw new VendorChanged(surface.vendor, `${what}, with other fields taken out`);
  return { stuck: left.map(({ text }) => text) };
}

async function move(
  surface: Surface,
  what: string,
  from: Seen,
  choices: readonly Choice[],
  button: Seen | undefined,
): Promise<void> {
  if (choices.length === 0) return;
  if (from.kind === 'select' && from.multiple && button) {
    const present = (await look(surface)).seen.find(({ id }) => id === from.id) ?? from;
    const indices = choices.map(({ text }) => ({ index: present.choices.findIndex((choice) => choice.text === text) }));
    await (await elementOf(surface, from)).selectOption(indices);
    await click(surface, button);
    await settle(surface);
    return;
  }
  for (const { text } of choices) await moveOne(surface, what, from, text, button);
}

async function moveOne(
  surface: Surface,
  what: string,
  from: Seen,
  text: string,
  button: Seen | undefined,
): Promise<void> {
  const survey = await look(surface);
  const present = survey.seen.find(({ id }) => id === from.id);
  if (from.kind === 'select') {
    const list = await elementOf(surface, from);
    await list.selectOption({ index: present?.choices.findIndex((choice) => choice.text === text) ?? 0 });
    if (button) await click(surface, button);
    else await list.dispatchEvent('dblclick', { bubbles: true });
  } else {
    const item = survey.seen.find(
      ({ kind, lineage, own }) => kind === 'option' && lineage.includes(from.id) && own.includes(text),
    );
    if (!item) throw new VendorChanged(surface.vendor, `${what}: ${text}`);
    await click(surface, item, button ? {} : { clickCount: 2 });
    const press = button && (await look(surface)).seen.find(({ id }) => id === button.id);
    if (press) await click(surface, press);
  }
  await settle(surface);
}
