import { saysOneOf, says, squash, type Pattern } from './words.ts';
import type { Seen } from './seen.ts';

/**
 * A ladder says what to look for on a page, best first: words a person would point at, then patterns in names and ids.
 * The first rung that matches wins; a later one is drift (see `find`).
 */
export type Ladder = { readonly what: string; readonly rungs: readonly Rung[]; readonly unless: readonly RegExp[] };

export type Rung =
  | { readonly by: 'words'; readonly pattern: Pattern }
  /** Words of the thing itself or close to it, inside a group (heading, legend, table row) with those words. */
  | { readonly by: 'place'; readonly group: Pattern; readonly pattern: Pattern }
  /** Name, id, class, data-… and address of the element. */
  | { readonly by: 'attribute'; readonly pattern: RegExp };

type Never = { readonly by: 'never'; readonly pattern: RegExp };

export function attribute(pattern: RegExp): Rung {
  return { by: 'attribute', pattern };
}

export function inGroup(group: Pattern, pattern: Pattern): Rung {
  return { by: 'place', group, pattern };
}

/** Not a rung: whatever says this of itself is never taken. */
export function never(pattern: RegExp): Never {
  return { by: 'never', pattern };
}

export function ladder(what: string, ...rungs: readonly (Pattern | Rung | Never)[]): Ladder {
  const known: Rung[] = [];
  const unless: RegExp[] = [];
  for (const rung of rungs) {
    if (typeof rung === 'string' || rung instanceof RegExp) known.push({ by: 'words', pattern: rung });
    else if (rung.by === 'never') unless.push(rung.pattern);
    else known.push(rung);
  }
  return { what, rungs: known, unless };
}

/** How well one thing on the page fits: the rung, and within a rung how near the words are to it. Smaller is better. */
export type Fit = { readonly rung: number; readonly distance: number };

/** Distances: its own words 0, words next to it 1…, a hint in it 3, its groups 4 and more. */
export function fit(seen: Seen, what: Ladder, ownWordsOnly = false): Fit | null {
  if (seen.own.some((text) => what.unless.some((pattern) => says(text, pattern)))) return null;
  if (what.unless.some((pattern) => seen.own.length === 0 && seen.near.some((text) => says(text, pattern))))
    return null;
  for (const [rung, step] of what.rungs.entries()) {
    const distance = distanceOf(seen, step);
    if (ownWordsOnly && step.by === 'words' && distance !== 0) continue;
    if (distance !== null) return { rung, distance };
  }
  return null;
}

function distanceOf(seen: Seen, rung: Rung): number | null {
  switch (rung.by) {
    case 'words':
      return nearest(seen, rung.pattern);
    case 'place': {
      const words = [...seen.own, ...seen.near, ...seen.hints, ...seen.groups].some((text) => says(text, rung.pattern));
      const group = [...seen.near, ...seen.groups].findIndex((text) => says(text, rung.group));
      return words && group >= 0 ? group : null;
    }
    case 'attribute':
      return rung.pattern.test(seen.attributes) || rung.pattern.test(squash(seen.attributes)) ? 0 : null;
  }
}

/** Longer text beside a control is an explanation, of it or of its neighbour, and names nothing. */
const longestLabel = 70;

function nearest(seen: Seen, pattern: Pattern): number | null {
  const own = seen.own.findIndex((text) => says(text, pattern));
  if (own >= 0) return 0;
  const near = seen.near.findIndex((text) => text.length <= longestLabel && says(text, pattern));
  if (near >= 0) return 1 + near / 10;
  if (saysOneOf(seen.hints.join(' '), [pattern]) || seen.hints.some((text) => says(text, pattern))) return 3;
  const group = seen.groups.findIndex((text) => says(text, pattern));
  return group >= 0 ? 4 + group : null;
}
