import { VendorChanged } from '../../../pipeline/errors.ts';
import { actOn, awaitThing, giveUp, noteDrift, reach, type Found } from '../find.ts';
import type { Ladder } from '../ladder.ts';
import type { Kind, Seen } from '../seen.ts';
import { settle } from '../settle.ts';
import { elementOf, look, type Survey } from '../survey.ts';
import type { Surface } from '../surface.ts';
import { pick, saysOneOf, type Option } from '../words.ts';
import { fillIn } from './fill.ts';
import { pickFromPopup } from './popup.ts';
import { click } from './press.ts';
import { tick } from './tick.ts';

const ticked: readonly Kind[] = ['radio', 'checkbox', 'toggle', 'tab'];
const painted: readonly Kind[] = ['button', 'clickable', 'link'];

/** How a page lets one option of one question be chosen. */
export type Way = { readonly how: 'select' | 'tick' | 'press' | 'open'; readonly found: Found };

/** The way today's page offers, or undefined: a select, a row of ticks or buttons, a drop-down to open. */
export function wayToChoose(survey: Survey, what: Ladder, wanted: Option): Way | undefined {
  const ways: Way[] = [];
  for (const found of reach(survey, what, ['select', 'text', 'listbox'])) {
    if (offers(found.seen, wanted)) ways.push({ how: found.seen.kind === 'listbox' ? 'open' : 'select', found });
  }
  for (const found of reach(survey, what, [...ticked, ...painted])) {
    const tickable = ticked.includes(found.seen.kind);
    if (!names(found.seen, wanted) || (!tickable && (found.fit.distance < 1 || !hasRivals(survey, found.seen))))
      continue;
    ways.push({ how: tickable ? 'tick' : 'press', found });
  }
  for (const found of reach(survey, what, ['combobox', 'button', 'clickable'])) {
    const near = found.seen.kind === 'combobox' ? 8 : found.seen.popup ? 5 : 2;
    if (found.fit.distance < near && !found.seen.disabled) ways.push({ how: 'open', found });
  }
  ways.sort((a, b) => a.found.fit.rung - b.found.fit.rung || order.indexOf(a.how) - order.indexOf(b.how));
  return ways[0] ?? recognised(survey, what, wanted);
}

const order: readonly Way['how'][] = ['select', 'tick', 'press', 'open'];

/** Nothing bears the question's name, but one thing alone offers the answer. */
function recognised(survey: Survey, what: Ladder, wanted: Option): Way | undefined {
  const past = { rung: what.rungs.length, distance: 0 };
  const selects = survey.seen.filter((seen) => seen.kind === 'select' && offers(seen, wanted));
  if (selects.length === 1 && selects[0]) return { how: 'select', found: { seen: selects[0], fit: past } };
  const ticks = survey.seen.filter((seen) => ticked.includes(seen.kind) && names(seen, wanted));
  if (ticks.length === 1 && ticks[0]) return { how: 'tick', found: { seen: ticks[0], fit: past } };
  return undefined;
}

/** One of several built alike; a button alone is a drop-down that shows its value. */
function hasRivals(survey: Survey, seen: Seen): boolean {
  return (
    !seen.popup && survey.seen.some((other) => other.kind === seen.kind && other.id !== seen.id && sameRow(other, seen))
  );
}

function offers(seen: Seen, wanted: Option): boolean {
  return (
    !seen.disabled &&
    pick(
      seen.choices.filter(({ disabled }) => !disabled),
      wanted,
      ({ text, value }) => [text, value],
    ).length > 0
  );
}

function names(seen: Seen, wanted: Option): boolean {
  return (
    saysOneOf(seen.own[0] ?? seen.near[0] ?? '', wanted.says) || seen.own.some((text) => saysOneOf(text, wanted.says))
  );
}

/**
 * Chooses one option, and only that one, of a labelled question, however the page builds it, and reads it back.
 * @throws VendorChanged where the question or the option is not there, or the page does not show it as chosen
 */
export async function chooseOption(
  surface: Surface,
  what: Ladder,
  wanted: Option,
  patience = surface.patience.thing,
): Promise<void> {
  const done = await actOn(
    surface,
    (survey) => wayToChoose(survey, what, wanted),
    patience,
    (way) => {
      noteDrift(surface, what, way.found);
      return chooseBy(surface, way, what, wanted);
    },
  );
  if (!done) return giveUp(surface, `${what.what}: ${wanted.what}`);
}

export async function chooseBy(surface: Surface, way: Way, what: Ladder, wanted: Option): Promise<void> {
  const { seen } = way.found;
  const name = `${what.what}: ${wanted.what}`;
  switch (way.how) {
    case 'select':
      return seen.kind === 'text' ? typeChoice(surface, seen, wanted) : select(surface, seen, wanted, name);
    case 'tick':
      await untickRivals(surface, seen, wanted, name);
      return tick(surface, seen, true, name);
    case 'press':
      return pressChoice(surface, seen, name);
    case 'open':
      return pickFromPopup(surface, seen, wanted, what.what);
  }
}

/** A native select. Of one that takes several exactly the wanted option stays chosen. */
export async function select(surface: Surface, seen: Seen, wanted: Option, name: string): Promise<void> {
  const [choice] = pick(seen.choices, wanted, ({ text, value }) => [text, value]);
  if (!choice) throw new VendorChanged(surface.vendor, name);
  const index = seen.choices.indexOf(choice);
  const chosen = seen.choices.filter(({ selected }) => selected);
  if (chosen.length === 1 && chosen[0] === choice) return;
  await (await elementOf(surface, seen)).selectOption({ index }, { timeout: surface.patience.thing });
  const survey = await settle(surface);
  const now = survey.seen.find(({ id }) => id === seen.id);
  if (now && !now.choices.some(({ text, selected }) => selected && text === choice.text)) {
    throw new VendorChanged(surface.vendor, `${name}, chosen`);
  }
}

/** A text field with suggestions. */
async function typeChoice(surface: Surface, seen: Seen, wanted: Option): Promise<void> {
  const [choice] = pick(seen.choices, wanted, ({ text, value }) => [text, value]);
  await fillIn(surface, seen, choice?.value ?? wanted.what);
}

/** Ticks of the same row that are on and are not the wanted one. */
async function untickRivals(surface: Surface, seen: Seen, wanted: Option, name: string): Promise<void> {
  if (seen.kind === 'radio' || seen.kind === 'tab') return;
  const row = (await look(surface)).seen.filter(
    (other) => other.kind === seen.kind && other.id !== seen.id && other.checked === true && sameRow(other, seen),
  );
  for (const rival of row) if (!names(rival, wanted)) await tick(surface, rival, false, name);
}

/** Built alike and under the same heading. */
function sameRow(a: Seen, b: Seen): boolean {
  const depth = [0, 1, 2].find((step) => a.lineage[step] === b.lineage[step]);
  return depth !== undefined && a.type === b.type;
}

/** A row of look-alike buttons, of which the chosen one is painted differently. */
async function pressChoice(surface: Surface, seen: Seen, name: string): Promise<void> {
  const row = (survey: Survey) =>
    survey.seen.filter(
      (other) => other.kind === seen.kind && other.id !== seen.id && other.lineage[0] === seen.lineage[0],
    );
  const standsOut = (survey: Survey, me: Seen) => {
    const others = row(survey);
    return others.length > 1 && others.every(({ look: painting }) => painting !== me.look);
  };
  const before = await look(surface);
  const me = before.seen.find(({ id }) => id === seen.id) ?? seen;
  if (me.checked === true) return;
  await click(surface, seen);
  const took = await awaitThing(
    surface,
    (survey) => {
      const now = survey.seen.find(({ id }) => id === seen.id);
      return !now || now.checked === true || now.look !== me.look || standsOut(survey, now) ? true : null;
    },
    1_000,
  );
  if (took === null) throw new VendorChanged(surface.vendor, `${name}, chosen`);
  await settle(surface);
}
