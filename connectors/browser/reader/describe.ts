import type { Kind, Seen } from '../seen.ts';
import { wordsAround } from './around.ts';
import { checkedOf, choicesOf, valueOf } from './kinds.ts';
import { byIds, ownNames, standIn } from './labels.ts';
import { once, type Memo } from './memo.ts';
import { idOf, type Registry } from './registry.ts';
import { isShown, parentOf } from './sight.ts';

/** All there is to say of one control. Runs inside the page. */
export function describe(element: Element, kind: Kind, memo: Memo, registry: Registry): Seen {
  const { near, groups } =
    kind === 'link' || kind === 'option' ? { near: [], groups: [] } : wordsAround(element, kind, memo);
  const own = ownNames(element, kind, memo);
  const style = getComputedStyle(element);
  const popup = element.getAttribute('aria-haspopup');
  const expanded = element.getAttribute('aria-expanded');
  const details = element.localName === 'summary' ? element.closest('details') : null;
  const box = element.getBoundingClientRect();
  const input = element instanceof HTMLInputElement ? element : null;
  const listLike = kind === 'select' || kind === 'listbox' ? element : element.closest('[role=listbox]');
  return {
    id: idOf(element, registry),
    clickId: idOf(clickTarget(element, box, style, memo), registry),
    frame: 0,
    kind,
    own,
    near,
    groups,
    hints: [element.getAttribute('placeholder') ?? '', byIds(element, 'aria-describedby', memo)].filter(
      (hint) => hint !== '',
    ),
    attributes: attributesOf(element),
    value: valueOf(element, kind, memo).slice(0, 400_000),
    type: input?.type ?? element.getAttribute('role') ?? element.localName,
    checked: checkedOf(element, kind),
    expanded: details ? details.open : expanded === null ? null : expanded === 'true',
    popup: popup !== null && popup !== 'false',
    disabled: element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true',
    readOnly: element.matches('input:read-only,textarea:read-only') && kind === 'text',
    multiple:
      element instanceof HTMLSelectElement
        ? element.multiple
        : listLike?.getAttribute('aria-multiselectable') === 'true',
    choices: choicesOf(element, memo),
    min: input?.min ?? element.getAttribute('aria-valuemin') ?? '',
    max: input?.max ?? element.getAttribute('aria-valuemax') ?? '',
    lineage: lineageOf(element, memo, registry),
    look: [
      element.getAttribute('class'),
      element.getAttribute('aria-pressed'),
      element.getAttribute('aria-selected'),
      style.backgroundColor,
      style.color,
      style.borderColor,
      style.fontWeight,
    ].join('|'),
    place: placeOf(element, memo),
    box: { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height },
  };
}

/** A tick box that is a speck or see-through is clicked by its label. */
export function clickTarget(element: Element, box: DOMRect, style: CSSStyleDeclaration, memo: Memo): Element {
  const bare = box.width > 5 && box.height > 5 && style.opacity !== '0' && isShown(element, memo);
  return bare ? element : (standIn(element, memo) ?? element);
}

/** Ids of its nearest 24 ancestors, nearest first. */
export function lineageOf(element: Element, memo: Memo, registry: Registry): readonly number[] {
  return once(memo.lineages, element, () => {
    const parent = parentOf(element);
    return parent ? [idOf(parent, registry), ...lineageOf(parent, memo, registry).slice(0, 23)] : [];
  });
}

export function attributesOf(element: Element): string {
  return [...element.attributes]
    .filter(({ name }) => /^(id|name|class|href|formaction|autocomplete|for|value|draggable|data-.*)$/.test(name))
    .map(({ name, value }) => (name === 'draggable' && value === 'true' ? name : value.slice(0, 120)))
    .join(' ');
}

/** The first of these that it lies in, or is. */
export function placeOf(element: Element, memo: Memo): Seen['place'] {
  const places = placesOf(element, memo);
  if (places & 1) return 'dialog';
  if (places & 2) return 'breadcrumb';
  if (places & 4) return 'navigation';
  if (places & 8) return 'column header';
  return places & 16 ? 'cell' : 'page';
}

/** What kinds of places it lies in within its own tree, one bit for each kind. */
export function placesOf(element: Element, memo: Memo): number {
  return once(memo.places, element, () => {
    let places = element.parentElement ? placesOf(element.parentElement, memo) : 0;
    if (element.matches('[role=dialog],[role=alertdialog],dialog')) places |= 1;
    if (element.matches('[aria-label*=breadcrumb i],[class*=breadcrumb i]')) places |= 2;
    if (element.matches('nav,[role=navigation],footer,[role=contentinfo]')) places |= 4;
    if (element.matches('th,[role=columnheader]')) places |= 8;
    if (element.matches('td,[role=gridcell],[role=cell]')) places |= 16;
    return places;
  });
}
