import { section } from '../../blocks/kit.ts';
import { pauseBegan, pauseEnded, pauseMeans } from '../../blocks/pauses.ts';
import { meansOf } from '../operations/pause.ts';
import { pausedName } from '../operations/paused.ts';
import { passedOverBy } from '../reports/passed-over.ts';
import type { Notes } from './notes.ts';

export type PauseNotes = {
  /** Brings the messages about a pause up to its row: one when it began, one when it is over. */
  readonly pause: (id: number) => Promise<void>;
  /** A line where client success reads, once for its purpose. */
  readonly tellTeam: (purpose: string, text: string) => Promise<void>;
};

/** What is said of pauses: a client's in its channel, the others where client success reads. */
export function makePauseNotes(notes: Notes): PauseNotes {
  const { store, clock, nudge } = notes;
  return {
    async pause(id) {
      const pause = await store.pauses.get(id);
      if (!pause) return;
      const client = pause.client === null ? null : await store.clients.get(pause.client);
      const channel = client?.channel || notes.channels['client success'];
      if (!channel) return;
      const name = await pausedName(store, pause);
      const means = pauseMeans(pause, await meansOf(store, pause, pause.since));
      const began = pauseBegan(pause, name, means);
      await store.messages.want({ runId: null, purpose: `pause ${id} began`, channel, ...began });
      if (pause.endedAt !== null) {
        const ended = pauseEnded(pause, name, await passedOverBy(store, id, clock.now()));
        await store.messages.want({ runId: null, purpose: `pause ${id} ended`, channel, ...ended });
      }
      nudge();
    },

    async tellTeam(purpose, text) {
      const channel = notes.channels['client success'];
      if (!channel) return;
      await store.messages.want({ runId: null, purpose, channel, text, blocks: [section(text)] });
      nudge();
    },
  };
}
