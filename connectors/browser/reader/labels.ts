import type { Kind } from '../seen.ts';
import { labelsOf } from './fields.ts';
import { once, type Memo } from './memo.ts';
import { isShown, nameText, oneLine, textOf } from './sight.ts';

/** Texts of the elements an attribute names. Runs inside the page. */
export function byIds(element: Element, attribute: string, memo: Memo): string {
  const named = element.getAttribute(attribute);
  if (named === null) return '';
  const root = element.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return '';
  const ids = named.split(/\s+/).filter((id) => id !== '');
  return ids
    .map((id) => root.getElementById(id))
    .map((found) => (found ? nameText(found, memo) : ''))
    .join(' ')
    .trim();
}

/** The names a control bears itself, best first. */
export function ownNames(element: Element, kind: Kind, memo: Memo): readonly string[] {
  const names = [byIds(element, 'aria-labelledby', memo), element.getAttribute('aria-label') ?? ''];
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  ) {
    for (const label of labelsOf(element, memo)) names.push(nameText(label, memo));
    if (kind === 'button') names.push(element.value, element.getAttribute('alt') ?? '');
  } else {
    if (kind !== 'text' && kind !== 'listbox') names.push(textOf(element, memo));
    const label = kind === 'button' || kind === 'link' ? null : element.closest('label');
    if (label) names.push(nameText(label, memo));
  }
  names.push(element.getAttribute('title') ?? '');
  const icon = element.firstElementChild && element.querySelector('svg title, img[alt], [aria-label]');
  if (icon) names.push(icon.getAttribute('alt') ?? icon.getAttribute('aria-label') ?? icon.textContent);
  return names.map(oneLine).filter((name) => name !== '' && name.length <= 200);
}

/** The heading of the table column a control stands in. */
export function columnTitle(element: Element, memo: Memo): string {
  const cell = element.closest('td');
  const table = cell?.closest('table');
  if (!cell || !table) return '';
  const head = once(memo.heads, table, () => {
    const first = table.querySelector('tr:has(th)');
    return first?.querySelector('td') ? null : first;
  });
  if (!head || head.contains(cell)) return '';
  const title = head.children[columnOf(cell, memo)];
  return title ? nameText(title, memo) : '';
}

/** The `cellIndex` of every cell of the row at once; -1 outside a row, as there. */
export function columnOf(cell: HTMLTableCellElement, memo: Memo): number {
  return once(memo.columns, cell, () => {
    const row = cell.parentElement;
    if (!(row instanceof HTMLTableRowElement)) return cell.cellIndex;
    let index = 0;
    for (const other of row.children) {
      if (!(other instanceof HTMLTableCellElement)) continue;
      memo.columns.set(other, index);
      index += 1;
    }
    return memo.columns.get(cell) ?? -1;
  });
}

/** The label a person clicks where the tick box itself is hidden. */
export function standIn(element: Element, memo: Memo): Element | null {
  if (!(element instanceof HTMLInputElement)) return null;
  return labelsOf(element, memo).find((label) => isShown(label, memo)) ?? null;
}
