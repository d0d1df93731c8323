import {
  addMessage,
  changeMessage,
  dropMessage,
  findChannel,
  findMessage,
  messageJson,
  permalink,
} from '../messages.ts';
import type { Channel, Message } from '../types.ts';
import { directMessage, type World } from '../world.ts';
import { needed, text, type Args } from './args.ts';
import { contentOf } from './content.ts';
import type { Methods } from './router.ts';
import { Refusal } from './refusal.ts';

export const chat: Methods = {
  'chat.postMessage': (world, args) => {
    const channel = speakIn(world, needed(args, 'channel'));
    const content = contentOf(world, args);
    const threadTs = threadOf(world, channel, args);
    const { botUser, botId } = world.settings.app;
    const message = addMessage(world, { channel: channel.id, user: botUser, botId, ...content, threadTs });
    return { channel: channel.id, ts: message.ts, message: messageJson(world, message, true) };
  },

  'chat.postEphemeral': (world, args) => {
    const channel = speakIn(world, needed(args, 'channel'));
    const user = needed(args, 'user');
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const content = contentOf(world, args);
    const threadTs = threadOf(world, channel, args);
    const { botUser, botId } = world.settings.app;
    const message = addMessage(world, {
      channel: channel.id,
      user: botUser,
      botId,
      ...content,
      threadTs,
      visibleTo: user,
    });
    return { message_ts: message.ts };
  },

  'chat.update': (world, args) => {
    const message = own(world, args, 'cant_update_message');
    const content = contentOf(world, args, { mayBeEmpty: message.blocks !== undefined });
    const hasText = text(args, 'text') !== '';
    // Text without blocks replaces the blocks; blocks without text keep the old text. Only a change by text alone is
    // marked as edited.
    changeMessage(world, message, {
      text: hasText ? content.text : undefined,
      blocks: content.blocks ?? (hasText ? [] : undefined),
      metadata: content.metadata,
    });
    if (!message.blocks) message.edited = { user: world.settings.app.botUser, ts: world.ts() };
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: messageJson(world, message, true),
    };
  },

  'chat.delete': (world, args) => {
    const message = own(world, args, 'cant_delete_message');
    dropMessage(world, message);
    return { channel: message.channel, ts: message.ts };
  },

  'chat.getPermalink': (world, args) => {
    const channel = findChannel(world, needed(args, 'channel'));
    if (!channel) throw new Refusal('channel_not_found');
    const message = findMessage(world, channel.id, needed(args, 'message_ts'));
    if (!message) throw new Refusal('message_not_found');
    return { channel: channel.id, permalink: permalink(world, message) };
  },

  'reactions.add': (world, args) => {
    const channel = findChannel(world, needed(args, 'channel'));
    if (!channel) throw new Refusal('channel_not_found');
    const message = findMessage(world, channel.id, needed(args, 'timestamp'));
    if (!message) throw new Refusal('message_not_found');
    const name = needed(args, 'name').replaceAll(':', '');
    const bot = world.settings.app.botUser;
    message.reactions ??= new Map();
    const users = message.reactions.get(name) ?? [];
    if (users.includes(bot)) throw new Refusal('already_reacted');
    message.reactions.set(name, [...users, bot]);
    world.changed({ kind: 'message', channel: channel.id, ts: message.ts });
    return {};
  },
};

/** The channel of a chat.* call, which the app must be in. */
function speakIn(world: World, given: string): Channel {
  const channel = world.users.has(given) ? directMessage(world, given) : findChannel(world, given);
  if (!channel) throw new Refusal('channel_not_found');
  if (!channel.members.has(world.settings.app.botUser)) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

/** `thread_ts` of a reply, always the head's: a reply to a reply joins the same thread. */
function threadOf(world: World, channel: Channel, args: Args): string | undefined {
  const given = text(args, 'thread_ts');
  if (given === '') return undefined;
  const head = findMessage(world, channel.id, given);
  if (!head) throw new Refusal('thread_not_found');
  return head.threadTs ?? head.ts;
}

/** The app's own message, which it may change; someone else's is refused by `denial`. Ephemerals are never found. */
function own(world: World, args: Args, denial: string): Message {
  const channel = world.channels.get(needed(args, 'channel'));
  if (!channel) throw new Refusal('channel_not_found');
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(world.settings.app.botUser)) throw new Refusal('not_in_channel');
  const message = findMessage(world, channel.id, needed(args, 'ts'));
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== world.settings.app.botUser) throw new Refusal(denial);
  return message;
}
