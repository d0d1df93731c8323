import type { IntentSignal, SignalStrength } from '../ports/zoominfo.ts';
import type { Day } from '../vocabulary.ts';
import { ageInDays } from './days.ts';
import type { IntentConfig } from './config.ts';
import { roundHalfUp } from './rounding.ts';

/** What is known of a company besides its signal; `null` where nobody knows. */
export type CompanyFacts = { readonly sic: string | null; readonly employees: number | null };

/** The five parts of a company's score, before their weights. */
export type ScoreParts = {
  readonly signal: number;
  readonly onsite: number;
  readonly freshness: number;
  readonly audience: number;
  readonly size: number;
};

/** A signal that is fresh enough to act on. `age` in whole New York days, `score` 0–100. */
export type ScoredSignal = {
  readonly signal: IntentSignal;
  readonly score: number;
  readonly parts: ScoreParts;
  readonly age: number;
};

const strengthScores: Readonly<Record<SignalStrength, number>> = { High: 100, Medium: 70, Low: 40 };
const audiencePoints: Readonly<Record<string, number>> = { A: 10, B: 7, C: 4, D: 2 };

/** The vendor's number where there is one above 0, else by its word; without either it is worth the lowest word's. */
export function signalPart({ score, strength }: Pick<IntentSignal, 'score' | 'strength'>): number {
  return score !== null && score > 0 ? score : strengthScores[strength ?? 'Low'];
}

/** @returns null when it is too old (15 days and more) */
export function freshnessPart(age: number): number | null {
  if (age <= 3) return 100;
  if (age <= 7) return 70;
  return age <= 14 ? 40 : null;
}

export function onsitePart(sic: string | null, config: Pick<IntentConfig, 'onsiteScores' | 'onsiteDefault'>): number {
  return (sic === null ? undefined : config.onsiteScores[sic]) ?? config.onsiteDefault;
}

export function audiencePart(audience: IntentSignal['audience']): number {
  return (audience === null ? undefined : audiencePoints[audience]) ?? 0;
}

/** A point for each 200 employees, five at most. */
export function sizePart(employees: number | null): number {
  return Math.min(5, Math.floor(Math.max(0, employees ?? 0) / 200));
}

/** `0.5·signal + 0.25·onsite + 0.25·freshness + audience + size`, rounded half up, 100 at most. */
export function companyScore({ signal, onsite, freshness, audience, size }: ScoreParts): number {
  return Math.min(100, roundHalfUp(2 * signal + onsite + freshness + 4 * (audience + size), 4));
}

/**
 * One signal's score (docs/sop.md#company-score).
 * @param cached what the company cache knows, for what the row does not say
 * @returns `undated` or `stale` for a signal that is left out
 */
export function scoreSignal(
  signal: IntentSignal,
  cached: CompanyFacts | undefined,
  config: IntentConfig,
  today: Day,
): ScoredSignal | 'undated' | 'stale' {
  if (signal.day === null) return 'undated';
  const age = ageInDays(signal.day, today);
  const freshness = freshnessPart(age);
  if (freshness === null) return 'stale';
  const parts = {
    signal: signalPart(signal),
    onsite: onsitePart(signal.company.sic ?? cached?.sic ?? null, config),
    freshness,
    audience: audiencePart(signal.audience),
    size: sizePart(signal.company.employees ?? cached?.employees ?? null),
  };
  return { signal, score: companyScore(parts), parts, age };
}
