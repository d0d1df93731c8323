import type { Kind } from '../seen.ts';
import { holdsField, holdsOnlyTicks, rootFacts } from './fields.ts';
import { byIds, columnTitle } from './labels.ts';
import { once, type ContainerFacts, type Memo, type SiblingFacts } from './memo.ts';
import { childrenOf, nameText, parentOf, textOf, wordsOf } from './sight.ts';

/**
 * The words around a control: `near` are those beside it which no other field claims, `groups` the titles of what it lies
 * in, innermost first. Siblings before it count until another field is met: whatever is beyond that belongs to the other.
 * Runs inside the page.
 */
export function wordsAround(
  element: Element,
  kind: Kind,
  memo: Memo,
): { readonly near: readonly string[]; readonly groups: readonly string[] } {
  const near: string[] = [];
  const groups: string[] = [];
  const tick = kind === 'checkbox' || kind === 'radio' || kind === 'toggle';
  let node: Element = element;
  for (let depth = 0; depth < 14; depth += 1) {
    const before = textsBefore(node, memo, tick);
    if (near.length === 0 && depth < 4) {
      const after = tick ? textAfter(node, memo) : '';
      if (after !== '') near.push(after);
      near.push(...before);
    } else groups.push(...before.slice(0, 2));
    groups.push(...outerTitles(node, memo));
    const parent = parentOf(node);
    if (!parent || parent === document.body) break;
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
 * The heading above a node and the titles of what it lies in; headings of the body and above are left out, because they
 * are about the whole page.
 */
export function outerTitles(node: Element, memo: Memo): readonly string[] {
  return once(memo.outer, node, () => {
    const heading = headingBefore(node, memo);
    const parent = parentOf(node);
    return parent && parent !== document.body ? [heading, ...titlesOf(parent, node, memo)] : [heading];
  });
}

/**
 * Texts before a node, nearest first, up to the next field. Ticks of the same row are no border for a tick: the words above
 * the first of them are about all of them.
 */
export function textsBefore(node: Node, memo: Memo, tick: boolean): readonly string[] {
  return once(memo.before[tick ? 1 : 0], node, () => {
    const texts: string[] = [];
    let beyondTicks = false;
    let sibling = node.previousSibling;
    for (let steps = 0; sibling && steps < (tick ? 120 : 8) && texts.length < 3; steps += 1) {
      if (holdsField(sibling, memo)) {
        if (!tick || !holdsOnlyTicks(sibling, memo)) break;
        beyondTicks = true;
      } else if (!beyondTicks || (sibling instanceof Element && sibling.localName !== 'label')) {
        // Between two ticks lies the name of one of them; the words above all of them are in an element of their own.
        const text = sibling.nodeType === Node.COMMENT_NODE ? '' : wordsOf(sibling, memo);
        if (text !== '') texts.push(text);
      }
      sibling = sibling.previousSibling;
    }
    return texts;
  });
}

/** Where a node stands among its siblings. The siblings are walked once for all of them. */
export function siblingFacts(node: Node, memo: Memo): SiblingFacts {
  return once(memo.siblings, node, () => {
    let heading: Element | null = null;
    let index = 0;
    let own: SiblingFacts = { index: 0, heading };
    for (let sibling = node.parentNode?.firstChild ?? null; sibling; sibling = sibling.nextSibling) {
      const facts = { index, heading };
      if (sibling === node) own = facts;
      else if (sibling instanceof Element) memo.siblings.set(sibling, facts);
      if (sibling instanceof Element && sibling.matches('h1,h2,h3,h4,h5,h6,legend,summary,dt,[role=heading]')) {
        heading = sibling;
      }
      index += 1;
    }
    return own;
  });
}

/** The nearest heading above it among its siblings, whatever lies between. */
export function headingBefore(node: Node, memo: Memo): string {
  const { heading } = siblingFacts(node, memo);
  return heading ? textOf(heading, memo) : '';
}

export function textAfter(node: Node, memo: Memo): string {
  let sibling = node.nextSibling;
  for (let steps = 0; sibling && steps < 4; steps += 1) {
    if (holdsField(sibling, memo)) return '';
    const text = sibling.nodeType === Node.COMMENT_NODE ? '' : wordsOf(sibling, memo);
    if (text !== '') return text;
    sibling = sibling.nextSibling;
  }
  return '';
}

/** The titles of a container: legend, accessible name, its tab or summary, or the text before its first field. */
export function titlesOf(container: Element, from: Element, memo: Memo): readonly string[] {
  const { names, legend, first, heading } = containerFacts(container, memo);
  const titles = [...names];
  if (legend && legend !== from) titles.push(nameText(legend, memo));
  // Only where it is painted as one of the container's own children does it stand before or after a text of these.
  const among = from.parentNode === (container.shadowRoot ?? container) && !isFilledSlot(container);
  for (const { node, text } of first) {
    if (!among || siblingFacts(node, memo).index < siblingFacts(from, memo).index) titles.push(text);
  }
  if (heading !== '') titles.push(heading);
  return titles;
}

export function isFilledSlot(element: Element): boolean {
  return element instanceof HTMLSlotElement && !element.shadowRoot && element.assignedNodes().length > 0;
}

export function containerFacts(container: Element, memo: Memo): ContainerFacts {
  return once(memo.containers, container, () => {
    const first: { node: Node; text: string }[] = [];
    if ((rootFacts(container, memo).values.get(container) ?? 0) <= 4) {
      for (const node of childrenOf(container)) {
        if (first.length === 2 || holdsField(node, memo)) break;
        const text = node.nodeType === Node.COMMENT_NODE ? '' : wordsOf(node, memo);
        if (text !== '') first.push({ node, text });
      }
    }
    const dialog = container.matches('[role=dialog],[role=alertdialog],dialog');
    const heading = dialog ? container.querySelector('h1,h2,h3,h4,[role=heading]') : null;
    return {
      names: [byIds(container, 'aria-labelledby', memo), container.getAttribute('aria-label') ?? ''],
      legend: [...container.children].find((child) => child.matches('legend,summary,caption')) ?? null,
      first,
      heading: heading ? nameText(heading, memo) : '',
    };
  });
}
