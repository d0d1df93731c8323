import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Message, MessageStore } from '../../store/messages.ts';
import { troubleOf } from '../errors.ts';
import { findFile } from '../files.ts';
import type { OutboxParts } from './parts.ts';

const eventType = 'leadops_message';

/** The message as Slack takes it. Its identity travels twice: as metadata, and as the first block's id. */
export function content(message: Message) {
  // Built by our own blocks/ and kept as JSON in between.
  const [first, ...rest] = message.blocks as KnownBlock[];
  return {
    text: message.text,
    ...(first && { blocks: [{ ...first, block_id: blockId(message) }, ...rest] }),
    metadata: {
      event_type: eventType,
      event_payload: { run_id: message.runId ?? '', purpose: message.purpose },
    },
  };
}

const blockId = (message: Message) => `leadops-${message.id}`;

/** Where the message it hangs under really is: asked for by a name or a person, Slack answers with a channel's id. */
export async function threadOf(messages: MessageStore, message: Message) {
  const above = message.under === null ? null : await messages.find(message.runId, message.under);
  return { channel: above?.channel ?? message.channel, threadTs: message.underTs };
}

/** The `ts` of a message of ours that is in the channel although its answer never reached us. */
export async function findPosted({ slack, messages }: OutboxParts, message: Message): Promise<string | undefined> {
  try {
    if (message.file) return await findFile(slack, { ...(await threadOf(messages, message)), name: message.file.name });
    const page = message.underTs
      ? await slack.conversations.replies({
          channel: message.channel,
          ts: message.underTs,
          limit: 200,
          include_all_metadata: true,
        })
      : await slack.conversations.history({ channel: message.channel, limit: 200, include_all_metadata: true });
    return (page.messages ?? []).find((posted) => isOurs(posted, message))?.ts;
  } catch (error) {
    const trouble = troubleOf(error);
    // Where the channel cannot be read, the message is posted again: a duplicate is better than a run that nobody
    // sees.
    if (trouble.kind === 'refused') return undefined;
    throw error;
  }
}

const Posted = z.object({
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
  blocks: z
    .array(z.object({ block_id: z.string().optional() }))
    .optional()
    .catch(undefined),
});

function isOurs(posted: unknown, message: Message): boolean {
  const { metadata, blocks } = Posted.parse(posted);
  if (blocks?.[0]?.block_id === blockId(message)) return true;
  return (
    metadata?.event_type === eventType &&
    metadata.event_payload.run_id === message.runId &&
    metadata.event_payload.purpose === message.purpose
  );
}
