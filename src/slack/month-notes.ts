import { monthCard } from '../../blocks/monthly/card.ts';
import type { Message } from '../../blocks/kit.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { monthLines } from '../reports/month.ts';
import type { Notes } from './notes.ts';

export type MonthNotes = {
  readonly monthCard: (run: Run) => Promise<Message>;
  /** The month's message follows every pull of the month, whoever asked for it. */
  readonly followMonth: (pull: Run) => Promise<void>;
};

/** @param again draws the card of a run as its row is by then */
export function makeMonthNotes({ store, clock }: Notes, again: (runId: string) => Promise<void>): MonthNotes {
  /** What the months' messages say of pulls at work: those are drawn every second, and a line changes with the phase. */
  const shown = new Map<string, string>();

  function isNew(pull: Run): boolean {
    const now = `${pull.status} ${pull.progress.phase ?? ''}`;
    if (pull.status === 'running' && shown.get(pull.id) === now) return false;
    if (isLive(pull)) shown.set(pull.id, now);
    else shown.delete(pull.id);
    return true;
  }

  return {
    monthCard: async (run) => monthCard(run, await monthLines(store, clock, run), new Date()),

    async followMonth(pull) {
      if (pull.workflow !== 'pull-leads' || pull.month === null || !isNew(pull)) return;
      if (pull.dryRun) {
        if (pull.parent !== null) await again(pull.parent);
        return;
      }
      for (const { id } of await store.runs.monthlyOf(pull.month)) await again(id);
    },
  };
}
