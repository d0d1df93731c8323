import { z } from 'zod';
import { workflowNames, type ArgsGiven, type WorkflowName } from '../../../pipeline/kinds.ts';
import type { Progress, Run } from '../../../pipeline/run.ts';
import { runStatuses, type Month, type Trigger } from '../../../pipeline/vocabulary.ts';

const instant = z.string().transform((text) => new Date(text));
const facts = z.record(z.string(), z.unknown());

/** A row of `agent_runs`, as our type. */
export const RunRow = z
  .object({
    id: z.string(),
    workflow: z.enum(workflowNames, 'a run of a kind that this version of LeadOps does not know'),
    client: z.string().nullable(),
    // A check constraint or `parseMonth` made it.
    month: z.custom<Month | null>((month) => month === null || typeof month === 'string'),
    key: z.string(),
    trigger: z.enum(['manual', 'scheduled']),
    status: z.enum(runStatuses),
    requested_by: z.string().nullable(),
    channel: z.string().nullable(),
    dry_run: z.boolean(),
    args: facts,
    config: facts,
    attempt: z.number(),
    progress: facts,
    summary: facts,
    batch_id: z.string().nullable(),
    credits_used: z.number(),
    leads_exported: z.number(),
    error: z.string().nullable(),
    error_type: z.string().nullable(),
    cancel_requested_by: z.string().nullable(),
    parent: z.string().nullable(),
    wake_at: instant.nullable(),
    away_tries: z.number(),
    lease_holder: z.string().nullable(),
    fence: z.number(),
    asked_at: instant,
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .transform((row): Run & { readonly leaseHolder: string | null; readonly fence: number } => ({
    id: row.id,
    workflow: row.workflow,
    client: row.client,
    month: row.month,
    key: row.key,
    trigger: row.trigger,
    status: row.status,
    requestedBy: row.requested_by,
    channel: row.channel,
    dryRun: row.dry_run,
    args: row.args,
    config: row.config,
    attempt: row.attempt,
    // Written by ourselves from a Progress.
    progress: row.progress,
    summary: row.summary,
    batchId: row.batch_id,
    creditsUsed: row.credits_used,
    leadsExported: row.leads_exported,
    error: row.error,
    errorType: row.error_type,
    cancelRequestedBy: row.cancel_requested_by,
    parent: row.parent,
    wakeAt: row.wake_at,
    awayTries: row.away_tries,
    leaseHolder: row.lease_holder,
    fence: row.fence,
    askedAt: row.asked_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }));

export type StoredRun = z.output<typeof RunRow>;

export type NewRun<Name extends WorkflowName = WorkflowName> = {
  readonly workflow: Name;
  readonly client: string | null;
  readonly month: Month | null;
  readonly key: string;
  readonly trigger: Trigger;
  readonly requestedBy: string | null;
  readonly channel: string | null;
  readonly dryRun: boolean;
  readonly args: ArgsGiven<Name>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly askedAt: Date;
  readonly parent?: string;
  /** The delivery of Slack's that asks for it: the same one again is answered with the run it started. */
  readonly delivery?: string;
};

export type StepRow = { readonly name: string; readonly status: 'started' | 'done'; readonly output: unknown };

export type RunPatch = {
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly progress?: Progress;
  readonly error?: string;
  readonly error_type?: string;
  /** Queued, and not to be taken up before so many seconds have passed. */
  readonly wake_seconds?: number;
  /** How often in a row it met somebody who was away. */
  readonly away_tries?: number;
  /** The round of questions a waiting run waits for. */
  readonly round?: string;
};

export type RunError = {
  readonly step: string | null;
  readonly type: string;
  readonly message: string;
  readonly screenshot?: string;
  readonly tree?: string;
  readonly trace?: string;
};

/** What `RunRow` reads of a row. */
export const columns =
  'id,workflow,client,month,key,trigger,status,requested_by,channel,dry_run,args,config,attempt,progress,summary,batch_id,credits_used,leads_exported,error,error_type,cancel_requested_by,parent,wake_at,away_tries,lease_holder,fence,asked_at,created_at,started_at,finished_at';
