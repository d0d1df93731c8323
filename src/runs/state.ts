import type { Turn } from '../../connectors/browser/login.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { RunContext } from '../../pipeline/workflow.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { StoredRun } from '../store/runs/row.ts';
import type { LaterTries } from './later.ts';
import type { LeaseTimes } from './lease.ts';
import type { OwedOutputs } from './owed.ts';
import type { Place } from './places.ts';
import type { Retries } from './retrying.ts';

/** What an attempt at a run has of the world that others have not. */
export type AttemptWorld = {
  /** Refuses what the attempt writes once the run has another. */
  readonly store: Store;
  /** The attempt must not go on: work at vendors stops at once. */
  readonly signal: AbortSignal;
  readonly turn: Turn;
};

export type RunnerParts = {
  readonly store: Store;
  /** Does a run's work, whatever its kind. */
  readonly perform: (context: RunContext<Client | null>) => Promise<Readonly<Record<string, unknown>>>;
  /** The world as one run sees it: its ports log and keep evidence under the run's name. */
  readonly portsFor: (run: StoredRun, log: Log, world: AttemptWorld) => Ports;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: string;
  readonly lanes: number;
  readonly approvalDays: number;
  readonly sweepMs: number;
  /** Takes up no run by itself. */
  readonly resting: boolean;
  /** Of a step, within seconds. */
  readonly retries: Retries;
  /** Of the whole run, after minutes. */
  readonly laterTries: LaterTries;
  readonly lease?: LeaseTimes;
  /** Aborted when the process ends: attempts then stop repeating what the database would not take. */
  readonly ending?: AbortSignal;
  /** The run is not what it was a moment ago: its card follows. Never throws. */
  readonly onChange: (run: StoredRun) => Promise<void>;
};

/** An attempt of this process. */
export type Attempt = {
  /** Asked to stop at the next row. */
  readonly stop: AbortController;
  /** The lease is not ours any more, or soon will not be. */
  readonly lost: AbortController;
  readonly place: Place;
  stands: Turn['stands'];
};

/** What the files of the runner share: the world it was given and what it holds in memory, which can be lost at any moment. */
export type RunnerState = {
  readonly parts: RunnerParts;
  readonly times: LeaseTimes;
  /** Runs that this process works at, or has in the queue for a place. */
  readonly here: Map<string, Attempt>;
  /** Cancels that could not be written: who wanted it, by run. */
  readonly wishes: Map<string, string>;
  readonly owed: OwedOutputs;
  /** Attempts in a row that met a database that was away, though it was there at their start, and finished nothing. */
  readonly setbacks: Map<string, number>;
  /** Something may have become ready: look now instead of at the next sweep. */
  readonly nudge: () => void;
  /** The process ends: no new work is taken. A question, not a flag: it changes while somebody waits. */
  readonly isStopping: () => boolean;
};

/** Called when a run has changed, so that its card can follow. */
export async function changed({ parts }: RunnerState, id: string): Promise<void> {
  const run = await parts.store.runs.get(id);
  if (run) await parts.onChange(run);
}
