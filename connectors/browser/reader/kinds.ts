import type { Choice, Kind } from '../seen.ts';
import { once, type Memo } from './memo.ts';
import { nameText, parentOf } from './sight.ts';

/** Which kind of control an element is; `null` for what is none. Runs inside the page. */
export function kindOf(element: Element): Kind | null {
  const role = element.getAttribute('role') ?? '';
  const byRole: Record<string, Kind> = {
    combobox: 'combobox',
    listbox: 'listbox',
    textbox: 'text',
    searchbox: 'text',
    spinbutton: 'text',
    checkbox: 'checkbox',
    switch: 'checkbox',
    menuitemcheckbox: 'checkbox',
    radio: 'radio',
    menuitemradio: 'radio',
    option: 'option',
    treeitem: 'option',
    tab: 'tab',
    menuitem: 'menuitem',
    slider: 'slider',
    columnheader: 'header',
    link: 'link',
  };
  const named = byRole[role];
  if (element instanceof HTMLInputElement) {
    if (element.type === 'hidden') return null;
    if (element.type === 'checkbox' || element.type === 'radio' || element.type === 'file') return element.type;
    if (/^(submit|button|image|reset)$/.test(element.type)) return 'button';
    if (element.type === 'range') return 'slider';
    return named === 'combobox' || element.getAttribute('aria-autocomplete') === 'list' ? 'combobox' : 'text';
  }
  if (element instanceof HTMLSelectElement) return 'select';
  if (element instanceof HTMLTextAreaElement) return 'text';
  if (named) return named;
  if (element instanceof HTMLElement && element.isContentEditable) {
    return parentOf(element) instanceof HTMLElement && (parentOf(element) as HTMLElement).isContentEditable
      ? null
      : 'text';
  }
  if (element.localName === 'button' || element.localName === 'summary' || role === 'button') {
    return element.hasAttribute('aria-pressed') ? 'toggle' : 'button';
  }
  if (element.localName === 'a' && element.hasAttribute('href')) return 'link';
  if (element.localName === 'th') return 'header';
  return null;
}

/** Looks clickable without saying so: a hand over it, a click handler, a place in the tab order, or it can be dragged. */
export function looksClickable(element: Element, memo: Memo): boolean {
  if (/^(label|body|html|form|table|option|svg|path)$/.test(element.localName)) return false;
  const handles = element.hasAttribute('onclick') || element.getAttribute('draggable') === 'true';
  if (handles || element.getAttribute('tabindex') === '0') return true;
  if (!hasHandOver(element, memo)) return false;
  const parent = parentOf(element);
  return !parent || !hasHandOver(parent, memo);
}

export function hasHandOver(element: Element, memo: Memo): boolean {
  return once(memo.pointing, element, () => getComputedStyle(element).cursor === 'pointer');
}

/** Whether it is on: what the browser or ARIA says, else a class name that says so. */
export function checkedOf(element: Element, kind: Kind): boolean | null {
  if (element instanceof HTMLInputElement && (kind === 'checkbox' || kind === 'radio')) return element.checked;
  for (const name of ['aria-checked', 'aria-pressed', 'aria-selected']) {
    const says = element.getAttribute(name);
    if (says !== null) return says === 'true';
  }
  const current = element.getAttribute('aria-current');
  if (current !== null && current !== 'false') return true;
  for (const name of ['data-state', 'data-selected', 'data-checked', 'data-active']) {
    const says = element.getAttribute(name);
    if (says !== null && /^(on|true|checked|active|selected)$/.test(says)) return true;
    if (says !== null && /^(off|false|unchecked|inactive)$/.test(says)) return false;
  }
  if (/(^|[\s_-])(selected|active|checked|pressed|chosen|on)($|[\s_])/i.test(element.getAttribute('class') ?? ''))
    return true;
  return null;
}

/** What can be chosen in it without opening anything. */
export function choicesOf(element: Element, memo: Memo): readonly Choice[] {
  if (element instanceof HTMLSelectElement) {
    return [...element.options].map((option) => ({
      text: option.label,
      value: option.value,
      selected: option.selected,
      disabled: option.disabled,
    }));
  }
  if (element instanceof HTMLInputElement && element.list) {
    return [...element.list.options].map((option) => ({
      text: option.label === '' ? option.value : option.label,
      value: option.value,
      selected: option.value === element.value,
      disabled: false,
    }));
  }
  if (element.getAttribute('role') !== 'listbox') return [];
  return [...element.querySelectorAll('[role=option]')].map((option) => ({
    text: nameText(option, memo),
    value: option.getAttribute('data-value') ?? '',
    selected: option.getAttribute('aria-selected') === 'true',
    disabled: option.getAttribute('aria-disabled') === 'true',
  }));
}

/** The value a person reads off it; never a password. */
export function valueOf(element: Element, kind: Kind, memo: Memo): string {
  if (element instanceof HTMLInputElement) {
    return element.type === 'password' || kind === 'checkbox' || kind === 'radio' ? '' : element.value;
  }
  if (element instanceof HTMLTextAreaElement) return element.value;
  if (kind === 'option') return element.getAttribute('data-value') ?? nameText(element, memo);
  if (element instanceof HTMLSelectElement)
    return [...element.selectedOptions].map((option) => option.label).join(', ');
  if (kind === 'combobox' || kind === 'button' || kind === 'clickable') {
    const inside = element.querySelector('input:not([type=hidden])');
    if (inside instanceof HTMLInputElement && inside.value !== '') return inside.value;
  }
  return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? nameText(element, memo);
}
