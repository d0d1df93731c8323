import type { Kind, PageFacts, Seen } from '../seen.ts';
import { kindOf, looksClickable } from './kinds.ts';
import { describe } from './describe.ts';
import { holdsField } from './fields.ts';
import { standIn } from './labels.ts';
import { newMemo, type Memo } from './memo.ts';
import { idOf, type Registry } from './registry.ts';
import { isShown, parentOf, textOf } from './sight.ts';
import { alertsOf, isBusy, isCaptcha, topModal } from './state.ts';

/** One reading of the document: runs inside the page (see `index.ts`). */
export function readPage(registry: Registry): PageFacts {
  const memo = newMemo();
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
    if (known.has(element) || !(element instanceof HTMLElement) || !looksClickable(element, memo)) continue;
    if (element.closest('button,a[href],summary,[role=button],[role=option],[role=tab],[role=menuitem],[role=grid]'))
      continue;
    if (holdsField(element, memo) || element.querySelector('button,a[href]')) continue;
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
  const walk = (parent: ParentNode): void => {
    for (let element = parent.firstElementChild; element; element = element.nextElementSibling) {
      if (skipCells && element.matches('td,[role=gridcell],[role=cell]')) continue;
      into.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
      walk(element);
    }
  };
  walk(root);
}

/** Shown, or a tick box or file field whose visible stand-in can be clicked for it. */
export function isReachable(element: Element, kind: Kind, memo: Memo): boolean {
  if (kind === 'file' || isShown(element, memo)) return true;
  return (kind === 'checkbox' || kind === 'radio') && standIn(element, memo) !== null;
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
