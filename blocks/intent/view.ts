import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { IntentFacts } from '../../pipeline/intent/facts.ts';
import type { Batch, BatchLead, Budget, Used } from '../../pipeline/ports/intent.ts';

/** What an intent run's card and details show besides the run itself. */
export type IntentView = {
  readonly config: IntentConfig;
  /** Null before the signals are there. */
  readonly facts: IntentFacts | null;
  /** Of this week, whenever the run was. */
  readonly budget: Budget;
  /** Of this run. */
  readonly credits: Used;
  readonly batch: Batch | null;
  readonly top: readonly BatchLead[];
  /** Why the file is not in Slack; null where it is, or is on its way. */
  readonly fileProblem: string | null;
};
