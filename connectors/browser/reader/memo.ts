/**
 * What was found out about an element during one reading, so that no element is asked twice however many controls lie in
 * it or beside it: this is what keeps a reading linear in the size of the page. It must not outlive the reading.
 */
export type Memo = {
  readonly shown: Map<Element, boolean>;
  readonly shownAround: Map<Element, boolean>;
  readonly visible: Map<Element, boolean>;
  readonly folding: Map<Element, boolean>;
  readonly inline: Map<Element, boolean>;
  /** Whether it flows within a line of text, and so does everything in it. */
  readonly lines: Map<Element, boolean>;
  readonly pointing: Map<Element, boolean>;
  readonly text: Map<Node, string>;
  readonly name: Map<Element, string>;
  readonly places: Map<Element, number>;
  readonly lineages: Map<Element, readonly number[]>;
  readonly roots: Map<Node, RootFacts>;
  readonly siblings: Map<Node, SiblingFacts>;
  readonly containers: Map<Element, ContainerFacts>;
  readonly outer: Map<Node, readonly string[]>;
  /** Texts before a node, for a tick and for everything else. */
  readonly before: readonly [Map<Node, readonly string[]>, Map<Node, readonly string[]>];
  readonly heads: Map<Element, Element | null>;
  readonly columns: Map<Element, number>;
};

/** Of a document or shadow tree; see `fields.ts`. */
export type RootFacts = {
  readonly holdsField: Set<Element>;
  readonly holdsOtherThanTicks: Set<Element>;
  readonly values: Map<Element, number>;
  readonly labels: Map<Element, Element[]>;
};
/** Where a node stands among its siblings, and the nearest heading before it. */
export type SiblingFacts = { readonly index: number; readonly heading: Element | null };
/** What a container is called, apart from the texts at its beginning, which depend on where one comes from. */
export type ContainerFacts = {
  readonly names: readonly string[];
  readonly legend: Element | null;
  readonly first: readonly { readonly node: Node; readonly text: string }[];
  readonly heading: string;
};

export function newMemo(): Memo {
  return {
    shown: new Map(),
    shownAround: new Map(),
    visible: new Map(),
    folding: new Map(),
    inline: new Map(),
    lines: new Map(),
    pointing: new Map(),
    text: new Map(),
    name: new Map(),
    places: new Map(),
    lineages: new Map(),
    roots: new Map(),
    siblings: new Map(),
    containers: new Map(),
    outer: new Map(),
    before: [new Map(), new Map()],
    heads: new Map(),
    columns: new Map(),
  };
}

/** The answer of the first time. */
export function once<K, V>(known: Map<K, V>, key: K, work: () => V): V {
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before as V; // The map holds what `work` answered.
  const answer = work();
  known.set(key, answer);
  return answer;
}
