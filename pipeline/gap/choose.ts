import { fillAll } from './fill.ts';
import type { Item, Limits } from './item.ts';
import type { Row, Solver, YesNoProblem } from './mip.ts';

export type Choice = {
  /** Indices of the chosen items, in order. */
  readonly chosen: readonly number[];
  /** Whether the items, taken whole, bring `need`. If not, `chosen` is the most that they bring. */
  readonly covers: boolean;
  readonly proven: boolean;
};

const noLimits: Limits = { donors: [], onlyOneOf: [] };

/**
 * The fewest items that bring `need` leads; of those the least total distance; of those the first in order. When all
 * of them together bring less, the most they can bring, by the same rules.
 */
export function chooseItems(solver: Solver, items: readonly Item[], need: number, limits: Limits = noLimits): Choice {
  const limited = limits.donors.length > 0 || limits.onlyOneOf.length > 0;
  const whole = fillAll(items, limits);
  if (leadsOf(items, whole.chosen) < need) return { ...whole, covers: false };

  const reach: Row = { of: items.map(({ leads }, index) => [index, leads]), least: need, most: null };
  const rows = [reach, ...limitRows(items, limits)];
  const count = limited ? fewest(solver, items, rows, whole.chosen) : fewestAlone(items, need);
  const exactly: Row = {
    of: items.map((_, index) => [index, 1]),
    least: count.chosen.length,
    most: count.chosen.length,
  };
  const outclassed = limited ? new Set<number>() : hopeless(items, count.chosen.length);
  const problem: YesNoProblem = {
    cost: items.map(({ distance }) => distance),
    rows: [...rows, exactly],
    fixed: new Map([...outclassed].map((index) => [index, false])),
  };
  const nearest = solver.solve(problem);
  if (typeof nearest === 'string') return { chosen: count.chosen, covers: true, proven: false };
  const { answer, proven } = firstInOrder(solver, problem, nearest);
  return { chosen: chosenIn(answer), covers: true, proven: proven && count.proven && whole.proven };
}

function limitRows(items: readonly Item[], { donors, onlyOneOf }: Limits): readonly Row[] {
  return [
    ...donors.map(({ items: own, leads }): Row => {
      return { of: own.map((index) => [index, items[index]?.leads ?? 0]), least: null, most: leads };
    }),
    ...onlyOneOf.map((same): Row => ({ of: same.map((index) => [index, 1]), least: null, most: 1 })),
  ];
}

type Found = { readonly chosen: readonly number[]; readonly proven: boolean };

function fewest(solver: Solver, items: readonly Item[], rows: readonly Row[], whole: readonly number[]): Found {
  const answer = solver.solve({ cost: items.map(() => 1), rows });
  return typeof answer === 'string' ? { chosen: whole, proven: false } : { chosen: chosenIn(answer), proven: true };
}

/** Without limits the largest are the fewest. */
function fewestAlone(items: readonly Item[], need: number): Found {
  const largest = [...items.keys()].sort((a, b) => (items[b]?.leads ?? 0) - (items[a]?.leads ?? 0) || a - b);
  const chosen: number[] = [];
  for (let sum = 0; sum < need; sum += items[chosen.at(-1) ?? 0]?.leads ?? 0) chosen.push(largest[chosen.length] ?? 0);
  return { chosen: chosen.toSorted((a, b) => a - b), proven: true };
}

/**
 * Items that cannot be in the best set of `count`: at least so many others bring no less and are nearer, or as near and
 * first in order, so that one of them is free to take the place and would improve the set. Thousands of candidates
 * become a few dozen.
 */
export function hopeless(items: readonly Item[], count: number): ReadonlySet<number> {
  const out = new Set<number>();
  items.forEach((item, index) => {
    let better = 0;
    for (let other = 0; other < items.length && better < count; other += 1) {
      const rival = items[other];
      if (!rival || rival.leads < item.leads || rival.distance > item.distance) continue;
      if (rival.distance < item.distance || other < index) better += 1;
    }
    if (better >= count) out.add(index);
  });
  return out;
}

/** Solves asked for to break ties, before the tie is left as it is. */
const maxTieBreaks = 300;

/**
 * Of all answers as good as `answer`, the one that takes the first items. What cannot be otherwise in any of them is
 * fixed by its reduced cost; then, item by item in order, the others are asked whether they could be in.
 */
function firstInOrder(
  solver: Solver,
  problem: YesNoProblem,
  answer: readonly boolean[],
): { answer: readonly boolean[]; proven: boolean } {
  const { cost, rows } = problem;
  const best = cost.reduce((sum, value, index) => sum + (answer[index] ? value : 0), 0);
  const asGood: Row = { of: cost.map((value, index) => [index, value]), least: null, most: best };
  const fixed = new Map(problem.fixed);
  const relaxed = solver.relax(problem);
  relaxed?.reducedCosts.forEach((reduced, index) => {
    if (relaxed.bound + Math.abs(reduced) > best + 0.01) fixed.set(index, answer[index] ?? false);
  });

  let current = answer;
  let passedOver: number[] = [];
  let solves = 0;
  for (let index = 0; index < cost.length;) {
    if (fixed.has(index) || !current[index]) {
      if (!fixed.has(index)) passedOver.push(index);
      index += 1;
    } else if (passedOver.length === 0) {
      fixed.set(index, true);
      index += 1;
    } else {
      // Could any of those passed over since the last one taken be in, all earlier answers kept?
      solves += 1;
      if (solves > maxTieBreaks) return { answer: current, proven: false };
      const anyOfThem: Row = { of: passedOver.map((one) => [one, 1]), least: 1, most: null };
      const other = solver.solve({ cost, rows: [...rows, asGood, anyOfThem], fixed });
      if (other === 'gave up') return { answer: current, proven: false };
      if (other === 'infeasible') {
        passedOver.forEach((one) => fixed.set(one, false));
        passedOver = [];
      } else {
        current = other;
        index = passedOver.find((one) => other[one]) ?? index;
        passedOver = passedOver.filter((one) => one < index);
      }
    }
  }
  return { answer: current, proven: true };
}

function chosenIn(answer: readonly boolean[]): readonly number[] {
  return [...answer.keys()].filter((index) => answer[index]);
}

function leadsOf(items: readonly Item[], indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + (items[index]?.leads ?? 0), 0);
}
