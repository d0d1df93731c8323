import { chooseItems } from './choose.ts';
import type { Item, Limits } from './item.ts';
import { loadSolver, type Solver } from './mip.ts';
import { optionsOf, type Option } from './options.ts';
import { rangeOf } from './range.ts';
import type { Cost, GapInput, GapPlan, Suggestion } from './types.ts';

/** Farther than any two places of the country: a ZIP whose centroid nobody knows comes last. In tenths of a mile. */
const unknownDistance = 100_000;

/** Beyond this, a list in Slack is no help. */
const defaultMaxAlternatives = 20;

/** The solver keeps no state between calls, so it is loaded once for all. */
let loading: Promise<Solver> | undefined;

/** What the solver decided for one level. */
type Taken = { readonly options: readonly Option[]; readonly covers: boolean; readonly proven: boolean };

/**
 * How to close the gap between a client's cleaned leads and its target, in the SOP's order (docs/sop.md#gap-order): a
 * level opens only when those before it, taken whole, fall short; within one, the fewest ZIPs, then the least
 * distance, then ZIP order.
 */
export async function planGap(input: GapInput): Promise<GapPlan> {
  const gap = Math.max(0, input.target - input.cleaned);
  const nothing = { marked: [], alternatives: [], predicted: { low: 0, middle: 0, high: 0 } };
  if (gap === 0) {
    const cost = { exports: 0, validations: 0 };
    return { gap, ...nothing, coversGap: true, cost, nothingLeft: false, proven: true };
  }
  const solver = await (loading ??= loadSolver());
  const options = optionsOf(input);
  const marked: Option[] = [];
  const open: Option[] = [];
  let missing = gap;
  let proven = true;
  for (const level of levelsOf(options)) {
    if (missing <= 0) break;
    const free = level.filter((option) => !marked.some((other) => exclude(option, other)));
    const taken = takeFrom(free, missing, input, solver);
    open.push(...free);
    marked.push(...taken.options);
    missing -= taken.options.reduce((sum, { estimate }) => sum + estimate.middle, 0);
    proven &&= taken.proven;
  }
  const alternatives = open.filter((option) => !marked.some((other) => option === other || exclude(option, other)));
  const shown = alternatives
    .filter((option) => fitsAlone(option, input))
    .toSorted((a, b) => a.suggestion.level - b.suggestion.level || b.estimate.middle - a.estimate.middle)
    .slice(0, input.maxAlternatives ?? defaultMaxAlternatives);
  return {
    gap,
    marked: marked.map(({ suggestion }): Suggestion => ({ ...suggestion, marked: true })),
    alternatives: shown.map(({ suggestion }) => suggestion),
    coversGap: missing <= 0,
    predicted: rangeOf(marked.map(({ estimate }) => estimate)),
    cost: costOf(marked),
    nothingLeft: marked.length === 0 && shown.length === 0,
    proven,
  };
}

/** In the SOP's order; level 2 is two: pre-approved ZIPs before the others. Options by ZIP, then donor. */
function levelsOf(options: readonly Option[]): readonly (readonly Option[])[] {
  const inOrder = options.toSorted((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  const of = (level: number, first = false): readonly Option[] =>
    inOrder.filter(({ suggestion, first: isFirst }) => suggestion.level === level && isFirst === first);
  return [of(0), of(1), of(2, true), of(2), of(3), of(4), of(5)];
}

function orderKey({ suggestion }: Option): string {
  if (suggestion.kind === 'move') return `${suggestion.zip} ${suggestion.donor}`;
  return suggestion.kind === 'add' ? suggestion.zip : suggestion.id;
}

function takeFrom(options: readonly Option[], missing: number, input: GapInput, solver: Solver): Taken {
  if (options.length === 0) return { options: [], covers: false, proven: true };
  if (options[0]?.suggestion.kind === 'relax') return relaxLeast(options, missing);
  const items = options.map(({ suggestion, estimate }): Item => {
    const distance = suggestion.miles === null ? unknownDistance : Math.round(suggestion.miles * 10);
    return { leads: estimate.middle, distance: suggestion.kind === 'wait' ? 0 : distance };
  });
  const { chosen, covers, proven } = chooseItems(solver, items, missing, limitsOf(options, input));
  return { options: chosen.flatMap((index) => options[index] ?? []), covers, proven };
}

/** Limits exclude each other: the lowest that covers, else the highest there is. */
function relaxLeast(options: readonly Option[], missing: number): Taken {
  const byLimit = options.toSorted((a, b) => limitOf(a) - limitOf(b));
  const enough = byLimit.find(({ estimate }) => estimate.middle >= missing);
  const taken = enough ?? byLimit.at(-1);
  return { options: taken ? [taken] : [], covers: enough !== undefined, proven: true };
}

function limitOf({ suggestion }: Option): number {
  return suggestion.kind === 'relax' ? suggestion.limit : 0;
}

/** A donor stays over its target, so it keeps at least one lead more than that; one household moves once. */
function limitsOf(options: readonly Option[], { donors }: GapInput): Limits {
  const indices = (belongs: (suggestion: Suggestion) => boolean): readonly number[] =>
    options.flatMap(({ suggestion }, index) => (belongs(suggestion) ? [index] : []));
  const moved = options.flatMap(({ suggestion }) => (suggestion.kind === 'move' ? [suggestion.zip] : []));
  const twice = new Set(moved.filter((zip, index) => moved.indexOf(zip) !== index));
  // A donor in two states is there twice, with one surplus.
  const surpluses = new Map(donors.map(({ client, surplus }) => [client, surplus]));
  return {
    donors: [...surpluses]
      .map(([client, surplus]) => ({
        items: indices((suggestion) => suggestion.kind === 'move' && suggestion.donor === client),
        leads: Math.max(0, surplus - 1),
      }))
      .filter(({ items }) => items.length > 0),
    onlyOneOf: [...twice].map((zip) => indices((suggestion) => suggestion.kind === 'move' && suggestion.zip === zip)),
  };
}

/** The same ZIP from two sides, or two home value limits. */
function exclude({ suggestion: a }: Option, { suggestion: b }: Option): boolean {
  if (a.kind === 'relax') return b.kind === 'relax';
  if (a.kind === 'wait' || b.kind === 'wait' || b.kind === 'relax') return false;
  return a.zip === b.zip;
}

/** A move that its donor cannot afford at all is no alternative. */
function fitsAlone({ suggestion, estimate }: Option, { donors }: GapInput): boolean {
  if (suggestion.kind !== 'move') return true;
  const donor = donors.find(({ client }) => client === suggestion.donor);
  return donor !== undefined && estimate.middle < donor.surplus;
}

/** ZIPs of one state go into one export as long as they fit: one a state is the least, and what is usual. */
function costOf(marked: readonly Option[]): Cost {
  const states = new Set(marked.flatMap(({ suggestion }) => (suggestion.kind === 'add' ? [suggestion.state] : [])));
  return {
    exports: states.size,
    validations: marked.reduce((sum, { suggestion }) => sum + suggestion.cost.validations, 0),
  };
}
