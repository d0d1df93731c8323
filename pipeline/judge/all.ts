import { each, type InPieces } from '../turns.ts';
import type { Judgement, Lead, Verdict } from '../vocabulary.ts';
import { judgeRow, type Rules } from './row.ts';

export type JudgedRow = {
  /** null for a record that could not be read. */
  readonly lead: Lead | null;
  /** Already uploaded: keeps its place against earlier rows of the same person. */
  readonly pinned?: boolean;
  /** Its ZIP was moved to another client: the row only counts in the books. */
  readonly moved?: boolean;
};

/**
 * One judgement per row, in the rows' order. The rows are all those of one client and one renewal month, by export and
 * then by line: of the rows with one e-mail the first keeps its place, the others are duplicates. That is the whole of
 * docs/sop.md#duplicates: the second key, the household's, contains the e-mail and finds no more within a client's
 * month.
 *
 * @param verdicts by normalised e-mail; an e-mail without one leaves its row `unverified`
 */
export function* judgeAll(
  rows: readonly JudgedRow[],
  rules: Rules,
  verdicts: ReadonlyMap<string, Verdict>,
): InPieces<readonly Judgement[]> {
  const alone = yield* each(rows, ({ lead, moved }) =>
    moved ? { state: 'moved' as const, reason: null } : judgeRow(lead, rules),
  );
  const holders = yield* placeHolders(rows, (index) => alone[index] === 'alive');
  return yield* each(alone, (judgement, index) => {
    if (judgement !== 'alive') return judgement;
    const email = rows[index]?.lead?.email ?? '';
    return holders.get(email) === index ? verified(verdicts.get(email)) : { state: 'duplicate', reason: null };
  });
}

/** For each e-mail the row that keeps its place: the first one uploaded, else the first. */
function* placeHolders(
  rows: readonly JudgedRow[],
  isAlive: (index: number) => boolean,
): InPieces<ReadonlyMap<string, number>> {
  const holders = new Map<string, number>();
  for (const uploaded of [true, false]) {
    yield* each(rows, ({ lead, pinned = false }, index) => {
      const email = lead?.email;
      if (email == null || pinned !== uploaded || !isAlive(index) || holders.has(email)) return;
      holders.set(email, index);
    });
  }
  return holders;
}

function verified(verdict: Verdict | undefined): Judgement {
  if (verdict === undefined) return { state: 'unverified', reason: null };
  return verdict === 'Safe to Send' ? { state: 'cleaned', reason: null } : { state: 'rejected', reason: verdict };
}
