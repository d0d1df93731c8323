import type { Message } from '../../blocks/kit.ts';
import { Unexpected } from '../../pipeline/errors.ts';
import { kinds, type CardPlace } from '../../pipeline/kinds.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { MessagePurpose } from './purposes.ts';
import type { StoredRun } from '../store/runs/row.ts';

/** Slack's ids of channels, direct messages and people, or a channel's name as settings may have it. */
const isPlace = /^(#?[a-z0-9._-]+|[A-Z0-9]+)$/;

export type NotifierParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The first admin: who is told what has no owner. */
  readonly admin: string | null;
  /** Where the messages of runs without a channel and without a client go, and what belongs to no run. */
  readonly channels: Readonly<Record<Exclude<CardPlace, 'client'>, string | null>>;
  /** A message changed: the outbox of this process, if it has one, looks at once. */
  readonly nudge: () => void;
};

type HasChannel = { readonly channel: string };

/** What whoever says something of a run needs: the run, its client, where it is seen, and the row that Slack follows. */
export type Notes = NotifierParts & {
  /** @param under purpose of the message it hangs under, in its thread */
  readonly want: (
    run: Run,
    purpose: MessagePurpose,
    channel: string,
    message: Message,
    under?: MessagePurpose,
  ) => Promise<void>;
  /** @throws Unexpected where there is no such run */
  readonly runOf: (runId: string) => Promise<StoredRun>;
  readonly clientOf: (run: Run) => Promise<Client | null>;
  /** Where the command was typed; the client's channel; that of its kind of run; who asked; the first admin. */
  readonly placesOf: (run: Run, client: HasChannel | null) => readonly string[];
  readonly channelOf: (run: Run, client: HasChannel | null) => string | null;
  /** What the client's people should read; where the client has no channel, where the run is seen. */
  readonly clientChannel: (run: Run, client: HasChannel) => string;
};

export function makeNotes(parts: NotifierParts): Notes {
  const { store, nudge } = parts;
  const kindChannel = ({ workflow }: Run) => {
    const { card: place } = kinds[workflow];
    return parts.channels[place === 'client' ? 'client success' : place];
  };
  const placesOf: Notes['placesOf'] = (run, client) =>
    [run.channel, client?.channel, kindChannel(run), run.requestedBy, parts.admin].flatMap((place) =>
      // An empty channel is none, and not everybody who asks is a person in Slack.
      place && isPlace.test(place) ? [place] : [],
    );
  const channelOf: Notes['channelOf'] = (run, client) => placesOf(run, client)[0] ?? null;
  return {
    ...parts,
    async want(run, purpose, channel, message, under) {
      await store.messages.want({ runId: run.id, purpose, channel, ...message, ...(under && { under }) });
      nudge();
    },
    async runOf(runId) {
      const run = await store.runs.get(runId);
      if (!run) throw new Unexpected(`There is no run ${runId}.`);
      return run;
    },
    clientOf: async (run) => (run.client ? await store.clients.get(run.client) : null),
    placesOf,
    channelOf,
    clientChannel: (run, client) => client.channel || (channelOf(run, client) ?? 'unknown'),
  };
}
