import { z } from 'zod';
import { inBatches } from '../../pipeline/in-batches.ts';
import { all, json, may, must, nullable, type Db } from './db.ts';

/** A message as it should be, and how far Slack has followed. */
const MessageRow = z
  .object({
    id: z.number(),
    run_id: z.string().nullable(),
    purpose: z.string(),
    channel: z.string(),
    under: z.string().nullable(),
    under_ts: z.string().nullish(),
    text: z.string(),
    blocks: z.array(z.unknown()),
    revision: z.number(),
    shown_revision: z.number(),
    ts: z.string().nullable(),
    posting: z.boolean(),
    attempts: z.number(),
    error: z.string().nullable(),
    given_up: z.boolean(),
    file_key: z.string().nullable(),
    file_name: z.string().nullable(),
    claim: z.string().nullable(),
    closed_to: z.array(z.string()),
  })
  .transform((row) => ({
    id: row.id,
    runId: row.run_id,
    purpose: row.purpose,
    channel: row.channel,
    under: row.under,
    underTs: row.under_ts ?? null,
    text: row.text,
    blocks: row.blocks,
    revision: row.revision,
    shownRevision: row.shown_revision,
    ts: row.ts,
    posting: row.posting,
    attempts: row.attempts,
    error: row.error,
    givenUp: row.given_up,
    claim: row.claim,
    closedTo: row.closed_to,
    file: row.file_key !== null && row.file_name !== null ? { key: row.file_key, name: row.file_name } : null,
  }));
export type Message = z.output<typeof MessageRow>;

type WantedMessage = {
  /** Null: of no run; the purpose is its whole identity. */
  readonly runId: string | null;
  readonly purpose: string;
  readonly channel: string;
  /** Purpose of the message this one hangs under, in its thread. */
  readonly under?: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
};

export type MessageStore = ReturnType<typeof makeMessageStore>;

export function makeMessageStore(db: Db) {
  return { ...makeWanting(db), ...makeDelivery(db) };
}

/** What should be in Slack. */
function makeWanting(db: Db) {
  return {
    /** Sets what a message should show; the outbox brings Slack up to it. */
    async want(message: WantedMessage): Promise<Message> {
      const row = must(
        await db.rpc('want_message', {
          p_run: nullable(message.runId),
          p_purpose: message.purpose,
          p_channel: message.channel,
          p_text: message.text,
          p_blocks: json(message.blocks),
          p_under: message.under,
        }),
      );
      return MessageRow.parse(row);
    },

    /** A kept file with a line above it, under another message of the run. */
    async wantFile(message: {
      readonly runId: string;
      readonly purpose: string;
      readonly channel: string;
      readonly under: string;
      readonly text: string;
      readonly file: { readonly key: string; readonly name: string };
    }): Promise<Message> {
      const row = must(
        await db.rpc('want_file', {
          p_run: message.runId,
          p_purpose: message.purpose,
          p_channel: message.channel,
          p_text: message.text,
          p_file_key: message.file.key,
          p_file_name: message.file.name,
          p_under: message.under,
        }),
      );
      return MessageRow.parse(row);
    },

    /** How many messages of these runs Slack does not show as they are, and may still be brought to. */
    async unshown(runIds: readonly string[]): Promise<number> {
      let waiting = 0;
      for (const some of inBatches(runIds, 100)) {
        const rows = await all((from, to) =>
          db
            .from('slack_messages')
            .select('id,revision,shown_revision')
            .in('run_id', [...some])
            .eq('given_up', false)
            .order('id')
            .range(from, to),
        );
        waiting += rows.filter(({ revision, shown_revision: shown }) => revision !== shown).length;
      }
      return waiting;
    },

    /** @param runId null for a message of no run */
    async find(runId: string | null, purpose: string): Promise<Message | null> {
      const messages = db.from('slack_messages').select('*').eq('purpose', purpose);
      const row = may(
        await (runId === null ? messages.is('run_id', null) : messages.eq('run_id', runId)).maybeSingle(),
      );
      return row ? MessageRow.parse(row) : null;
    },
  };
}

/** What is in Slack, as the outbox finds and makes it. */
function makeDelivery(db: Db) {
  /**
   * Writes what became of a message, and ends the claim. False where another sender had taken the message over; nothing
   * was written then.
   */
  async function settle(message: Message, patch: object): Promise<boolean> {
    if (message.claim === null) return false;
    return must(await db.rpc('settle_message', { p_id: message.id, p_claim: message.claim, p_patch: json(patch) }));
  }

  return {
    async claim(worker: string, limit: number, seconds: number): Promise<Message[]> {
      return z
        .array(MessageRow)
        .parse(must(await db.rpc('claim_messages', { p_worker: worker, p_limit: limit, p_seconds: seconds })));
    },

    /**
     * Renews the claim for a call to Slack that is about to be made, and notes before a post that it is: a crash in between
     * is then known. False: another sender has the message, and no call must be made.
     */
    async hold(message: Message, seconds: number, posting: boolean): Promise<boolean> {
      if (message.claim === null) return false;
      return must(
        await db.rpc('hold_message', {
          p_id: message.id,
          p_claim: message.claim,
          p_seconds: seconds,
          p_posting: posting,
        }),
      );
    },

    /** Slack shows `revision`. `channel` is the id Slack answered with, where a name was asked for. */
    shown(message: Message, revision: number, ts: string, channel: string): Promise<boolean> {
      return settle(message, { ts, channel, shown_revision: revision, posting: false, attempts: 0, error: null });
    },

    failed(
      message: Message,
      failure: { error: string; attempts: number; retryAt: Date; givenUp: boolean; posting: boolean },
    ): Promise<boolean> {
      return settle(message, {
        error: failure.error,
        attempts: failure.attempts,
        next_try_at: failure.retryAt.toISOString(),
        given_up: failure.givenUp,
        posting: failure.posting,
      });
    },

    /** The message is gone from Slack (somebody deleted it): post it anew. */
    lost(message: Message): Promise<boolean> {
      return settle(message, { ts: null, shown_revision: 0, posting: false });
    },

    /** It cannot be shown where it was meant to be: it goes to another channel (or person). */
    reroute(message: Message, channel: string): Promise<boolean> {
      return settle(message, {
        ts: null,
        shown_revision: 0,
        channel,
        posting: false,
        attempts: 0,
        closed_to: message.channel,
      });
    },

    /** Messages of runs that are not over, and that nobody looked for in so many seconds; they count as looked for. */
    async toLookAt(unseenSeconds: number, limit: number): Promise<Message[]> {
      return z
        .array(MessageRow)
        .parse(must(await db.rpc('messages_to_look_at', { p_unseen_seconds: unseenSeconds, p_limit: limit })));
    },

    /** It is not in Slack any more: it is posted anew, elsewhere where its channel is closed to us. */
    async gone(message: Pick<Message, 'id' | 'ts' | 'channel'>, closed: boolean): Promise<void> {
      if (message.ts === null) return;
      may(
        await db.rpc('message_gone', {
          p_id: message.id,
          p_ts: message.ts,
          ...(closed && { p_closed: message.channel }),
        }),
      );
    },
  };
}
