import { announcement } from '../../blocks/announcements.ts';
import { context, duration, moment, section } from '../../blocks/kit.ts';
import { runTitle } from '../../blocks/run-card.ts';
import type { Notices } from '../../pipeline/ports/index.ts';
import { calledTo } from './called.ts';
import type { Notes } from './notes.ts';
import { purposes } from './purposes.ts';
import { shortId } from '../../pipeline/run.ts';

export type RunNotes = Pick<Notices, 'announce' | 'note' | 'facts' | 'tellApprovers'> & {
  /** The calendar's run began later than it should have. */
  readonly late: (runId: string, due: Date, lateMs: number) => Promise<void>;
};

/** What a run says beside its card: to its client, to who decides, and in its thread. */
export function makeRunNotes(notes: Notes): RunNotes {
  const { store, want, runOf, clientOf, channelOf, clientChannel } = notes;
  return {
    async late(runId, due, lateMs) {
      const text = `⏰ This was due ${moment(due)} and began ${duration(lateMs)} late: nothing was running then.`;
      const run = await runOf(runId);
      const channel = channelOf(run, await clientOf(run));
      if (channel) await want(run, 'thread: late', channel, { text, blocks: [section(text)] }, purposes.card);
    },

    async announce(runId, message) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (client) await want(run, message.kind, clientChannel(run, client), announcement(message, run, client.name));
    },

    async note(runId, purpose, text) {
      const run = await runOf(runId);
      const channel = channelOf(run, await clientOf(run));
      if (channel) await want(run, `thread: ${purpose}`, channel, { text, blocks: [section(text)] }, purposes.card);
    },

    async facts(runId, facts) {
      await store.runs.mergeSummary(runId, facts);
    },

    async tellApprovers(runId, purpose, text) {
      const run = await runOf(runId);
      const client = await clientOf(run);
      if (!client) return;
      const line = await calledTo(notes, client.slug, text);
      const blocks = [section(line), context(`${runTitle(run, client.name)} · run \`${shortId(run.id)}\``)];
      await want(run, purpose, clientChannel(run, client), { text: line, blocks });
    },
  };
}
