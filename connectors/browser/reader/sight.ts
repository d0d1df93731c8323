/**
 * Runs inside the page, like everything in reader/: these functions are sent there as text (`index.ts`), so they may use
 * the DOM, their arguments and each other by name, and nothing else.
 */
export type Memo = {
  readonly shown: WeakMap<Element, boolean>;
  readonly text: WeakMap<Element, string>;
};

/** The parent a person would see: out of a shadow tree, into its host. */
export function parentOf(node: Node): Element | null {
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot && node.parentNode === root ? root.host : null;
}

/** Painted, not folded away, not moved off the page. Below the fold counts as shown: a person would scroll. */
export function isShown(element: Element, memo: Memo): boolean {
  const known = memo.shown.get(element);
  if (known !== undefined) return known;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  let shown =
    (style.display === 'contents' || (box.width >= 2 && box.height >= 2)) &&
    element.checkVisibility({ visibilityProperty: true });
  if (shown && style.position === 'fixed') {
    shown = box.right > 1 && box.bottom > 1 && box.left < innerWidth - 1 && box.top < innerHeight - 1;
  } else if (shown && box.width >= 2) {
    shown = box.right + scrollX > 1 && box.bottom + scrollY > 1;
  }
  const parent = parentOf(element);
  if (shown && parent) {
    const around = getComputedStyle(parent);
    const folded = around.overflow !== 'visible' && (parent.clientHeight < 2 || parent.clientWidth < 2);
    shown = !(folded && around.display !== 'inline' && around.display !== 'contents') && isShownAround(parent, memo);
  }
  memo.shown.set(element, shown);
  return shown;
}

/** An ancestor without a size of its own (its children float or are placed) hides nothing; one that is folded does. */
export function isShownAround(element: Element, memo: Memo): boolean {
  const box = element.getBoundingClientRect();
  if (box.width >= 2 && box.height >= 2) return isShown(element, memo);
  const style = getComputedStyle(element);
  if (style.overflow !== 'visible' && style.display !== 'inline' && style.display !== 'contents') return false;
  const parent = parentOf(element);
  return parent ? isShownAround(parent, memo) : true;
}

/** Text a person reads in it, in one line; what is chosen or typed in fields does not count. */
export function textOf(element: Element, memo: Memo): string {
  const known = memo.text.get(element);
  if (known !== undefined) return known;
  const text = gather(element, memo, true, { left: 400 }).replace(/\s+/g, ' ').trim();
  memo.text.set(element, text);
  return text;
}

/** The same with what is hidden: a label for screen readers names its control as well as a visible one. */
export function nameText(element: Element, memo: Memo): string {
  return gather(element, memo, false, { left: 200 }).replace(/\s+/g, ' ').trim();
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
  if (shownOnly && !isShownAround(node, memo)) return '';
  if (shownOnly && !node.checkVisibility({ visibilityProperty: true })) return '';
  if (node.localName === 'img') return ` ${node.getAttribute('alt') ?? ''} `;
  if (node.localName === 'br') return ' ';
  let text = '';
  for (const child of childrenOf(node)) text += gather(child, memo, shownOnly, budget);
  return /^inline/.test(getComputedStyle(node).display) ? text : ` ${text} `;
}

/** Shadow trees and slots as they are painted. */
export function childrenOf(element: Element): readonly Node[] {
  if (element.shadowRoot) return [...element.shadowRoot.childNodes];
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    return assigned.length > 0 ? assigned : [...element.childNodes];
  }
  return [...element.childNodes];
}
