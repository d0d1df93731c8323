import type { WebClient } from '@slack/web-api';
import { troubleOf } from './errors.ts';

/** `closed`: its channel is archived, or not ours any more; nobody can press a button there. */
export type Whereabouts = 'there' | 'gone' | 'closed';

/**
 * Whether a message of ours can still be seen and acted on.
 *
 * @throws where Slack does not answer, or does not say
 */
export async function whereIs(slack: WebClient, channel: string, ts: string): Promise<Whereabouts> {
  try {
    // A direct message has no archive.
    if (!channel.startsWith('D') && (await slack.conversations.info({ channel })).channel?.is_archived) return 'closed';
    const page = await slack.conversations.history({ channel, latest: ts, oldest: ts, inclusive: true, limit: 1 });
    const found = page.messages?.find((message) => message.ts === ts);
    // What was deleted from above its thread stays as a tombstone.
    return found && found.subtype !== 'tombstone' ? 'there' : 'gone';
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind !== 'refused') throw error;
    if (trouble.code === 'channel_not_found' || trouble.code === 'is_archived') return 'closed';
    if (trouble.code === 'message_not_found') return 'gone';
    if (trouble.code === 'not_in_channel') return seenFromOutside(slack, channel, ts);
    throw error;
  }
}

/** We may post in a public channel that we are not in, and see there only whether a message has an address. */
async function seenFromOutside(slack: WebClient, channel: string, ts: string): Promise<Whereabouts> {
  try {
    await slack.chat.getPermalink({ channel, message_ts: ts });
    return 'there';
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind !== 'refused') throw error;
    return trouble.code === 'message_not_found' ? 'gone' : 'closed';
  }
}
