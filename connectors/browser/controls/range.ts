import { VendorChanged } from '../../../pipeline/errors.ts';
import { actOn, giveUp, noteDrift, reach, type Found } from '../find.ts';
import type { Ladder } from '../ladder.ts';
import type { Choice, Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, type Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { option, plain, says, type Option } from '../words.ts';
import { fillIn, showsNumber } from './fill.ts';
import { pickFromPopup } from './popup.ts';
import { tick } from './tick.ts';
import { select } from './choose.ts';

/** A from–to filter as the page builds it: two controls, or a list of single values of which several may be chosen. */
export type RangeControl =
  | { readonly build: 'ends'; readonly low: Found; readonly high: Found }
  | { readonly build: 'list'; readonly list: Found }
  | { readonly build: 'ticks'; readonly ticks: readonly Found[] };

const lowWords =
  /\b(from|min|minimum|low|lower|lowest|start|starting|after|at least|greater|more than|beginning|earliest|since)\b|[≥>]/;
const highWords =
  /\b(to|thru|through|max|maximum|high|higher|highest|upper|end|ending|before|at most|less|up to|until|latest)\b|[≤<]/;

/** `$1,250,000` → 1250000, `500K` → 500000, `1.5M` → 1500000; null where it is no number. */
export function numberIn(text: string): number | null {
  const match = /^\D*?(\d[\d,]*(?:\.\d+)?)\s*([km])?\b\D*$/i.exec(text.trim());
  if (!match?.[1]) return null;
  const unit = match[2]?.toLowerCase() === 'k' ? 1_000 : match[2]?.toLowerCase() === 'm' ? 1_000_000 : 1;
  return Math.round(Number(match[1].replaceAll(',', '')) * unit);
}

export function rangeIn(survey: Survey, what: Ladder): RangeControl | undefined {
  const reached = reach(survey, what, ['text', 'select', 'listbox', 'combobox', 'slider']).filter(
    ({ seen }) => !seen.disabled,
  );
  const list = reached.find(({ seen }) => seen.kind === 'select' && seen.multiple && numbers(seen.choices).length > 2);
  const ends = pairOf(
    survey,
    reached.filter(({ seen }) => !seen.multiple),
  );
  if (ends) return ends;
  if (list) return { build: 'list', list };
  const ticks = reach(survey, what, ['checkbox', 'toggle']).filter(({ seen }) =>
    /^\d{1,4}$/.test((seen.own[0] ?? seen.near[0] ?? '').trim()),
  );
  return ticks.length > 2 ? { build: 'ticks', ticks } : undefined;
}

/** The two controls that belong together: said to be low and high, else neighbours in one row. */
function pairOf(survey: Survey, reached: readonly Found[]): RangeControl | undefined {
  let best: { readonly low: Found; readonly high: Found; readonly cost: number } | undefined;
  for (const low of reached) {
    for (const high of reached) {
      const lowSide = sideOf(low.seen);
      const highSide = sideOf(high.seen);
      const gap = gapOf(low.seen, high.seen);
      if (low === high || lowSide === 'high' || highSide === 'low' || gap === null) continue;
      const inOrder = survey.seen.indexOf(low.seen) < survey.seen.indexOf(high.seen);
      const told = (lowSide === 'low' ? 0 : 1) + (highSide === 'high' ? 0 : 1);
      if (!inOrder || (told === 2 && (gap > 3 || low.seen.kind !== high.seen.kind))) continue;
      const cost = (low.fit.rung + high.fit.rung) * 10 + gap + told * 2;
      if (!best || cost < best.cost) best = { low, high, cost };
    }
  }
  return best ? { build: 'ends', low: best.low, high: best.high } : undefined;
}

function sideOf(seen: Seen): 'low' | 'high' | null {
  const words = [...seen.own, ...seen.near.slice(0, 1), ...seen.hints].map(plain).join(' ');
  const attributes = plain(seen.attributes.replace(/([a-z])([A-Z])/g, '$1 $2'));
  for (const text of [words, attributes]) {
    const low = lowWords.test(text);
    const high = highWords.test(text);
    if (low !== high) return low ? 'low' : 'high';
  }
  return null;
}

/** Steps from one up to the ancestor it shares with the other. */
function gapOf(a: Seen, b: Seen): number | null {
  const step = a.lineage.findIndex((id) => b.lineage.includes(id));
  return step < 0 || step > 6 ? null : step;
}

function numbers(choices: readonly Choice[]): readonly number[] {
  return choices.map(({ text, value }) => numberIn(text) ?? numberIn(value)).filter((number) => number !== null);
}

/** The lowest and highest number the control can ask for, where it says so. */
export function boundsOf(control: RangeControl): { readonly min: number | null; readonly max: number | null } {
  if (control.build === 'ticks') {
    const all = control.ticks.map(({ seen }) => Number((seen.own[0] ?? seen.near[0] ?? '').trim()));
    return { min: Math.min(...all), max: Math.max(...all) };
  }
  const [low, high] = control.build === 'list' ? [control.list, control.list] : [control.low, control.high];
  const lows = numbers(low.seen.choices);
  const highs = numbers(high.seen.choices);
  return {
    min: lows.length > 0 ? Math.min(...lows) : numberIn(low.seen.min),
    max: highs.length > 0 ? Math.max(...highs) : numberIn(high.seen.max),
  };
}

/**
 * Sets a from–to filter; `null` leaves an end open. Reads both ends back.
 * @throws VendorChanged where the filter is not there or does not take the numbers
 */
export async function range(
  surface: Surface,
  what: Ladder,
  from: number | null,
  to: number | null,
  patience = surface.patience.thing,
): Promise<void> {
  const done = await actOn(
    surface,
    (survey) => rangeIn(survey, what),
    patience,
    (control) => setRange(surface, control, what, from, to),
  );
  if (!done) return giveUp(surface, what.what);
}

export async function setRange(
  surface: Surface,
  control: RangeControl,
  what: Ladder,
  from: number | null,
  to: number | null,
): Promise<void> {
  const wanted = (number: number | null) =>
    number !== null && (from === null || number >= from) && (to === null || number <= to);
  if (control.build === 'ends') {
    noteDrift(surface, what, control.low);
    await setEnd(surface, control.low.seen, from, `${what.what} from ${from ?? 'any'}`);
    await setEnd(surface, control.high.seen, to, `${what.what} to ${to ?? 'any'}`);
  } else if (control.build === 'list') {
    const { seen } = control.list;
    const chosen = seen.choices.flatMap((choice, index) => (wanted(numberIn(choice.text)) ? [{ index }] : []));
    const open = from === null && to === null;
    await (await elementOf(surface, seen)).selectOption(open ? [] : chosen);
    const now = (await settle(surface)).seen.find(({ id }) => id === seen.id);
    const count =
      now?.choices.filter(({ selected, text }) => selected && numberIn(text) !== null).length ?? chosen.length;
    if (count !== (open ? 0 : chosen.length)) throw new VendorChanged(surface.vendor, `${what.what}, chosen`);
  } else {
    const open = from === null && to === null;
    for (const { seen } of control.ticks) {
      const number = Number((seen.own[0] ?? seen.near[0] ?? '').trim());
      await tick(surface, seen, !open && wanted(number), what.what);
    }
  }
}

async function setEnd(surface: Surface, seen: Seen, to: number | null, name: string): Promise<void> {
  if (seen.kind === 'select') {
    if (to === null && seen.value !== '' && numberIn(seen.value) === null) return;
    return select(surface, seen, to === null ? openOption(seen) : numberOption(to), name);
  }
  if (seen.kind === 'listbox') {
    const chosen = seen.choices.find(({ selected }) => selected)?.text ?? '';
    if (to === null && numberIn(chosen) === null) return;
    return pickFromPopup(surface, seen, to === null ? openOption(seen) : numberOption(to), name);
  }
  if (seen.kind === 'combobox' && !/^(text|number|search|tel)$/.test(seen.type)) {
    if (to === null && numberIn(seen.value) === null) return;
    return pickFromPopup(surface, seen, to === null ? option('Any', /^(any|all|no )/) : numberOption(to), name);
  }
  if (to === null && seen.value === '') return;
  const shown = await fillIn(surface, seen, to === null ? '' : String(to));
  if (to === null ? shown !== '' && numberIn(shown) !== numberIn(seen.min) : !showsNumber(shown, to)) {
    throw new VendorChanged(surface.vendor, `${name}, as typed`);
  }
}

/** A number as a list may write it: `250000`, `$250,000`, `$250K`, `0.25M`. */
function numberOption(number: number): Option {
  const short = [
    [1_000, 'k'],
    [1_000_000, 'm'],
  ] as const;
  const shortened = short
    .filter(([unit]) => number >= unit)
    .map(([unit, letter]) => new RegExp(`^\\$?${number / unit} ?${letter}\\b`, 'i'));
  return option(String(number), new RegExp(`^\\$?\\s*${number}(\\.00)?$`), new RegExp(`^0?${number}$`), ...shortened);
}

/** The choice that asks for nothing; a select without one is opened by its first choice. */
function openOption(seen: Seen): Option {
  const free = seen.choices.find(
    ({ text, value }) => value === '' || (numberIn(text) === null && !says(text, blankWords)),
  );
  const first = free ?? seen.choices[0];
  return option(first?.text ?? 'Any');
}

const blankWords =
  /\b(blanks?|unknown|missing|no (value|date|year|day)s?|not (available|provided|known|given)|unavailable|empty|none on file)\b/;

/** "Include blanks" asks for more than the blanks: it is no way to ask for those alone. */
function asksForBlanks(text: string): boolean {
  const words = plain(text);
  return (
    blankWords.test(words) &&
    (/\bonly\b/.test(words) ||
      !/\b(incl|include|including|with|allow|also|plus|exclude|excluding|without|or)\b/.test(words))
  );
}

const namesOf = (seen: Seen): readonly string[] => [...seen.own, ...seen.near.slice(0, 1)];

/** A way to ask for the records without a value, and for them alone; undefined where the page has none. */
export function blankIn(survey: Survey, what: Ladder): Found | undefined {
  return (
    reach(survey, what, ['checkbox', 'radio', 'toggle']).find(({ seen }) => namesOf(seen).some(asksForBlanks)) ??
    reach(survey, what, ['select', 'listbox']).find(({ seen }) => seen.choices.some(({ text }) => asksForBlanks(text)))
  );
}

/** "Include blanks" beside a range: it must be off, or the records without a value would be in every part. */
export function includeBlanksIn(survey: Survey, what: Ladder): Found | undefined {
  return reach(survey, what, ['checkbox', 'toggle']).find(
    ({ seen }) =>
      seen.checked === true &&
      namesOf(seen).some((text) => says(text, blankWords) && says(text, /\b(incl|include|including)\b/)),
  );
}

export async function chooseBlank(surface: Surface, what: Ladder, found: Found): Promise<void> {
  const name = `${what.what}: blank`;
  const { seen } = found;
  if (seen.kind !== 'select' && seen.kind !== 'listbox') return tick(surface, seen, true, name);
  const blank = option(seen.choices.find(({ text }) => asksForBlanks(text))?.text ?? 'blank');
  return seen.kind === 'listbox' ? pickFromPopup(surface, seen, blank, name) : select(surface, seen, blank, name);
}
