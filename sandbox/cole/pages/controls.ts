import { markup, type Markup, type Part } from '../../markup.ts';
import type { Skin } from './skin.ts';

export type Option = { readonly value: string; readonly text: string };

type Box = { readonly id: string; readonly name: string; readonly label: string; readonly value?: string };

export function textBox({ id, name, label, value = '' }: Box, more: { type?: string; wide?: boolean } = {}): Markup {
  const { type = 'text', wide = false } = more;
  return markup`<div class="field"><label for="${id}">${label}</label>
    <input type="${type}" id="${id}" name="${name}" value="${value}" class="${wide ? 'wide' : 'short'}" autocomplete="off"></div>`;
}

/** A select; after the redesign a listbox of the site's own. */
export function choice(skin: Skin, { id, name, label, value = '' }: Box, options: readonly Option[]): Markup {
  if (!skin.custom) {
    return markup`<div class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}">${options.map(
      (option) =>
        markup`<option value="${option.value}"${option.value === value && markup` selected`}>${option.text}</option>`,
    )}</select></div>`;
  }
  return markup`<div class="field"><span class="caption" id="${id}-caption">${label}</span>
    <div role="listbox" aria-labelledby="${id}-caption" class="listbox" tabindex="0" data-single>${options.map(
      (option) =>
        markup`<div role="option" aria-selected="${String(option.value === value)}" data-value="${option.value}">${option.text}</div>`,
    )}</div><input type="hidden" name="${name}" value="${value}"></div>`;
}

export function radios(
  name: string,
  legend: string,
  options: readonly (Option & { readonly off?: Part })[],
  value: string | null,
): Markup {
  return markup`<fieldset class="choices"><legend>${legend}</legend>${options.map(
    (
      option,
      index,
    ) => markup`<div class="choice"><input type="radio" id="${name}_${index}" name="${name}" value="${option.value}"
      ${option.value === value && markup` checked`}${option.off && markup` disabled`}><label for="${name}_${index}">${option.text}</label>
      ${option.off && markup`<span class="hint">${option.off}</span>`}</div>`,
  )}</fieldset>`;
}

export function checkBox({ id, name, label }: Box, more: { checked?: boolean; attributes?: Markup } = {}): Markup {
  return markup`<div class="check"><input type="checkbox" id="${id}" name="${name}" value="yes"${more.checked && markup` checked`}
    ${more.attributes}><label for="${id}">${label}</label></div>`;
}

export function submit(text: string, more: { off?: boolean; plain?: boolean } = {}): Markup {
  return markup`<button type="submit" class="button ${more.plain ? 'plain' : 'primary'}"${more.off && markup` disabled`}>${text}</button>`;
}

export function alert(text: Part): Markup | false {
  return text ? markup`<div class="alert" role="alert">${text}</div>` : false;
}
