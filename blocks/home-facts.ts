import type { Run } from '../pipeline/run.ts';
import type { Role } from '../pipeline/vocabulary.ts';
import type { NextDue } from './schedule.ts';
import type { IntentHome } from './intent/home.ts';

export type RunLine = { readonly run: Run; readonly clientName: string | null; readonly link: string | null };
export type ErrorTypeCount = { readonly type: string; readonly times: number };

/** What App Home knows of the world, for one reader. */
export type HomeFacts = {
  readonly role: Role | null;
  readonly waiting: readonly (RunLine & { readonly open: number })[];
  readonly live: readonly RunLine[];
  /** When Slack was last away from us, where that is worth saying. */
  readonly slackAway: { readonly from: Date; readonly to: Date } | null;
  /** One sentence each. */
  readonly risks: readonly string[];
  readonly nextDue: readonly NextDue[];
  /** What is paused, a line each in mrkdwn. */
  readonly pauses: readonly string[];
  readonly months: readonly {
    readonly clientName: string;
    /** `March 2027`. */
    readonly title: string;
    readonly cleaned: number;
    readonly target: number;
    readonly gap: number;
    readonly reserve: number;
  }[];
  readonly intent: IntentHome;
  readonly recentRuns: readonly RunLine[];
  /** Of the last 30 days. */
  readonly failed: number;
  readonly finished: number;
  readonly errors: readonly ErrorTypeCount[];
};
