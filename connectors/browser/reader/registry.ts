/** Where the page keeps the elements by id between two readings. */
export type Registry = {
  readonly ids: WeakMap<Element, number>;
  readonly byId: Map<number, WeakRef<Element>>;
  /** Each element under its id, as a property: a property of an object can be fetched without an act on the page. */
  readonly elements: Readonly<Record<string, Element | null>>;
  next: number;
};

export function idOf(element: Element, registry: Registry): number {
  const known = registry.ids.get(element);
  if (known !== undefined) return known;
  registry.next += 1;
  registry.ids.set(element, registry.next);
  registry.byId.set(registry.next, new WeakRef(element));
  return registry.next;
}

export function newRegistry(): Registry {
  const byId = new Map<number, WeakRef<Element>>();
  const elements = new Proxy<Record<string, Element | null>>(
    {},
    { get: (_, id) => byId.get(Number(String(id)))?.deref() ?? null },
  );
  return { ids: new WeakMap(), byId, elements, next: 0 };
}
