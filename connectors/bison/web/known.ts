import type { Survey } from '../../browser/survey.ts';

/** What was on a page at some moment. Ids are a document's own: on the next document nothing is known. */
export type Known = { readonly born: number; readonly ids: ReadonlySet<number> };

export function remember({ born, seen }: Survey): Known {
  return { born, ids: new Set(seen.map(({ id }) => id)) };
}

/** The ids of what is still there from then. */
export function knownIn({ born }: Survey, known: Known): ReadonlySet<number> {
  return born === known.born ? known.ids : new Set();
}
