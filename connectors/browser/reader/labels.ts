import type { Kind } from '../seen.ts';
import { childrenOf, nameText, parentOf, textOf, type Memo } from './sight.ts';

/**
 * Fields other text could belong to. Buttons do not count: a "?" beside a label is not what the label names. Runs
 * inside the page.
 */
export function holdsField(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  const field =
    'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=image]):not([type=reset]),select,textarea,' +
    '[contenteditable=""],[contenteditable=true],[role=combobox],[role=listbox],[role=textbox],[role=searchbox],' +
    '[role=spinbutton],[role=slider],[role=checkbox],[role=radio],[role=switch],[aria-haspopup=listbox]';
  if (node.matches(field) || node.querySelector(field)) return true;
  return node.shadowRoot ? [...node.shadowRoot.children].some((child) => holdsField(child)) : false;
}

export function byIds(element: Element, attribute: string, memo: Memo): string {
  const root = element.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return '';
  const ids = (element.getAttribute(attribute) ?? '').split(/\s+/).filter((id) => id !== '');
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
    for (const label of element.labels ?? []) names.push(nameText(label, memo));
    if (kind === 'button') names.push(element.value, element.getAttribute('alt') ?? '');
  } else {
    if (kind !== 'text' && kind !== 'listbox') names.push(textOf(element, memo));
    const label = element.closest('label');
    if (label && kind !== 'button' && kind !== 'link') names.push(nameText(label, memo));
  }
  names.push(element.getAttribute('title') ?? '');
  const icon = element.querySelector('svg title, img[alt], [aria-label]');
  if (icon) names.push(icon.getAttribute('alt') ?? icon.getAttribute('aria-label') ?? icon.textContent);
  return names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== '' && name.length <= 200);
}

/**
 * The words around a control: `near` are those beside it which no other field claims, `groups` the titles of what it lies
 * in, innermost first. Siblings before it count until another field is met: whatever is beyond that belongs to the other.
 */
export function wordsAround(
  element: Element,
  kind: Kind,
  memo: Memo,
): { readonly near: readonly string[]; readonly groups: readonly string[] } {
  const near: string[] = [];
  const groups: string[] = [];
  const tick = kind === 'checkbox' || kind === 'radio' || kind === 'toggle';
  let node: Node = element;
  for (let depth = 0; depth < 14; depth += 1) {
    const before = textsBefore(node, memo, tick);
    if (near.length === 0 && depth < 4) {
      if (tick) near.push(...[textAfter(node, memo)].filter((text) => text !== ''));
      near.push(...before);
    } else groups.push(...before.slice(0, 2));
    groups.push(headingBefore(node, memo));
    const parent = parentOf(node);
    if (!parent || parent === document.body) break;
    groups.push(...titlesOf(parent, node, memo));
    node = parent;
  }
  if (!tick) near.push(textAfter(element, memo)); // A label painted over its field may come after it.
  const column = columnTitle(element, memo);
  if (column !== '') near.push(column);
  return { near: distinct(near), groups: distinct(groups) };
}

export function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '' && text.length <= 160);
}

/**
 * Texts before a node, nearest first, up to the next field. Ticks of the same row are no border for a tick: the words above
 * the first of them are about all of them.
 */
export function textsBefore(node: Node, memo: Memo, tick: boolean): readonly string[] {
  const texts: string[] = [];
  let beyondTicks = false;
  let sibling = node.previousSibling;
  for (let steps = 0; sibling && steps < (tick ? 120 : 8) && texts.length < 3; steps += 1) {
    if (holdsField(sibling)) {
      if (!tick || !holdsOnlyTicks(sibling)) break;
      beyondTicks = true;
    } else {
      const text =
        sibling instanceof Element ? textOf(sibling, memo) : (sibling.textContent ?? '').replace(/\s+/g, ' ').trim();
      // Between two ticks lies the name of one of them; the words above all of them are in an element of their own.
      const above = !beyondTicks || (sibling instanceof Element && sibling.localName !== 'label');
      if (text !== '' && above && sibling.nodeType !== Node.COMMENT_NODE) texts.push(text);
    }
    sibling = sibling.previousSibling;
  }
  return texts;
}

export function holdsOnlyTicks(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  const tick = 'input[type=checkbox],input[type=radio],[role=checkbox],[role=radio],[role=switch]';
  const fields = node.matches('input,select,textarea')
    ? [node]
    : [
        ...node.querySelectorAll(
          'input:not([type=hidden]),select,textarea,[role=combobox],[role=listbox],[role=textbox]',
        ),
      ];
  return fields.every((field) => field.matches(tick));
}

/** The nearest heading above it among its siblings, whatever lies between. */
export function headingBefore(node: Node, memo: Memo): string {
  for (let sibling = node.previousSibling; sibling; sibling = sibling.previousSibling) {
    if (sibling instanceof Element && sibling.matches('h1,h2,h3,h4,h5,h6,legend,summary,dt,[role=heading]')) {
      return textOf(sibling, memo);
    }
  }
  return '';
}

export function textAfter(node: Node, memo: Memo): string {
  let sibling = node.nextSibling;
  for (let steps = 0; sibling && steps < 4; steps += 1) {
    if (holdsField(sibling)) return '';
    const text =
      sibling instanceof Element ? textOf(sibling, memo) : (sibling.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text !== '' && sibling.nodeType !== Node.COMMENT_NODE) return text;
    sibling = sibling.nextSibling;
  }
  return '';
}

/** The titles of a container: legend, accessible name, its tab or summary, or the text before its first field. */
export function titlesOf(container: Element, from: Node, memo: Memo): readonly string[] {
  const titles = [byIds(container, 'aria-labelledby', memo), container.getAttribute('aria-label') ?? ''];
  const legend = container.querySelector(':scope > legend, :scope > summary, :scope > caption');
  if (legend && legend !== from) titles.push(nameText(legend, memo));
  const values = container.querySelectorAll(
    'select,textarea,[role=combobox],input:not([type=checkbox]):not([type=radio]):not([type=hidden])',
  );
  if (values.length <= 4) {
    const first: string[] = [];
    for (const child of childrenOf(container)) {
      if (child === from || holdsField(child)) break;
      const text =
        child instanceof Element ? textOf(child, memo) : (child.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (text !== '' && child.nodeType !== Node.COMMENT_NODE) first.push(text);
    }
    titles.push(...first.slice(0, 2));
  }
  if (container.matches('[role=dialog],[role=alertdialog],dialog')) {
    const heading = container.querySelector('h1,h2,h3,h4,[role=heading]');
    if (heading) titles.push(nameText(heading, memo));
  }
  return titles;
}

/** The heading of the table column a control stands in. */
export function columnTitle(element: Element, memo: Memo): string {
  const cell = element.closest('td');
  const table = cell?.closest('table');
  if (!cell || !table) return '';
  const head = table.querySelector('tr:has(th)');
  if (!head || head.contains(cell) || head.querySelectorAll('td').length > 0) return '';
  const title = head.children[cell.cellIndex];
  return title ? nameText(title, memo) : '';
}
