import { z } from 'zod';
import { workflowNames, type ArgsGiven, type WorkflowName } from '../../pipeline/kinds.ts';
import type { Progress, Run } from '../../pipeline/run.ts';
import { runStatuses, type Month, type RunStatus, type Trigger } from '../../pipeline/vocabulary.ts';
import { all, json, may, must, type Db } from './db.ts';

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

export type RunStore = ReturnType<typeof makeRunStore>;

const columns =
  'id,workflow,client,month,key,trigger,status,requested_by,channel,dry_run,args,config,attempt,progress,summary,batch_id,credits_used,leads_exported,error,error_type,cancel_requested_by,parent,wake_at,lease_holder,fence,asked_at,created_at,started_at,finished_at';

export function makeRunStore(db: Db) {
  return {
    /** Writes the run under its key, or answers with the live one that holds it. */
    async start<Name extends WorkflowName>(
      run: NewRun<Name>,
    ): Promise<{ readonly created: boolean; readonly run: StoredRun }> {
      const answer = must(
        await db.rpc('start_run', {
          p_run: json({
            workflow: run.workflow,
            client: run.client,
            month: run.month,
            key: run.key,
            trigger: run.trigger,
            requested_by: run.requestedBy,
            channel: run.channel,
            dry_run: run.dryRun,
            args: run.args,
            config: run.config ?? {},
            parent: run.parent ?? null,
            delivery: run.delivery ?? null,
            asked_at: run.askedAt.toISOString(),
          }),
        }),
      );
      return z.object({ created: z.boolean(), run: RunRow }).parse(answer);
    },

    async get(id: string): Promise<StoredRun | null> {
      const row = may(await db.from('agent_runs').select(columns).eq('id', id).maybeSingle());
      return row ? RunRow.parse(row) : null;
    },

    async live(key: string): Promise<StoredRun | null> {
      const row = may(
        await db
          .from('agent_runs')
          .select(columns)
          .eq('key', key)
          .in('status', ['queued', 'running', 'waiting'])
          .maybeSingle(),
      );
      return row ? RunRow.parse(row) : null;
    },

    /** Newest first. */
    async recent(filter: { workflow?: WorkflowName; client?: string; limit: number }): Promise<StoredRun[]> {
      let query = db
        .from('agent_runs')
        .select(columns)
        .in('workflow', workflowNames)
        .order('created_at', { ascending: false })
        .limit(filter.limit);
      if (filter.workflow) query = query.eq('workflow', filter.workflow);
      if (filter.client) query = query.eq('client', filter.client);
      return must(await query).map((row) => RunRow.parse(row));
    },

    /** Runs that are not over, oldest first. Of a kind that only a newer version knows, that version takes care. */
    async open(): Promise<StoredRun[]> {
      const rows = await all((from, to) =>
        db
          .from('agent_runs')
          .select(columns)
          .in('workflow', workflowNames)
          .in('status', ['queued', 'running', 'waiting'])
          .order('created_at')
          .order('id')
          .range(from, to),
      );
      return rows.map((row) => RunRow.parse(row));
    },

    /** How many runs are not over: a number, without reading one of them. */
    async openCount(): Promise<number> {
      const answer = await db
        .from('agent_runs')
        .select('id', { count: 'exact', head: true })
        .in('status', ['queued', 'running', 'waiting']);
      may(answer);
      return answer.count ?? 0;
    },

    /** Takes the run, with a new fence. Null: there is nothing to take, or somebody is at its row just now. */
    async claim(id: string, holder: string, seconds: number, breakHolder?: string): Promise<StoredRun | null> {
      const row = may(
        await db.rpc('claim_run', { p_run: id, p_holder: holder, p_seconds: seconds, p_break: breakHolder }),
      );
      return row ? RunRow.parse(row) : null;
    },

    /** @param fence of the attempt; without it the holder alone is asked for */
    async beat(
      id: string,
      holder: string,
      seconds: number,
      fence?: number,
    ): Promise<{ held: boolean; cancel: string | null }> {
      const answer = must(
        await db.rpc('beat_run', { p_run: id, p_holder: holder, p_seconds: seconds, p_fence: fence }),
      );
      return z.object({ held: z.boolean(), cancel: z.string().nullable() }).parse(answer);
    },

    /** Ends or parks the run if it is still the holder's; answers the status it has now, null when it was taken over. */
    async leave(
      id: string,
      holder: string,
      status: RunStatus,
      patch: RunPatch,
      fence?: number,
    ): Promise<RunStatus | null> {
      const answer = may(
        await db.rpc('leave_run', {
          p_run: id,
          p_holder: holder,
          p_status: status,
          p_patch: json(patch),
          p_fence: fence,
        }),
      );
      return z.enum(runStatuses).nullable().parse(answer);
    },

    async cancel(id: string, who: string): Promise<RunStatus | null> {
      return z
        .enum(runStatuses)
        .nullable()
        .parse(may(await db.rpc('cancel_run', { p_run: id, p_who: who })));
    },

    async retry(id: string, who: string): Promise<RunStatus | null> {
      return z
        .enum(runStatuses)
        .nullable()
        .parse(may(await db.rpc('retry_run', { p_run: id, p_who: who })));
    },

    async saveProgress(id: string, progress: Progress): Promise<void> {
      may(await db.rpc('save_progress', { p_run: id, p_progress: json(progress) }));
    },

    async mergeSummary(id: string, summary: Readonly<Record<string, unknown>>): Promise<void> {
      may(await db.rpc('merge_summary', { p_run: id, p_summary: json(summary) }));
    },

    async steps(runId: string): Promise<StepRow[]> {
      const rows = await all((from, to) =>
        db.from('agent_steps').select('name,status,output').eq('run_id', runId).order('name').range(from, to),
      );
      return rows.map((row) => ({
        name: row.name,
        status: z.enum(['started', 'done']).parse(row.status),
        output: z.object({ value: z.unknown() }).nullable().parse(row.output)?.value,
      }));
    },

    async stepStarted(runId: string, name: string): Promise<void> {
      may(await db.rpc('step_started', { p_run: runId, p_name: name }));
    },

    async stepDone(runId: string, name: string, output: unknown, attempts: number): Promise<void> {
      may(
        await db.rpc('step_done', {
          p_run: runId,
          p_name: name,
          p_output: json({ value: output ?? null }),
          p_attempts: attempts,
        }),
      );
    },

    async stepForgotten(runId: string, name: string): Promise<void> {
      may(await db.from('agent_steps').delete().eq('run_id', runId).eq('name', name));
    },

    async error(runId: string, error: RunError): Promise<void> {
      may(await db.from('agent_errors').insert({ run_id: runId, ...error }));
    },

    async errors(runId: string) {
      return must(
        await db.from('agent_errors').select('*').eq('run_id', runId).order('id', { ascending: false }).limit(20),
      );
    },

    /** A line of the append-only audit. */
    async audit(line: {
      who: string;
      what: string;
      runId?: string;
      subject?: string;
      facts?: Readonly<Record<string, unknown>>;
    }): Promise<void> {
      may(
        await db.from('audit').insert({
          who: line.who,
          what: line.what,
          run_id: line.runId ?? null,
          subject: line.subject ?? null,
          facts: json(line.facts ?? {}),
        }),
      );
    },
  };
}
