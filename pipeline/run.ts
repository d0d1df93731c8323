import type { WorkflowName } from './kinds.ts';
import { liveStatuses, type Month, type RunStatus, type Trigger } from './vocabulary.ts';

export type Run = {
  readonly id: string;
  readonly workflow: WorkflowName;
  readonly client: string | null;
  readonly month: Month | null;
  /** What may be live only once: `pull:acme:2026-12`. */
  readonly key: string;
  readonly trigger: Trigger;
  readonly status: RunStatus;
  readonly requestedBy: string | null;
  /** Where the command was typed; the client's channel for a scheduled run. */
  readonly channel: string | null;
  readonly dryRun: boolean;
  /** As the row has it: `argsOf` reads it (kinds.ts). */
  readonly args: Readonly<Record<string, unknown>>;
  /** The configuration it was started with; it keeps it to its end. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly attempt: number;
  readonly progress: Progress;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly batchId: string | null;
  readonly creditsUsed: number;
  readonly leadsExported: number;
  readonly error: string | null;
  readonly errorType: string | null;
  readonly cancelRequestedBy: string | null;
  /** The run that started this one. */
  readonly parent: string | null;
  /** Asleep until then (the machine's time), without holding a place. */
  readonly wakeAt: Date | null;
  /** How often in a row it met a vendor or a network that was away, and was queued to try again later. */
  readonly awayTries: number;
  /** Business time of the asking. */
  readonly askedAt: Date;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** Not over: it works, waits for its turn, or for a person. */
export const isLive = ({ status }: Pick<Run, 'status'>): boolean => liveStatuses.some((live) => live === status);

/** It met a vendor or a network that was away, and is taken up again by itself (`wakeAt`). */
export const triesAgain = (run: Pick<Run, 'status' | 'wakeAt' | 'awayTries' | 'errorType'>): boolean =>
  run.status === 'queued' && run.wakeAt !== null && run.awayTries > 0 && run.errorType !== null;

/** Where a run stands, for its card. `done` of `of` in `unit`s within the phase. */
export type Progress = {
  readonly phase?: string;
  readonly detail?: string;
  readonly done?: number;
  readonly of?: number;
  readonly unit?: string;
  /** Phases that are over, with their outcome in a few words. */
  readonly finished?: readonly { readonly phase: string; readonly outcome: string }[];
};

/** A run's id as people read and type it: its first eight characters. */
export const shortId = (runId: string): string => runId.slice(0, 8);
