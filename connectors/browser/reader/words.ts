import type { Leaf } from '../seen.ts';
import { lineageOf, placeOf } from './describe.ts';
import { newMemo, once, type Memo } from './memo.ts';
import { idOf, type Registry } from './registry.ts';
import { isInline, isShown, isShownAround, isVisible, oneLine, textOf } from './sight.ts';
import { topModal } from './state.ts';
import { collect, isGridOfData, onTop, within } from './survey.ts';

/** The page's text as a person reads it, block by block. Long tables are cut. Runs inside the page. */
export function readWords(): readonly string[] {
  const memo = newMemo();
  const lines: string[] = [];
  lineBlocks(document.body, memo, lines, isGridOfData());
  return lines;
}

export function lineBlocks(element: Element, memo: Memo, lines: string[], grid: boolean): void {
  if (grid && element.matches('tr:has(td),[role=row]:has([role=gridcell],[role=cell])')) return;
  if (lines.length > 1500 || /^(script|style|noscript|template|select|textarea|svg|iframe)$/.test(element.localName))
    return;
  if (!isShownAround(element, memo) || !isVisible(element, memo)) return;
  const root = element.shadowRoot ?? element;
  const blocks = [...root.children].some((child) => child.shadowRoot !== null || !isLine(child, memo));
  if (!blocks) {
    const text = textOf(element, memo);
    if (text !== '') lines.push(text);
    return;
  }
  let loose = '';
  for (const child of root.childNodes) {
    if (child instanceof Element && (child.shadowRoot !== null || !isLine(child, memo))) {
      if (loose.trim() !== '') lines.push(oneLine(loose));
      loose = '';
      if ((child.localName === 'tr' && !grid) || child.localName === 'dl') {
        const row = textOf(child, memo);
        if (row !== '') lines.push(row);
      } else if (child instanceof HTMLElement) lineBlocks(child, memo, lines, grid);
    } else loose += child instanceof Element ? ` ${textOf(child, memo)} ` : (child.textContent ?? '');
  }
  if (loose.trim() !== '') lines.push(oneLine(loose));
}

/** Flows within a line of text. */
export function isLine(element: Element, memo: Memo): boolean {
  return once(memo.lines, element, () => {
    if (element.localName === 'br') return true;
    return isInline(element, memo) && [...element.children].every((child) => isLine(child, memo));
  });
}

/** Every element that holds shown text of its own. Runs inside the page. */
export function readLeaves(registry: Registry): readonly Leaf[] {
  const memo = newMemo();
  const all: Element[] = [];
  collect(document, all, isGridOfData());
  const modal = topModal(memo);
  const leaves: Leaf[] = [];
  for (const element of all) {
    if (leaves.length >= 6_000) break;
    if (/^(script|style|noscript|template|select|option|textarea|title|iframe)$/.test(element.localName)) continue;
    const bare = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
    const field = element instanceof HTMLInputElement && element.value !== '' && element.type === 'text';
    if ((!bare && !field) || !isShown(element, memo)) continue;
    if (modal && !within(element, modal) && !onTop(element)) continue;
    const text = element instanceof HTMLInputElement ? element.value : textOf(element, memo);
    if (text === '' || text.length > 300) continue;
    const box = element.getBoundingClientRect();
    leaves.push({
      id: idOf(element, registry),
      frame: 0,
      text,
      kind: element.getAttribute('role') ?? element.localName,
      place: placeOf(element, memo),
      lineage: lineageOf(element, memo, registry),
      href:
        element.closest('a[href]')?.getAttribute('href') ??
        element.closest('[data-href]')?.getAttribute('data-href') ??
        '',
      box: { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height },
    });
  }
  return leaves;
}
