/** Where the page keeps the elements by id between two readings. */
export type Registry = {
  readonly ids: WeakMap<Element, number>;
  readonly byId: Map<number, WeakRef<Element>>;
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
