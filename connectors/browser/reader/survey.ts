import type { Kind, PageFacts, Seen } from '../seen.ts';
import { checkedOf, choicesOf, kindOf, looksClickable, valueOf } from './kinds.ts';
import { byIds, holdsField, ownNames, wordsAround } from './labels.ts';
import { isShown, parentOf, textOf, type Memo } from './sight.ts';
import { alertsOf, isBusy, isCaptcha, topModal } from './state.ts';

/** Where the page keeps the elements by id between two readings. */
export type Registry = {
  readonly ids: WeakMap<Element, number>;
  readonly byId: Map<number, WeakRef<Element>>;
  next: number;
};

/** One reading of the document: runs inside the page (see `index.ts`). */
export function readPage(registry: Registry): PageFacts {
  const memo: Memo = { shown: new WeakMap(), text: new WeakMap() };
  const modal = topModal(memo);
  const all: Element[] = [];
  collect(document, all, isGridOfData());
  const controls: { element: Element; kind: Kind }[] = [];
  const known = new Set<Element>();
  for (const element of all) {
    const kind = kindOf(element);
    if (kind) {
      controls.push({ element, kind });
      known.add(element);
    }
  }
  for (const element of all) {
    if (known.has(element) || !(element instanceof HTMLElement) || !looksClickable(element)) continue;
    if (element.closest('button,a[href],summary,[role=button],[role=option],[role=tab],[role=menuitem],[role=grid]'))
      continue;
    if (holdsField(element) || element.querySelector('button,a[href]')) continue;
    if (textOf(element, memo).length > 120) continue;
    controls.push({ element, kind: 'clickable' });
  }
  const seen: Seen[] = [];
  for (const { element, kind } of controls) {
    if (!isReachable(element, kind, memo)) continue;
    if (modal && !within(element, modal) && !onTop(element)) continue;
    seen.push(describe(element, kind, memo, registry));
  }
  return {
    born: performance.timeOrigin,
    title: document.title,
    busy: isBusy(memo),
    modal: modal ? { id: idOf(modal, registry), text: textOf(modal, memo) } : null,
    alerts: alertsOf(memo),
    passwords: [...document.querySelectorAll('input[type=password]')].filter((field) => isShown(field, memo)).length,
    captcha: isCaptcha(memo),
    gridRows: gridRowsOf(),
    seen,
  };
}

/** `aria-rowcount` counts the header row too where the grid has one. */
export function gridRowsOf(): number | null {
  const grid = document.querySelector('[aria-rowcount]');
  const rows = Number(grid?.getAttribute('aria-rowcount') ?? -1);
  if (!grid || rows < 0) return null;
  return grid.querySelector('[role=columnheader]') ? Math.max(0, rows - 1) : rows;
}

/**
 * A page with more cells than this is a grid of data: its cells are neither controls nor labels, and reading them all
 * at every look would take too long.
 */
export function isGridOfData(): boolean {
  return document.querySelectorAll('td,[role=gridcell],[role=cell]').length > 1_500;
}

/** Every element, shadow trees included, in the order of the document; without the cells of a grid of data. */
export function collect(root: Document | ShadowRoot, into: Element[], skipCells: boolean): void {
  const cells = 'td,td *,[role=gridcell],[role=gridcell] *,[role=cell],[role=cell] *';
  const chosen = skipCells ? `:not(${cells})` : '*';
  for (const element of root.querySelectorAll(chosen)) {
    into.push(element);
    if (element.shadowRoot) collect(element.shadowRoot, into, skipCells);
  }
}

/** Shown, or a tick box or file field whose visible stand-in can be clicked for it. */
export function isReachable(element: Element, kind: Kind, memo: Memo): boolean {
  if (kind === 'file' || isShown(element, memo)) return true;
  return (kind === 'checkbox' || kind === 'radio') && standIn(element, memo) !== null;
}

/** A tick box that is a speck or see-through is clicked by its label. */
export function clickTarget(element: Element, box: DOMRect, style: CSSStyleDeclaration, memo: Memo): Element {
  const bare = box.width > 5 && box.height > 5 && style.opacity !== '0' && isShown(element, memo);
  return bare ? element : (standIn(element, memo) ?? element);
}

/** The label a person clicks where the tick box itself is hidden. */
export function standIn(element: Element, memo: Memo): Element | null {
  if (!(element instanceof HTMLInputElement)) return null;
  return [...(element.labels ?? [])].find((label) => isShown(label, memo)) ?? null;
}

export function within(element: Element, container: Element): boolean {
  for (let node: Element | null = element; node; node = parentOf(node)) if (node === container) return true;
  return false;
}

/** Nothing lies over its middle: a menu that opened outside the dialog it belongs to. */
export function onTop(element: Element): boolean {
  const box = element.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit !== null && (within(hit, element) || within(element, hit)) && hit !== document.body;
}

export function idOf(element: Element, registry: Registry): number {
  const known = registry.ids.get(element);
  if (known !== undefined) return known;
  registry.next += 1;
  registry.ids.set(element, registry.next);
  registry.byId.set(registry.next, new WeakRef(element));
  return registry.next;
}

export function describe(element: Element, kind: Kind, memo: Memo, registry: Registry): Seen {
  const { near, groups } =
    kind === 'link' || kind === 'option' ? { near: [], groups: [] } : wordsAround(element, kind, memo);
  const own = ownNames(element, kind, memo);
  const lineage: number[] = [];
  for (let node = parentOf(element); node && lineage.length < 24; node = parentOf(node))
    lineage.push(idOf(node, registry));
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
    lineage,
    look: [
      element.getAttribute('class'),
      element.getAttribute('aria-pressed'),
      element.getAttribute('aria-selected'),
      style.backgroundColor,
      style.color,
      style.borderColor,
      style.fontWeight,
    ].join('|'),
    place: placeOf(element),
    box: { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height },
  };
}

export function attributesOf(element: Element): string {
  return [...element.attributes]
    .filter(({ name }) => /^(id|name|class|href|formaction|autocomplete|for|value|draggable|data-.*)$/.test(name))
    .map(({ name, value }) => (name === 'draggable' && value === 'true' ? name : value.slice(0, 120)))
    .join(' ');
}

export function placeOf(element: Element): Seen['place'] {
  if (element.closest('[role=dialog],[role=alertdialog],dialog')) return 'dialog';
  if (element.closest('[aria-label*=breadcrumb i],[class*=breadcrumb i]')) return 'breadcrumb';
  if (element.closest('nav,[role=navigation],footer,[role=contentinfo]')) return 'navigation';
  if (element.closest('th,[role=columnheader]')) return 'column header';
  return element.closest('td,[role=gridcell],[role=cell]') ? 'cell' : 'page';
}
