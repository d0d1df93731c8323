/**
 * Where the day's signals went, step by step. Only losses are counted; what is left follows from them, so that the
 * numbers of a funnel always add up.
 */
export const stages = [
  { name: 'fresh', unit: 'signals', losses: ['unreadable', 'undated', 'stale'] },
  { name: 'shortlisted', unit: 'companies', losses: ['duplicates', 'exportedBefore', 'beyondLimit'] },
  {
    name: 'resolved',
    unit: 'companies',
    losses: ['nobodyRecommended', 'notResolved', 'sameCompany', 'exportedUnderOtherId'],
  },
  { name: 'contacts', unit: 'contacts', losses: ['noContact'] },
  { name: 'leads', unit: 'leads', losses: ['notEnriched', 'suppressed'] },
] as const;

export type Stage = (typeof stages)[number]['name'];
export type Loss = (typeof stages)[number]['losses'][number];

export type Funnel = {
  /** Signals the vendor has for the query. */
  readonly total: number;
  /** Those it let us read; it shows 1,000 at most. */
  readonly signals: number;
  readonly losses: Readonly<Partial<Record<Loss, number>>>;
};

/** One line of the table: what was left after the step, and what it cost. Losses of 0 are left out. */
export type FunnelLine = {
  readonly stage: 'signals' | Stage;
  readonly unit: 'signals' | 'companies' | 'contacts' | 'leads';
  readonly left: number;
  readonly lost: readonly { readonly loss: Loss; readonly count: number }[];
};

/** The table down to `last`: a dry run ends with what was shortlisted. */
export function funnelLines(funnel: Funnel, last: Stage = 'leads'): readonly FunnelLine[] {
  const lines: FunnelLine[] = [{ stage: 'signals', unit: 'signals', left: funnel.signals, lost: [] }];
  let left = funnel.signals;
  for (const { name, unit, losses } of stages) {
    const lost = losses.map((loss) => ({ loss, count: funnel.losses[loss] ?? 0 })).filter(({ count }) => count !== 0);
    left -= lost.reduce((sum, { count }) => sum + count, 0);
    lines.push({ stage: name, unit, left, lost });
    if (name === last) break;
  }
  return lines;
}

/** What was left after a step. */
export function leftAt(funnel: Funnel, stage: Stage): number {
  return funnelLines(funnel, stage).at(-1)?.left ?? 0;
}

/**
 * Whether the counts of a finished run agree with its leads.
 * @returns what differs, in a sentence; null when it balances
 */
export function funnelDifference(funnel: Funnel, leads: number): string | null {
  const lines = funnelLines(funnel);
  const below = lines.find(({ left }) => left < 0);
  if (below) return `The funnel loses more than there was: ${below.left} left at "${below.stage}"`;
  const left = leftAt(funnel, 'leads');
  return left === leads ? null : `The funnel leaves ${left} leads and ${leads} were made`;
}
