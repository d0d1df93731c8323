import { z } from 'zod';
import { json, may, must, type Db } from './db.ts';

/** A message as it should be, and how far Slack has followed. */
export const MessageRow = z
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
    file: row.file_key !== null && row.file_name !== null ? { key: row.file_key, name: row.file_name } : null,
  }));
export type Message = z.output<typeof MessageRow>;

export type WantedMessage = {
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
  return {
    /** Sets what a message should show; the outbox brings Slack up to it. */
    async want(message: WantedMessage): Promise<Message> {
      const row = must(
        await db.rpc('want_message', {
          // The generated type does not know that an argument may be null.
          p_run: message.runId as string,
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

    async claim(worker: string, limit: number, seconds: number): Promise<Message[]> {
      return z
        .array(MessageRow)
        .parse(must(await db.rpc('claim_messages', { p_worker: worker, p_limit: limit, p_seconds: seconds })));
    },

    /** Written before the first post, so that a crash in between is known. */
    async posting(id: number): Promise<void> {
      may(await db.from('slack_messages').update({ posting: true }).eq('id', id));
    },

    /** Slack shows `revision`. `channel` is the id Slack answered with, where a name was asked for. */
    async shown(id: number, revision: number, ts: string, channel: string): Promise<void> {
      may(
        await db
          .from('slack_messages')
          .update({
            ts,
            channel,
            shown_revision: revision,
            posting: false,
            attempts: 0,
            error: null,
            claimed_by: null,
            claimed_until: null,
          })
          .eq('id', id),
      );
    },

    async failed(
      id: number,
      failure: { error: string; attempts: number; retryAt: Date; givenUp: boolean; posting: boolean },
    ) {
      may(
        await db
          .from('slack_messages')
          .update({
            error: failure.error,
            attempts: failure.attempts,
            next_try_at: failure.retryAt.toISOString(),
            given_up: failure.givenUp,
            posting: failure.posting,
            claimed_by: null,
            claimed_until: null,
          })
          .eq('id', id),
      );
    },

    /** The message is gone from Slack (somebody deleted it): post it anew. */
    async lost(id: number): Promise<void> {
      may(
        await db
          .from('slack_messages')
          .update({ ts: null, shown_revision: 0, posting: false, claimed_by: null, claimed_until: null })
          .eq('id', id),
      );
    },

    /** It cannot be shown where it was meant to be: it goes to another channel (or person). */
    async reroute(id: number, channel: string): Promise<void> {
      may(
        await db
          .from('slack_messages')
          .update({ channel, posting: false, attempts: 0, claimed_by: null, claimed_until: null })
          .eq('id', id),
      );
    },

    /** @param runId null for a message of no run */
    async find(runId: string | null, purpose: string): Promise<Message | null> {
      const messages = db.from('slack_messages').select('*').eq('purpose', purpose);
      const row = may(
        await (runId === null ? messages.is('run_id', null) : messages.eq('run_id', runId)).maybeSingle(),
      );
      return row ? MessageRow.parse(row) : null;
    },

    /** False for an event that Slack delivered before. */
    async firstTime(event: string): Promise<boolean> {
      return must(await db.rpc('first_time', { p_event: event }));
    },
  };
}
