import type { StoredRun } from '../store/runs/row.ts';

/** Outputs of steps that are done and could not be written because the database was away, by run. */
export type OwedOutputs = {
  /** What earlier attempts of ours left unwritten; nothing where another process had the run between. */
  of(run: StoredRun): Map<string, unknown>;
  /** The attempt is over: its entry goes where everything was written. */
  settle(run: StoredRun): void;
};

export function makeOwedOutputs(): OwedOutputs {
  const unwritten = new Map<string, { readonly fence: number; readonly outputs: Map<string, unknown> }>();
  return {
    of(run) {
      const owed = unwritten.get(run.id);
      const outputs = owed?.fence === run.fence - 1 ? owed.outputs : new Map<string, unknown>();
      unwritten.set(run.id, { fence: run.fence, outputs });
      return outputs;
    },
    settle(run) {
      if (unwritten.get(run.id)?.outputs.size === 0) unwritten.delete(run.id);
    },
  };
}
