import { isAway } from '../store/db.ts';
import type { Store } from '../store/index.ts';
import type { StepRow } from '../store/runs/row.ts';
import type { Retrying } from './retrying.ts';

/** The steps of one run that are begun or done, as `agent_steps` has them. */
export type StepMemory = {
  of(name: string): StepRow | undefined;
  /** Writes the output of a step that is done; what a later attempt will read from the row is what this one goes on with. */
  keep<T>(name: string, output: T): Promise<T>;
  /** Whether this attempt finished a step. */
  readonly advanced: () => boolean;
};

/** Where steps are remembered. */
export type StepMemoryStore = { readonly runs: Pick<Store['runs'], 'steps' | 'stepStarted' | 'stepDone'> };

/** Reads the steps of a run, and writes those first that are done and could not be written before. */
export async function recallSteps(parts: {
  readonly runId: string;
  readonly store: StepMemoryStore;
  readonly retrying: Retrying;
  readonly unwritten: Map<string, unknown>;
}): Promise<StepMemory> {
  const { runId, store, retrying, unwritten } = parts;
  const known = new Map((await store.runs.steps(runId)).map((step) => [step.name, step]));
  let advanced = false;

  const write = async (name: string, output: unknown): Promise<void> => {
    await retrying(name, () => store.runs.stepDone(runId, name, output));
    known.set(name, { name, status: 'done', output });
    unwritten.delete(name);
    advanced = true;
  };
  for (const [name, output] of unwritten) await write(name, output);

  return {
    of: (name) => known.get(name),
    async keep<T>(name: string, output: T) {
      const kept = (output === undefined ? undefined : JSON.parse(JSON.stringify(output))) as T;
      try {
        await write(name, kept);
      } catch (error) {
        if (isAway(error)) unwritten.set(name, kept);
        throw error;
      }
      return kept;
    },
    advanced: () => advanced,
  };
}
