import { dwellings } from '../../households/property.ts';
import { fields } from '../columns.ts';
import type { Filters, Range } from '../query.ts';
import type { Draft } from '../sessions.ts';
import { alert, choice, submit, textBox, type Option } from './controls.ts';
import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';
import type { Word } from './words.ts';

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export function advancedPage(skin: Skin, draft: Draft, years: readonly [number, number], error: Part): Markup {
  return markup`<div class="heading"><h1>${skin.say('advanced')}</h1><a class="advanced" href="/Search/Summary">Back</a></div>${alert(error)}
    <form method="post" action="/Search/Advanced" class="options">
    <div class="panel"><h2>${skin.say('outputFields')}</h2>${picker(skin, draft.fields)}</div>
    <div class="panel"><h2>${skin.say('filters')}</h2>${filterControls(skin, draft.filters, years)}</div>
    <div class="buttons">${submit(skin.say('apply'))}</div></form>`;
}

/** Two lists and buttons between them; after the redesign, one list to tick. The picked order is the file's order. */
function picker(skin: Skin, picked: readonly string[]): Markup {
  if (skin.custom) {
    return markup`<div role="listbox" aria-multiselectable="true" aria-label="${skin.say('selected')}" class="listbox tall" tabindex="0" data-many="fields">${fields.map(
      ({ label }) =>
        markup`<div role="option" aria-selected="${String(picked.includes(label))}" data-value="${label}">${label}</div>`,
    )}</div>${picked.map((label) => markup`<input type="hidden" name="fields" value="${label}">`)}`;
  }
  const list = (id: string, name: string, label: string, labels: readonly string[]) =>
    markup`<div class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}" multiple size="14">${labels.map(
      (text) => markup`<option value="${text}">${text}</option>`,
    )}</select></div>`;
  const left = fields.map(({ label }) => label).filter((label) => !picked.includes(label));
  return markup`<div class="picker">${list('ctl00_Main_lstAvailable', 'available', skin.say('available'), left)}
    <div class="movers"><button type="button" class="button plain" data-move="available fields">${skin.say('add')} &raquo;</button>
      <button type="button" class="button plain" data-move="fields available">&laquo; ${skin.say('remove')}</button></div>
    ${list('ctl00_Main_lstSelected', 'fields', skin.say('selected'), picked)}</div>
    <p class="hint">Hold Ctrl to select several. Columns appear in the order of the list on the right.</p>`;
}

function filterControls(skin: Skin, filters: Filters, [first, last]: readonly [number, number]): Markup {
  const any = { value: '', text: 'Any' };
  const numbers = (from: number, to: number) => [
    any,
    ...Array.from({ length: to - from + 1 }, (_, index) => plain(String(from + index))),
  ];
  const pair = (word: Word, name: string, range: Range, options?: readonly Option[]) => {
    const end = (side: 'from' | 'to') => {
      const box = {
        id: `ctl00_Main_${name}_${side}`,
        name: `${name}_${side}`,
        label: `${skin.say(word)} ${skin.say(side)}`,
      };
      const value = String(range[side] ?? '');
      return options ? choice(skin, { ...box, value }, options) : textBox({ ...box, value });
    };
    return markup`<div class="pair">${end('from')}${end('to')}</div>`;
  };
  const one = (word: Word, name: string, value: string, options: readonly Option[]) =>
    choice(skin, { id: `ctl00_Main_${name}`, name, label: skin.say(word), value }, options);
  return markup`<div class="filters">${pair('homeValue', 'value', filters.homeValue)}
    ${one('unknownValue', 'unknown', filters.unknownValue, [
      { value: 'any', text: 'No preference' },
      { value: 'include', text: 'Include blank/unknown' },
      { value: 'only', text: 'Blank/unknown only' },
    ])}
    <p class="hint">Whole dollars. A home value range leaves out records whose value is blank or unknown unless you include them.</p>
    ${pair('year', 'year', filters.year, numbers(first, last))}
    ${one('month', 'month', String(filters.month ?? ''), [any, ...monthNames.map((text, index) => ({ value: String(index + 1), text }))])}
    ${pair('day', 'day', filters.day, numbers(1, 31))}
    ${pair('yearsAtAddress', 'years', filters.yearsAtAddress)}
    ${one('dwelling', 'dwelling', filters.dwelling ?? '', [any, ...dwellings.map(plain)])}
    ${one('doNotCall', 'dnc', filters.doNotCall, [
      { value: 'any', text: 'Any' },
      { value: 'exclude', text: 'Exclude Do-Not-Call' },
      { value: 'only', text: 'Do-Not-Call only' },
    ])}</div>`;
}

function plain(text: string): Option {
  return { value: text, text };
}
