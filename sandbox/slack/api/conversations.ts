import { addMessage, findChannel, findMessage, isReply, messageJson, messagesOf, repliesOf } from '../messages.ts';
import type { Channel, Json, Message } from '../types.ts';
import { directMessage, type World } from '../world.ts';
import { flag, limit, needed, text, type Args } from './args.ts';
import type { Methods } from './router.ts';
import { Refusal } from './refusal.ts';

export const conversations: Methods = {
  'conversations.history': (world, args) => {
    const channel = joined(world, args);
    const visible = [...messagesOf(world, channel.id).values()].filter(
      (message) => !message.visibleTo && !isReply(message) && between(message, args),
    );
    // The cursor names a message, not a place: messages that arrive meanwhile shift nothing.
    const from = decode(text(args, 'cursor'), 'next_ts');
    const rest = visible.reverse().filter((message) => from === '' || message.ts <= from);
    const page = rest.slice(0, limit(args, 100, 999));
    const next = rest[page.length];
    const cursor = next ? encode('next_ts', next.ts) : '';
    return {
      messages: page.map((message) => messageJson(world, message, flag(args, 'include_all_metadata'))),
      has_more: cursor !== '',
      pin_count: 0,
      response_metadata: { next_cursor: cursor },
    };
  },

  'conversations.replies': (world, args) => {
    const channel = joined(world, args);
    const named = findMessage(world, channel.id, needed(args, 'ts'));
    const head = named?.threadTs ? findMessage(world, channel.id, named.threadTs) : named;
    if (!head) throw new Refusal('thread_not_found');
    const replies = repliesOf(world, head).filter((message) => between(message, args));
    const { page, cursor } = cut([head, ...replies], args, 1000, 1000);
    return {
      messages: page.map((message) => messageJson(world, message, flag(args, 'include_all_metadata'))),
      has_more: cursor !== '',
      response_metadata: { next_cursor: cursor },
    };
  },

  'conversations.info': (world, args) => ({ channel: channelJson(world, known(world, args)) }),

  'conversations.list': (world, args) => {
    const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
    const wanted = [...world.channels.values()].filter((channel) =>
      types.includes(channel.kind === 'im' ? 'im' : 'public_channel'),
    );
    const { page, cursor } = cut(wanted, args, 100, 999);
    return {
      channels: page.map((channel) => channelJson(world, channel)),
      response_metadata: { next_cursor: cursor },
    };
  },

  'conversations.open': (world, args) => {
    const users = text(args, 'users').split(',').filter(Boolean);
    const [user] = users;
    if (user === undefined) return { channel: { id: known(world, args).id } };
    if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type');
    if (!world.users.has(user)) throw new Refusal('user_not_found');
    const channel = directMessage(world, user);
    return { channel: { id: channel.id }, no_op: false, already_open: true };
  },

  'conversations.join': (world, args) => {
    const channel = known(world, args);
    if (channel.kind === 'im') throw new Refusal('method_not_supported_for_channel_type');
    if (channel.archived) throw new Refusal('is_archived');
    const bot = world.settings.app.botUser;
    if (!channel.members.has(bot)) {
      channel.members.add(bot);
      addMessage(world, {
        channel: channel.id,
        user: bot,
        text: `<@${bot}> has joined the channel`,
        subtype: 'channel_join',
      });
      return { channel: channelJson(world, channel) };
    }
    return { channel: channelJson(world, channel), warning: 'already_in_channel' };
  },

  'conversations.members': (world, args) => {
    const { page, cursor } = cut([...known(world, args).members], args, 100, 999);
    return { members: page, response_metadata: { next_cursor: cursor } };
  },
};

function known(world: World, args: Args): Channel {
  const channel = findChannel(world, needed(args, 'channel'));
  if (!channel) throw new Refusal('channel_not_found');
  return channel;
}

/** Reading needs membership, as with Slack's bot tokens. */
function joined(world: World, args: Args): Channel {
  const channel = known(world, args);
  if (!channel.members.has(world.settings.app.botUser)) throw new Refusal('not_in_channel');
  return channel;
}

/** `oldest` and `latest` leave the message of that very ts out, unless `inclusive`. */
function between(message: Message, args: Args): boolean {
  const [oldest, latest, inclusive] = [text(args, 'oldest'), text(args, 'latest'), flag(args, 'inclusive')];
  const at = Number(message.ts);
  const afterOldest = oldest === '' || at > Number(oldest) || (inclusive && at === Number(oldest));
  const beforeLatest = latest === '' || at < Number(latest) || (inclusive && at === Number(latest));
  return afterOldest && beforeLatest;
}

const encode = (name: string, value: string) => Buffer.from(`${name}:${value}`).toString('base64');

/** What a cursor says, `''` for none. */
function decode(cursor: string, name: string): string {
  if (cursor === '') return '';
  const [, value] = new RegExp(`^${name}:([\\d.]+)$`).exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (value === undefined) throw new Refusal('invalid_cursor');
  return value;
}

/** One page of a list. The cursor is the place of the next item, in Slack's base64 dress. */
export function cut<Item>(
  items: readonly Item[],
  args: Args,
  usual: number,
  most: number,
): { readonly page: Item[]; readonly cursor: string } {
  const start = Number(decode(text(args, 'cursor'), 'next') || 0);
  const end = start + limit(args, usual, most);
  return {
    page: items.slice(start, end),
    cursor: end < items.length ? encode('next', String(end)) : '',
  };
}

function channelJson(world: World, channel: Channel): Json {
  const bot = world.settings.app.botUser;
  if (channel.kind === 'im') {
    const [user] = [...channel.members].filter((member) => member !== bot);
    return { id: channel.id, created: channel.created, is_im: true, user, is_archived: false, is_user_deleted: false };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_archived: channel.archived === true,
    is_general: channel.name === 'general',
    is_member: channel.members.has(bot),
    created: channel.created,
    num_members: channel.members.size,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
