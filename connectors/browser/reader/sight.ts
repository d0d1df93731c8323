import { once, type Memo } from './memo.ts';

/**
 * Runs inside the page, like everything in reader/: these functions are sent there as text (`index.ts`), so they may use
 * the DOM, their arguments and each other by name, and nothing else.
 */

/** The parent a person would see: out of a shadow tree, into its host. */
export function parentOf(node: Node): Element | null {
  const parent = node.parentNode;
  if (parent instanceof Element) return parent;
  return parent instanceof ShadowRoot ? parent.host : null;
}

/** Painted, not folded away, not moved off the page. Below the fold counts as shown: a person would scroll. */
export function isShown(element: Element, memo: Memo): boolean {
  const known = memo.shown.get(element);
  if (known !== undefined) return known;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  let shown = ((box.width >= 2 && box.height >= 2) || style.display === 'contents') && isVisible(element, memo);
  if (shown && style.position === 'fixed') {
    shown = box.right > 1 && box.bottom > 1 && box.left < innerWidth - 1 && box.top < innerHeight - 1;
  } else if (shown && box.width >= 2) {
    shown = box.right + scrollX > 1 && box.bottom + scrollY > 1;
  }
  const parent = parentOf(element);
  if (shown && parent) shown = !isFolded(parent, memo) && isShownAround(parent, memo);
  memo.shown.set(element, shown);
  return shown;
}

export function isVisible(element: Element, memo: Memo): boolean {
  return once(memo.visible, element, () => element.checkVisibility({ visibilityProperty: true }));
}

/** A box without room that shows nothing of what is in it. */
export function isFolded(element: Element, memo: Memo): boolean {
  return once(memo.folding, element, () => {
    if (element.clientHeight >= 2 && element.clientWidth >= 2) return false;
    const { overflow, display } = getComputedStyle(element);
    return overflow !== 'visible' && display !== 'inline' && display !== 'contents';
  });
}

/** An ancestor without a size of its own (its children float or are placed) hides nothing; one that is folded does. */
export function isShownAround(element: Element, memo: Memo): boolean {
  return once(memo.shownAround, element, () => {
    const box = element.getBoundingClientRect();
    if (box.width >= 2 && box.height >= 2) return isShown(element, memo);
    const style = getComputedStyle(element);
    if (style.overflow !== 'visible' && style.display !== 'inline' && style.display !== 'contents') return false;
    const parent = parentOf(element);
    return parent ? isShownAround(parent, memo) : true;
  });
}

/** Text a person reads in it, in one line; what is chosen or typed in fields does not count. */
export function textOf(element: Element, memo: Memo): string {
  return once(memo.text, element, () => oneLine(gather(element, memo, true, { left: 400 })));
}

/** The same with what is hidden: a label for screen readers names its control as well as a visible one. */
export function nameText(element: Element, memo: Memo): string {
  return once(memo.name, element, () => oneLine(gather(element, memo, false, { left: 200 })));
}

/** The text of any node. */
export function wordsOf(node: Node, memo: Memo): string {
  if (node instanceof Element) return textOf(node, memo);
  return once(memo.text, node, () => oneLine(node.textContent ?? ''));
}

export function oneLine(text: string): string {
  return text === '' ? '' : text.replace(/\s+/g, ' ').trim();
}

export function gather(node: Node, memo: Memo, shownOnly: boolean, budget: { left: number }): string {
  if (budget.left <= 0) return '';
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent ?? '';
    budget.left -= text.trim().length;
    return text;
  }
  if (!(node instanceof Element)) return '';
  if (/^(select|textarea|script|style|noscript|template|datalist|iframe)$/.test(node.localName)) return '';
  if (shownOnly && !(isShownAround(node, memo) && isVisible(node, memo))) return '';
  if (node.localName === 'img') return ` ${node.getAttribute('alt') ?? ''} `;
  if (node.localName === 'br') return ' ';
  let text = '';
  for (const child of childrenOf(node)) text += gather(child, memo, shownOnly, budget);
  return isInline(node, memo) ? text : ` ${text} `;
}

export function isInline(element: Element, memo: Memo): boolean {
  return once(memo.inline, element, () => getComputedStyle(element).display.startsWith('inline'));
}

/** Shadow trees and slots as they are painted. */
export function childrenOf(element: Element): Iterable<Node> {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return element.childNodes;
}
