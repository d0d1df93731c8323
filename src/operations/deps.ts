import type { IntentConfig } from '../../pipeline/intent/config.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Runner } from '../runs/runner.ts';
import type { Store } from '../store/index.ts';

/** What shows a run to people; the app's is Slack's cards. */
type Cards = {
  /** Brings the run's card up to its row. */
  card(run: Run): Promise<void>;
  /** Brings the gap report of a run up to its questions. */
  refreshGap(runId: string): Promise<void>;
  /** Brings the messages about a pause up to its row: one when it began, one when it is over. */
  pause(id: number): Promise<void>;
  /** A line in the team’s channel, once for its purpose. */
  tellTeam(purpose: string, text: string): Promise<void>;
};

/** What operations have of the world. Each takes the part it uses. */
export type Deps = {
  readonly store: Store;
  readonly runner: Pick<Runner, 'start' | 'cancel' | 'retry' | 'nudge'>;
  readonly notifier: Cards;
  readonly clock: Clock;
  readonly config: Pick<Config, 'LEADOPS_ADMINS' | 'BISON_URL' | 'ZOOMINFO_CLIENT_ID' | 'ZOOMINFO_CLIENT_SECRET'>;
  readonly intentConfig: IntentConfig;
};
