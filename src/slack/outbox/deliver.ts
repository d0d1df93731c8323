import type { Message, MessageStore } from '../../store/messages.ts';
import { postFile } from '../files.ts';
import type { OutboxParts } from './parts.ts';
import { content, findPosted, threadOf } from './posted.ts';
import { moveOn, settleTrouble } from './trouble.ts';

// Slack: about one message a second a channel, chat.update about 50 a minute (docs/vendors.md#slack-limits).
const betweenPostsMs = 1_000;
const betweenUpdatesMs = 1_200;
// Longer than any call may take with its time-out (10 s, a file three of them); renewed before each.
export const claimSeconds = 60;

/** When a channel takes the next post and a message the next change, in milliseconds of this machine's time. */
export type Pace = { readonly nextPost: Map<string, number>; readonly nextUpdate: Map<number, number> };

/**
 * Posts or changes one message of a claim.
 *
 * @throws what the database throws; what Slack throws is taken care of
 */
export async function deliver(parts: OutboxParts, pace: Pace, message: Message): Promise<void> {
  const waitMs = (message.ts ? pace.nextUpdate.get(message.id) : pace.nextPost.get(message.channel)) ?? 0;
  if (waitMs > Date.now()) {
    await defer(parts.messages, message, new Date(waitMs));
    return;
  }
  if (message.ts === null && message.closedTo.includes(message.channel) && (await moveOn(parts, message))) return;
  try {
    if (message.ts) await update(parts, pace, message, message.ts);
    else await post(parts, pace, message);
  } catch (error) {
    if ((await settleTrouble(parts, message, error)) === 'plain')
      await deliver(parts, pace, { ...message, blocks: [] });
  }
}

const defer = (messages: MessageStore, message: Message, until: Date) =>
  messages.failed(message, {
    error: message.error ?? '',
    attempts: message.attempts,
    retryAt: until,
    givenUp: false,
    posting: message.posting,
  });

async function update({ messages, slack }: OutboxParts, pace: Pace, message: Message, ts: string) {
  if (!(await messages.hold(message, claimSeconds, false))) return;
  await slack.chat.update({ channel: message.channel, ts, ...content(message) });
  pace.nextUpdate.set(message.id, Date.now() + betweenUpdatesMs);
  await messages.shown(message, message.revision, ts, message.channel);
}

async function post(parts: OutboxParts, pace: Pace, message: Message) {
  const { messages, slack } = parts;
  const before = message.posting ? await findPosted(parts, message) : undefined;
  if (before) {
    // It was found. What it shows may be old, so it is updated in any case.
    await messages.shown(message, 0, before, message.channel);
    return;
  }
  if (!(await messages.hold(message, claimSeconds, true))) return;
  if (message.file) return postFileOf(parts, message, message.file);
  const answer = await slack.chat.postMessage({
    channel: message.channel,
    ...(message.underTs && { thread_ts: message.underTs }),
    ...content(message),
    unfurl_links: false,
    unfurl_media: false,
  });
  pace.nextPost.set(message.channel, Date.now() + betweenPostsMs);
  pace.nextUpdate.set(message.id, Date.now() + betweenUpdatesMs);
  await messages.shown(message, message.revision, answer.ts ?? '', answer.channel ?? message.channel);
}

async function postFileOf(parts: OutboxParts, message: Message, file: NonNullable<Message['file']>) {
  const { messages, slack } = parts;
  const kept = await parts.files.read(file.key);
  if (!kept) {
    const gone = { error: 'it is no longer in storage', attempts: message.attempts, retryAt: new Date() };
    await messages.failed(message, { ...gone, givenUp: true, posting: false });
    await parts.onGivenUp?.(message);
    return;
  }
  const place = { ...(await threadOf(messages, message)), name: file.name };
  const id = await postFile(slack, place, message.text, kept.bytes);
  await messages.shown(message, message.revision, id, place.channel);
}
