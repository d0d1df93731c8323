import type { State, Zip } from '../vocabulary.ts';
import { milesToNearest, zipsIn } from './distance.ts';
import type { Candidate } from './types.ts';

export type CandidateSource = {
  readonly states: readonly State[];
  readonly secondaryStates: readonly State[];
  /** ZIPs pulled for this client and month: they are no candidates, distances are measured from them. */
  readonly pulled: readonly Zip[];
  readonly preApproved: readonly Zip[];
  /** Owner-occupied homes per ZIP, as imported. Empty when nothing was imported. */
  readonly homes: ReadonlyMap<Zip, number>;
};

/**
 * The ZIPs that a client could be pulled for in addition, in ZIP order.
 *
 * In a state that the homes table covers, only ZIPs that it gives homes to: one ZIP in five is a post office or a
 * single building, near to everything and without a home; by "the median of a pulled ZIP" they would be the best
 * suggestions.
 */
export function candidatesFrom(source: CandidateSource): readonly Candidate[] {
  const { homes, states } = source;
  const pulled = new Set(source.pulled);
  const preApproved = new Set(source.preApproved);
  const licensed = new Set(states);
  const secondary = source.secondaryStates.filter((state) => !licensed.has(state));
  const all = zipsIn([...states, ...secondary]);
  const covered = new Set(all.flatMap(({ zip, state }) => (homes.has(zip) ? [state] : [])));
  return all.flatMap(({ zip, state }): Candidate[] => {
    const known = homes.get(zip) ?? null;
    if (pulled.has(zip) || (covered.has(state) && !known)) return [];
    const miles = milesToNearest(zip, source.pulled);
    const kind = licensed.has(state) ? 'licensed' : 'secondary';
    return [{ zip, state, homes: known, miles, preApproved: preApproved.has(zip), kind }];
  });
}
