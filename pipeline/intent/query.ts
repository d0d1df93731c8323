import type { IntentQuery, SignalStrength } from '../ports/zoominfo.ts';
import type { IntentConfig } from './config.ts';

/** The least signal score of each strength (docs/sop.md#intent-search). */
const floors: Readonly<Record<SignalStrength, number>> = { High: 90, Medium: 75, Low: 60 };

/** The floor that lets every wanted strength through: High and Medium give 75. */
export function scoreFloor(strengths: readonly SignalStrength[]): number {
  return Math.min(...strengths.map((strength) => floors[strength]));
}

export function intentQuery(config: IntentConfig): IntentQuery {
  return {
    topics: config.topics,
    scoreFloor: scoreFloor(config.signalStrengths),
    sicCodes: config.sicCodes,
    employees: config.employees,
  };
}
