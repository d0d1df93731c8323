import type { Judgement, StateCounts, StateLabel } from '../vocabulary.ts';

/** `cleaned`, `rejected: email`, `quarantined: wrong month`: a line of the books. */
export function stateLabel(judgement: Judgement): StateLabel {
  switch (judgement.state) {
    case 'quarantined':
      return `quarantined: ${judgement.reason}`;
    case 'rejected':
      return `rejected: ${judgement.reason}`;
    default:
      return judgement.state;
  }
}

export function booksOf(judgements: Iterable<Judgement>): StateCounts {
  const counts: Record<string, number> = {};
  for (const judgement of judgements) {
    const label = stateLabel(judgement);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/** Raw leads less the sum of the states: 0 when the books balance, else the difference to name. */
export function booksDifference(raw: number, counts: StateCounts): number {
  return raw - Object.values(counts).reduce((sum, count) => sum + count, 0);
}
