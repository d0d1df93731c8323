import type { RunnerState } from './state.ts';

/** Writes that somebody wanted a run canceled, where that could not be written at once. @returns whether there was such a wish */
export async function writeWish({ parts, wishes }: RunnerState, id: string): Promise<boolean> {
  const who = wishes.get(id);
  if (who === undefined) return false;
  await parts.store.runs.cancel(id, who);
  wishes.delete(id);
  return true;
}
