import type { Ports } from '../../pipeline/ports/index.ts';
import type { Question } from '../../pipeline/questions.ts';
import type { Progress, Run } from '../../pipeline/run.ts';
import type { RunContext } from '../../pipeline/workflow.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { isTakenOver } from '../store/db.ts';
import type { Store } from '../store/index.ts';
import { makeRetrying, type Retries } from './retrying.ts';
import { Asleep, Parked, Stopped } from './signals.ts';
import { recallSteps, type StepMemoryStore } from './step-memory.ts';

export type ContextParts<Used = Ports> = {
  readonly run: Run;
  readonly client: Client | null;
  readonly ports: Used;
  readonly store: StepMemoryStore & { readonly approvals: Pick<Store['approvals'], 'ask' | 'ofRound'> };
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly approvalDays: number;
  readonly retries: Retries;
  readonly onProgress: (progress: Progress) => void;
  readonly onRetry: (step: string, error: Error) => void;
  /** Whatever a step does happens in here. */
  readonly inStep?: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Outputs of steps by name that are done and could not be written because the database was away. The next attempt of
   * this process writes them first, and they count as done.
   */
  readonly unwritten?: Map<string, unknown>;
};

/**
 * What a workflow reaches the outside with (`step`, `once`, `until`, `ask`), remembered in `agent_steps` and
 * `approvals`.
 */
export async function makeContext<Used>(
  parts: ContextParts<Used>,
): Promise<RunContext<Client | null, Used> & { failedStep(): string | null; advanced(): boolean }> {
  const { run, store, signal } = parts;
  const inStep: NonNullable<ContextParts['inStep']> = parts.inStep ?? ((work) => work());
  const retrying = makeRetrying(parts);
  const steps = await recallSteps({
    runId: run.id,
    store,
    retrying,
    unwritten: parts.unwritten ?? new Map<string, unknown>(),
  });
  let failed: string | null = null;

  const guarded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    stopIfAsked(signal);
    try {
      return await inStep(work);
    } catch (error) {
      if (isTakenOver(error)) throw new Stopped('another attempt has the run', { cause: error });
      stopIfAsked(signal);
      if (error instanceof Asleep) throw error;
      failed ??= name;
      throw error;
    }
  };

  const openRound = async (round: string, questions: readonly Question[]): Promise<void> => {
    const expiresAt = new Date(parts.clock.now().getTime() + parts.approvalDays * 86_400_000);
    await retrying(round, () => store.approvals.ask(run.id, round, questions, expiresAt));
  };

  return {
    run,
    client: parts.client,
    ports: parts.ports,
    now: run.askedAt,
    signal,
    failedStep: () => failed,
    advanced: steps.advanced,

    step: (name, work) =>
      guarded(name, async () => {
        const before = steps.of(name);
        // The row was written by this same step: its type is the step's.
        if (before?.status === 'done') return before.output as Awaited<ReturnType<typeof work>>;
        return steps.keep(name, await retrying(name, work));
      }),

    once: (name, work, check) =>
      guarded(name, async () => {
        const before = steps.of(name);
        if (before?.status === 'done') return before.output as Awaited<ReturnType<typeof work>>;
        // Whether an earlier attempt, of this process or a dead one, may have reached the outside.
        let begun = before !== undefined;
        if (!begun) await retrying(name, () => store.runs.stepStarted(run.id, name));
        const output = await retrying(name, async () => {
          if (begun) {
            const happened = await check();
            if (happened !== undefined) return happened;
          }
          begun = true;
          return work();
        });
        return steps.keep(name, output);
      }),

    until: (name, look, { everyMs, atMostMs }) =>
      guarded(name, async () => {
        const before = steps.of(name);
        if (before?.status === 'done') return before.output as Awaited<ReturnType<typeof look>>;
        const since = steps.of(`${name}: since`)?.output ?? (await steps.keep(`${name}: since`, Date.now()));
        const found = await retrying(name, look);
        if (found !== undefined || Date.now() - Number(since) >= atMostMs) return steps.keep(name, found);
        throw new Asleep(everyMs);
      }),

    openRound,

    async ask(round, questions) {
      await openRound(round, questions);
      const answers = await retrying(round, () => store.approvals.ofRound(run.id, round));
      const decided = answers.some((answer) => answer.state === 'approved');
      if (decided || answers.every((answer) => answer.state !== 'pending')) return answers;
      throw new Parked(round);
    },

    ...followPhases(run.progress, parts.onProgress),
  };
}

function stopIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new Stopped(String(signal.reason));
}

/** What the run says of how far it is: phases that are finished stay, the one under way is replaced. */
function followPhases(
  before: Progress,
  onProgress: ContextParts['onProgress'],
): Pick<RunContext, 'progress' | 'finished'> {
  let progress = before;
  const say = (next: Progress) => {
    progress = next;
    onProgress(next);
  };
  return {
    progress: (next) => say({ ...next, ...(progress.finished && { finished: progress.finished }) }),
    finished(phase, outcome) {
      const others = (progress.finished ?? []).filter((entry) => entry.phase !== phase);
      say({ finished: [...others, { phase, outcome }] });
    },
  };
}
