import { evergreenCompleted, mondayCard, type Children } from '../../blocks/uploads/monday.ts';
import type { Message } from '../../blocks/kit.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import type { Run } from '../../pipeline/run.ts';
import { factsOf } from '../../pipeline/kinds.ts';
import type { WeeklyFacts } from '../../pipeline/uploads/facts.ts';
import type { Notes } from './notes.ts';
import { purposes } from './purposes.ts';

export type UploadNotes = Pick<Notices, 'mondayDone'> & {
  readonly mondayCard: (run: Run) => Promise<Message>;
  /** What other messages show of a run follows it: its Monday, what it took back, the poll whose mail it sends again. */
  readonly follow: (run: Run) => Promise<void>;
};

/**
 * What PT4 and PT5 say in Slack beside the card and the SOP's message of a client.
 * @param again draws the card of a run as its row is by then
 */
export function makeUploadNotes(notes: Notes, again: (runId: string) => Promise<void>): UploadNotes {
  const { store, want, runOf, channelOf } = notes;
  /** Client success. */
  const channel = notes.channels['client success'];

  async function childrenOf(facts: WeeklyFacts): Promise<Children> {
    const ids = facts.clients.flatMap(({ uploads, windows }) => [...uploads, ...windows].map(({ run }) => run));
    const clients = new Map((await store.clients.all()).map((client) => [client.slug, client]));
    const runs = await store.runs.some(ids);
    return new Map(
      runs.map((run) => [run.id, { run, channel: channelOf(run, clients.get(run.client ?? '') ?? null) }]),
    );
  }

  async function monday(run: Run): Promise<void> {
    const facts = factsOf('weekly', run)?.weekly;
    const to = channel ?? channelOf(run, null);
    if (!facts?.settled || run.dryRun || to === null) return;
    await want(run, purposes.monday, to, evergreenCompleted(facts, await childrenOf(facts)));
  }

  return {
    async mondayCard(run) {
      const facts = factsOf('weekly', run)?.weekly;
      return mondayCard(run, facts ? await childrenOf(facts) : new Map(), new Date());
    },

    async follow(run) {
      // A month follows its pulls, whoever asked for them (month-notes.ts).
      if (run.parent === null || run.workflow === 'pull-leads') return;
      await again(run.parent);
      const parent = await runOf(run.parent);
      if (parent.workflow === 'weekly') await monday(parent);
    },

    async mondayDone(runId) {
      await monday(await runOf(runId));
    },
  };
}
