import type { DueTime } from '../calendar/due-times.ts';
import type { WorkflowName } from '../kinds.ts';

/** Nothing is started of a client, of a kind of run, or (both null) at all. Times are business time. */
export type Pause = {
  readonly id: number;
  readonly client: string | null;
  readonly workflow: WorkflowName | null;
  readonly reason: string;
  /** A Slack id, or somebody at the command line (`cli:…`). */
  readonly by: string;
  readonly since: Date;
  /** Null: until somebody resumes it. */
  readonly until: Date | null;
};

/** What would be started: a kind of run, for a client or (null) none in particular. */
export type PauseScope = { readonly workflow: WorkflowName; readonly client: string | null };

/** What a run that starts others asks before it does. */
export type Pauses = {
  /** What holds such a run back at that time; null: nothing does. */
  holding(scope: PauseScope, at: Date): Promise<Pause | null>;
  /** The due time was passed over for this client; said and offered when the pause ends. */
  passOver(pause: number, due: Pick<DueTime, 'kind' | 'day'>, client: string | null): Promise<void>;
};
