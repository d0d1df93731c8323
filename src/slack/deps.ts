import type { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Deps } from '../operations/deps.ts';
import type { Runner } from '../runs/runner.ts';
import type { Notifier } from './notifier.ts';
import type { SlackStanding } from './standing.ts';

/** What a handler has of the world: what operations need, and Slack. One object, passed in. */
export type SlackDeps = Deps & {
  readonly runner: Runner;
  readonly notifier: Notifier;
  readonly slack: WebClient;
  readonly config: Pick<Config, 'PUBLIC_URL' | 'PORT'>;
  /** How Slack stands, and for how long. */
  readonly slackStanding: () => SlackStanding;
  /**
   * Called when somebody typed or clicked: messages of live runs are looked for, and posted anew where they are gone.
   */
  readonly lookForMessages: () => void;
  readonly log: Log;
};
