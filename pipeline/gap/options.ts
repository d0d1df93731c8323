import type { Estimate } from './types.ts';
import { rangeOf } from './range.ts';
import { counted, makeEstimator } from './estimate.ts';
import type { Basis, Cost, GapInput, Level, Suggestion, SuggestionFacts } from './types.ts';

/** How near "near" is unless a setting says otherwise, in miles (docs/sop.md#gap-order). */
const defaultRadiusMiles = 10;

/** A suggestion before anybody chose, with what the solver needs beside it. */
export type Option = {
  readonly suggestion: Suggestion;
  readonly estimate: Estimate;
  /** Where level 2 prefers: pre-approved ZIPs come as a level of their own before the others. */
  readonly first: boolean;
};

type Draft = { readonly id: string; readonly level: Level; readonly miles: number | null; readonly cost: Cost };

/** Everything that could be suggested, whatever level it is on; what a person rejected or what brings nothing is out. */
export function optionsOf(input: GapInput): readonly Option[] {
  const estimator = makeEstimator(input);
  const option = (
    draft: Draft,
    facts: SuggestionFacts,
    { estimate, basis }: { readonly estimate: Estimate; readonly basis: Basis },
  ): Option => ({
    suggestion: { ...facts, ...draft, ...rangeOf([estimate]), estimate, basis, marked: false },
    estimate,
    first: facts.kind === 'add' && facts.preApproved && draft.level === 2,
  });

  const wait = option(
    { id: 'wait', level: 0, miles: null, cost: { exports: 0, validations: 0 } },
    { kind: 'wait', rows: input.unverified },
    estimator.rows(input.unverified),
  );

  const pulled = new Set(input.pulled.map(({ zip }) => zip));
  const moves = input.donors.flatMap(({ client, state, zips }) =>
    zips
      .filter(({ zip }) => !pulled.has(zip)) // the client has these households already
      .map(({ zip, cleaned, miles }) =>
        option(
          { id: `move:${client}:${zip}`, level: 1, miles, cost: { exports: 0, validations: 0 } },
          { kind: 'move', donor: client, zip, state },
          counted(cleaned),
        ),
      ),
  );

  const radius = input.radiusMiles ?? defaultRadiusMiles;
  const adds = input.candidates.flatMap((candidate) => {
    const { zip, state, homes, miles, preApproved, kind } = candidate;
    const estimated = pulled.has(zip) ? null : estimator.zip(homes);
    if (!estimated) return [];
    const level = kind === 'secondary' ? 5 : miles !== null && miles <= radius ? 2 : 3;
    const validations = estimator.validations(estimated.estimate.middle);
    return [
      option(
        { id: `zip:${zip}`, level, miles, cost: { exports: 1, validations } },
        { kind: 'add', zip, state, homes, preApproved, secondary: kind === 'secondary' },
        estimated,
      ),
    ];
  });

  const relaxed = input.relax.map(({ limit, rows }) =>
    option(
      { id: `relax:${limit}`, level: 4, miles: null, cost: { exports: 0, validations: rows } },
      { kind: 'relax', limit, rows },
      estimator.rows(rows),
    ),
  );

  return [wait, ...moves, ...adds, ...relaxed].filter(
    ({ suggestion, estimate }) => estimate.middle > 0 && !input.rejected.has(suggestion.id),
  );
}
