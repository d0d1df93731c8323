import { gapReport } from '../../blocks/gap-report.ts';
import { section } from '../../blocks/kit.ts';
import type { GapFacts } from '../../pipeline/gap-report.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import { gapRound } from '../../pipeline/questions.ts';
import { isLive, type Run } from '../../pipeline/run.ts';
import { calledTo } from './called.ts';
import type { Notes } from './notes.ts';
import { purposes } from './purposes.ts';

export type GapNotes = Pick<Notices, 'gapReport' | 'callToReport'> & {
  /** The gap report again, after a decision. */
  readonly refreshGap: (runId: string) => Promise<void>;
  /** The report's buttons go when the run is over, and its words change when a top-up starts. */
  readonly followGap: (run: Run) => Promise<void>;
};

/** What is said of a month that falls short of its target. */
export function makeGapNotes(notes: Notes): GapNotes {
  const { store, runOf, clientOf, clientChannel, want } = notes;
  const redraw = async (run: Run) => {
    const gap = factsOf('pull-leads', run)?.gapFacts;
    if (gap) await drawGap(notes, run, gap);
  };
  return {
    followGap: redraw,

    refreshGap: async (runId) => redraw(await runOf(runId)),

    async gapReport(runId, facts) {
      await store.runs.mergeSummary(runId, { gapFacts: facts });
      await drawGap(notes, await runOf(runId), facts);
    },

    async callToReport(runId, purpose, text) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (!client) return;
      const line = await calledTo(notes, client.slug, text);
      await want(
        run,
        `thread: ${purpose}`,
        clientChannel(run, client),
        { text: line, blocks: [section(line)] },
        purposes.gap,
      );
    },
  };
}

async function drawGap({ store, clientOf, clientChannel, want }: Notes, run: Run, facts: GapFacts) {
  const client = await clientOf(run);
  if (!client) return;
  const suggestions = (await store.approvals.ofRun(run.id)).filter((row) => row.kind === 'suggestion');
  const approvedNow = suggestions.some((one) => one.round === gapRound(facts.round) && one.state === 'approved');
  const message = gapReport({
    runId: run.id,
    clientName: client.name,
    facts,
    suggestions,
    working: approvedNow && isLive(run),
    over: !isLive(run),
  });
  await want(run, purposes.gap, clientChannel(run, client), message);
}
