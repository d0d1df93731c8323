import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable } from '../../pipeline/errors.ts';
import type { Progress, Question, Run, RunContext } from '../../pipeline/run.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { Clock } from '../clock.ts';
import { isAway, isTakenOver } from '../store/db.ts';
import type { Store } from '../store/index.ts';

/** The run cannot go on before a person answered the round. Not an error: the runner parks it. */
export class Parked extends Error {
  readonly round: string;
  constructor(round: string) {
    super(`waiting for answers to "${round}"`);
    this.round = round;
  }
}

/** Nothing can be done before `milliseconds` from now. Not an error either: the runner queues it for then. */
export class Asleep extends Error {
  readonly milliseconds: number;
  constructor(milliseconds: number) {
    super(`asleep for ${milliseconds} ms`);
    this.milliseconds = milliseconds;
  }
}

/** Somebody asked to cancel, or another process took the run over. */
export class Stopped extends Error {}

export type Retries = { readonly times: number; readonly firstMs: number };

export type ContextParts = {
  readonly run: Run;
  readonly client: Client | null;
  readonly ports: Ports;
  readonly store: Pick<Store, 'runs' | 'approvals'>;
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

/** The three doors to the outside that a workflow has, and their memory: `agent_steps` and `approvals`. */
export async function makeContext(
  parts: ContextParts,
): Promise<RunContext<Client | null> & { failedStep(): string | null; advanced(): boolean }> {
  const { run, store, signal } = parts;
  const known = new Map((await store.runs.steps(run.id)).map((step) => [step.name, step]));
  const inStep: NonNullable<ContextParts['inStep']> = parts.inStep ?? ((work) => work());
  const unwritten = parts.unwritten ?? new Map<string, unknown>();
  let progress: Progress = run.progress;
  let failed: string | null = null;
  let advanced = false;

  /** Who is stopped tries nothing again; what was done meanwhile is kept all the same. */
  const retrying = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Retryable) || error.exhausted || tries >= parts.retries.times) throw error;
        if (!signal.aborted) {
          parts.onRetry(name, error);
          const wait = parts.retries.firstMs * 2 ** tries * (1 + Math.random());
          await pause(wait + (error.retryAfterMs ?? 0), signal);
        }
        if (signal.aborted) throw error;
      }
    }
  };

  const write = async (name: string, output: unknown): Promise<void> => {
    await retrying(name, () => store.runs.stepDone(run.id, name, output, 1));
    known.set(name, { name, status: 'done', output });
    unwritten.delete(name);
    advanced = true;
  };
  for (const [name, output] of unwritten) await write(name, output);

  const remember = async <T>(name: string, output: T): Promise<T> => {
    // What a later attempt will read from the row is what this one goes on with.
    const kept = (output === undefined ? undefined : JSON.parse(JSON.stringify(output))) as T;
    try {
      await write(name, kept);
    } catch (error) {
      if (isAway(error)) unwritten.set(name, kept);
      throw error;
    }
    return kept;
  };

  const stopIfAsked = () => {
    if (signal.aborted) throw new Stopped(String(signal.reason));
  };

  const guarded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    stopIfAsked();
    try {
      return await inStep(work);
    } catch (error) {
      if (isTakenOver(error)) throw new Stopped('another attempt has the run', { cause: error });
      stopIfAsked();
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
    advanced: () => advanced,

    step: (name, work) =>
      guarded(name, async () => {
        const before = known.get(name);
        // The row was written by this same step: its type is the step's.
        if (before?.status === 'done') return before.output as Awaited<ReturnType<typeof work>>;
        return remember(name, await retrying(name, work));
      }),

    once: (name, work, check) =>
      guarded(name, async () => {
        const before = known.get(name);
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
        return remember(name, output);
      }),

    until: (name, look, { everyMs, atMostMs }) =>
      guarded(name, async () => {
        const before = known.get(name);
        if (before?.status === 'done') return before.output as Awaited<ReturnType<typeof look>>;
        const since = known.get(`${name}: since`)?.output ?? (await remember(`${name}: since`, Date.now()));
        const found = await retrying(name, look);
        if (found !== undefined || Date.now() - Number(since) >= atMostMs) return remember(name, found);
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

    progress(next) {
      progress = { ...next, ...(progress.finished && { finished: progress.finished }) };
      parts.onProgress(progress);
    },

    finished(phase, outcome) {
      const others = (progress.finished ?? []).filter((entry) => entry.phase !== phase);
      progress = { finished: [...others, { phase, outcome }] };
      parts.onProgress(progress);
    },
  };
}

/** Resolves after the time, or at once when the run is stopped. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined);
}
