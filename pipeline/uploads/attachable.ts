import type { ListBatch } from '../ports/uploads.ts';

/**
 * Lists of a window that go into the campaign. A window that was taken back has none, whatever was uploaded for it
 * since, until a person says **Attach again** (docs/sop.md#undo): then all of them.
 */
export function attachable(lists: readonly ListBatch[], again: boolean): ListBatch[] {
  if (!again && lists.some(({ state }) => state === 'undone')) return [];
  return lists.filter(
    ({ state, listId }) => listId !== null && (state === 'uploaded' || (again && state === 'undone')),
  );
}

/** Whom a list holds, as far as Bison says it. */
export const peopleIn = ({ accepted, rows }: Pick<ListBatch, 'accepted' | 'rows'>): number => accepted ?? rows;
