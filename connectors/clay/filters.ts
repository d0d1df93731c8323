import { VendorChanged } from '../../pipeline/errors.ts';
import type { ClayFilter } from '../../pipeline/ports/clay.ts';
import { chooseBy } from '../browser/controls/choose.ts';
import { fillIn, showsNumber } from '../browser/controls/fill.ts';
import { click, press, pressIfThere, pressIn, pressKey } from '../browser/controls/press.ts';
import { giveUp } from '../browser/find.ts';
import { ladder } from '../browser/ladder.ts';
import type { Kind, Seen } from '../browser/seen.ts';
import { settle } from '../browser/settle.ts';
import { look, readLines, type Survey } from '../browser/survey.ts';
import type { Surface } from '../browser/surface.ts';
import { option, pick, plain, squash, type Option } from '../browser/words.ts';
import * as on from './selectors.ts';

const operators: Readonly<Record<ClayFilter['operator'], Option>> = {
  'is not empty': option(
    'is not empty',
    /^(is )?not (empty|blank)$/,
    /^(has (a |any )?value|exists|is set|is present)$/,
    /\bnot (empty|blank)\b/,
  ),
  'less than or equal to': option(
    'less than or equal to',
    /^(is )?(less than or equals?( to)?|at most|no more than|max(imum)?)$/,
    /^(≤|<=)/,
    /\bless than or equal/,
    /≤|<=/,
  ),
};

/** Sets the view's filters that are not set yet. Others of the view are left alone. @throws VendorChanged */
export async function setFilters(surface: Surface, filters: readonly ClayFilter[]): Promise<void> {
  for (const filter of filters) {
    const closed = await openPanel(surface);
    if (isSet(await settle(surface), await readLines(surface), filter)) continue;
    await addOne(surface, filter, closed);
  }
  await openPanel(surface);
  const survey = await settle(surface);
  const lines = await readLines(surface);
  for (const filter of filters) {
    if (!isSet(survey, lines, filter)) return giveUp(surface, `filter "${filter.column} ${filter.operator}", as set`);
  }
  await closePanel(surface);
}

/** Opens the filters where they are not open. @returns the page as it was before */
async function openPanel(surface: Surface): Promise<Survey> {
  const survey = await settle(surface);
  if (pressIn(survey, on.addFilter, outOfGrid)) return survey;
  const button = pressIn(survey, on.filtersButton, outOfGrid);
  if (button?.seen.expanded !== true) await press(surface, on.filtersButton, outOfGrid);
  return survey;
}

const outOfGrid = { only: ({ place }: Seen) => place !== 'cell' && place !== 'column header' };

/** A filter stands where its column, operator and value are shown together: in a row of controls, or as words. */
function isSet(survey: Survey, lines: readonly string[], filter: ClayFilter): boolean {
  const value = 'value' in filter ? filter.value : null;
  const holds = (texts: readonly string[]) =>
    texts.some((text) => squash(text) === squash(filter.column)) &&
    pick(texts, operators[filter.operator], (text) => [text]).length > 0 &&
    (value === null || texts.some((text) => showsNumber(text, value)));
  const controls = survey.seen.filter(({ kind, place }) => kind !== 'header' && place !== 'cell');
  for (const container of new Set(controls.flatMap(({ lineage }) => lineage.slice(0, 4)))) {
    const row = controls.filter(({ lineage }) => lineage.slice(0, 5).includes(container));
    if (row.length <= 8 && holds(row.flatMap(({ value: shown, own }) => [shown, ...own.slice(0, 1)]))) return true;
  }
  return lines.some((line) => {
    const words = plain(line);
    return (
      line.length < 160 &&
      squash(line).includes(squash(filter.column)) &&
      pick([words.replace(plain(filter.column), '').trim(), line], operators[filter.operator], (text) => [text])
        .length > 0 &&
      (value === null || (line.match(/\d[\d,.]*/g) ?? []).some((number) => showsNumber(number, value)))
    );
  });
}

/**
 * A row for a filter: column, operator, value, in this order, whether all three are there at once or each comes when the one
 * before it is chosen.
 */
async function addOne(surface: Surface, filter: ClayFilter, closed: Survey): Promise<void> {
  let before = await settle(surface);
  if (blankRow(freshIn(closed, before), filter)) before = closed;
  else if (!(await pressIfThere(surface, on.addFilter, outOfGrid))) {
    const known = new Set(closed.seen.map(({ id }) => id));
    await pressIfThere(surface, on.addInPanel, {
      patience: 1_000,
      only: ({ id, place }) => !known.has(id) && place !== 'cell',
    });
  }
  await chooseNext(surface, option(filter.column), before, null, `filter column ${filter.column}`);
  await chooseNext(surface, operators[filter.operator], before, filter.column, `filter operator ${filter.operator}`);
  if ('value' in filter) await typeValue(surface, filter.value, before);
  await pressIfThere(surface, on.applyFilter, { kinds: ['button', 'clickable'], ...outOfGrid });
  await settle(surface);
}

/** A row that opened with the panel and waits to be filled in. */
function blankRow(fresh: readonly Seen[], filter: ClayFilter): boolean {
  const columns = fresh.filter(
    ({ kind, choices }) => kind === 'select' && pick(choices, option(filter.column), ({ text }) => [text]).length > 0,
  );
  const nothing = (seen: Seen) =>
    seen.choices.some(
      ({ selected, value, text }) =>
        selected && (value === '' || /^(\W*|(select|choose|pick|column)\b.*)$/i.test(text)),
    );
  return (
    columns.length === 1 && columns.every(nothing) && fresh.every(({ kind, value }) => kind !== 'text' || value === '')
  );
}

/**
 * What came since. A list that grew by a row may have painted its old rows anew, under new ids, so what shows the same is not
 * new; and a button that says something else by now ("Filters 1", once the view was saved) is still the old one.
 */
function freshIn(before: Survey, now: Survey): readonly Seen[] {
  const sign = ({ kind, own, value, hints }: Seen) => [kind, own[0], value, hints[0]].join('|');
  const left = new Map<string, number>();
  for (const seen of before.seen) left.set(sign(seen), (left.get(sign(seen)) ?? 0) + 1);
  const ids = new Set(before.seen.map(({ id }) => id));
  return now.seen.filter((seen) => {
    const known = left.get(sign(seen)) ?? 0;
    left.set(sign(seen), known - 1);
    return known <= 0 && !ids.has(seen.id);
  });
}

/** Picks an option from whatever of the new row offers it: an open menu, a select, or a drop-down. */
async function chooseNext(
  surface: Surface,
  wanted: Option,
  before: Survey,
  chosen: string | null,
  what: string,
): Promise<void> {
  const end = performance.now() + surface.patience.thing;
  const tried = new Set<number>();
  const taken = (text: string) => chosen !== null && squash(text) === squash(chosen);
  while (performance.now() < end) {
    const fresh = freshIn(before, await settle(surface));
    const item = pick(
      fresh.filter(({ kind }) => kind === 'option' || kind === 'menuitem'),
      wanted,
      ({ own }) => own,
    )[0];
    if (item) {
      await click(surface, item);
      await settle(surface);
      return;
    }
    const way = { rung: 0, distance: 0 };
    const select = fresh
      .filter(({ kind, choices }) => kind === 'select' && pick(choices, wanted, ({ text }) => [text]).length > 0)
      .at(-1);
    if (select) return chooseBy(surface, { how: 'select', found: { seen: select, fit: way } }, ladder(what), wanted);
    const trigger = fresh.find(
      ({ kind, id, own, value }) =>
        choosers.includes(kind) && !tried.has(id) && isTrigger(own, value) && !taken(value) && !taken(own[0] ?? ''),
    );
    if (!trigger) continue;
    tried.add(trigger.id);
    try {
      return await chooseBy(surface, { how: 'open', found: { seen: trigger, fit: way } }, ladder(what), wanted);
    } catch (error) {
      if (!(error instanceof VendorChanged)) throw error; // Not this one: its list offers other things.
    }
  }
  return giveUp(surface, what);
}

const choosers: readonly Kind[] = ['combobox', 'button', 'clickable', 'listbox'];

/** What opens a list; "Apply", "Remove" and their like do not. */
function isTrigger(own: readonly string[], value: string): boolean {
  const words = plain(`${own[0] ?? ''} ${value}`);
  return (
    !/\b(apply|save|done|cancel|clear|remove|delete|close|add|and|or|where|duplicate)\b/.test(words) &&
    words !== '' &&
    words !== 'x'
  );
}

async function typeValue(surface: Surface, value: number, before: Survey): Promise<void> {
  const end = performance.now() + surface.patience.thing;
  while (performance.now() < end) {
    const field = freshIn(before, await settle(surface))
      .filter(({ kind, readOnly, type }) => kind === 'text' && !readOnly && type !== 'search')
      .at(-1);
    if (!field) continue;
    const shown = await fillIn(surface, field, String(value));
    if (shown !== '' && !showsNumber(shown, value))
      throw new VendorChanged(surface.vendor, `filter value ${value}, as typed`);
    return;
  }
  return giveUp(surface, 'filter value');
}

async function closePanel(surface: Surface): Promise<void> {
  await pressKey(surface, 'Escape');
  const survey = await look(surface);
  const button = pressIn(survey, on.filtersButton, outOfGrid);
  if (button?.seen.expanded === true) await click(surface, button.seen);
  await settle(surface);
}
