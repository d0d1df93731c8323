import { once, type Memo, type RootFacts } from './memo.ts';

/**
 * What lies below the elements of a document or shadow tree, gathered from its fields upwards: each element is marked once,
 * so that nobody looks through the same tree again for every control in it. Runs inside the page.
 */
export function rootFacts(node: Node, memo: Memo): RootFacts {
  const root = node.getRootNode();
  return once(memo.roots, root, () => {
    const facts: RootFacts = {
      holdsField: new Set(),
      holdsOtherThanTicks: new Set(),
      values: new Map(),
      labels: new Map(),
    };
    if (!(root instanceof Document || root instanceof ShadowRoot)) return facts;
    const fields =
      'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=image]):not([type=reset]),select,textarea,' +
      '[contenteditable=""],[contenteditable=true],[role=combobox],[role=listbox],[role=textbox],[role=searchbox],' +
      '[role=spinbutton],[role=slider],[role=checkbox],[role=radio],[role=switch],[aria-haspopup=listbox]';
    for (const field of root.querySelectorAll(fields)) mark(field, facts.holdsField);
    const others = 'input:not([type=hidden]),select,textarea,[role=combobox],[role=listbox],[role=textbox]';
    for (const field of root.querySelectorAll(others)) {
      if (!isTick(field)) mark(field.parentElement, facts.holdsOtherThanTicks);
    }
    const values = 'select,textarea,[role=combobox],input:not([type=checkbox]):not([type=radio]):not([type=hidden])';
    for (const field of root.querySelectorAll(values)) count(field.parentElement, facts.values);
    for (const label of root.querySelectorAll('label')) {
      if (label.control) facts.labels.set(label.control, [...(facts.labels.get(label.control) ?? []), label]);
    }
    return facts;
  });
}

/** An element and what it lies in; what is marked already has its ancestors marked too. */
export function mark(element: Element | null, into: Set<Element>): void {
  for (let node = element; node && !into.has(node); node = node.parentElement) into.add(node);
}

/** Counting ends at five, because nobody needs to know of more. */
export function count(element: Element | null, into: Map<Element, number>): void {
  for (let node = element; node; node = node.parentElement) {
    const known = into.get(node) ?? 0;
    if (known >= 5) return;
    into.set(node, known + 1);
  }
}

export function isTick(element: Element): boolean {
  return element.matches('input[type=checkbox],input[type=radio],[role=checkbox],[role=radio],[role=switch]');
}

/** Fields other text could belong to. Buttons do not count: a "?" beside a label is not what the label names. */
export function holdsField(node: Node, memo: Memo): boolean {
  if (!(node instanceof Element)) return false;
  if (rootFacts(node, memo).holdsField.has(node)) return true;
  return node.shadowRoot ? [...node.shadowRoot.children].some((child) => holdsField(child, memo)) : false;
}

export function holdsOnlyTicks(node: Node, memo: Memo): boolean {
  if (!(node instanceof Element)) return false;
  return node.matches('input,select,textarea') ? isTick(node) : !rootFacts(node, memo).holdsOtherThanTicks.has(node);
}

/** The labels of a field, as its `labels`, which looks through the whole document for each field. */
export function labelsOf(element: Element, memo: Memo): readonly Element[] {
  return rootFacts(element, memo).labels.get(element) ?? [];
}
