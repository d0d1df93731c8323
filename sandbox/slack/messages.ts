import type { Block, Channel, Json, Message, Metadata, SlackFile } from './types.ts';
import type { World } from './world.ts';

/** What a new message is made of; its `ts` is given here. */
export type Draft = {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly botId?: string;
  readonly blocks?: readonly Block[] | undefined;
  readonly threadTs?: string | undefined;
  readonly metadata?: Metadata | undefined;
  readonly files?: readonly string[];
  readonly visibleTo?: string;
  readonly subtype?: string;
};

export function addMessage(world: World, draft: Draft): Message {
  const { blocks, threadTs, metadata, ...rest } = draft;
  const message: Message = {
    ...rest,
    ts: world.ts(),
    ...(blocks && blocks.length > 0 ? { blocks } : {}),
    ...(threadTs ? { threadTs } : {}),
    ...(metadata ? { metadata } : {}),
  };
  messagesOf(world, draft.channel).set(message.ts, message);
  if (draft.visibleTo) world.stats.ephemerals += 1;
  else world.stats.messages.posted += 1;
  announce(world, message);
  return message;
}

/** Replaces text, blocks, metadata where given; `undefined` keeps, an empty list of blocks removes them. */
export function changeMessage(
  world: World,
  message: Message,
  change: { text?: string | undefined; blocks?: readonly Block[] | undefined; metadata?: Metadata | undefined },
): void {
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks) {
    if (change.blocks.length > 0) message.blocks = change.blocks;
    else delete message.blocks;
  }
  if (change.metadata) message.metadata = change.metadata;
  if (!message.visibleTo) world.stats.messages.updated += 1;
  announce(world, message);
}

export function dropMessage(world: World, message: Message): void {
  messagesOf(world, message.channel).delete(message.ts);
  if (!message.visibleTo) world.stats.messages.deleted += 1;
  announce(world, message);
}

/** Tells the page of the message, and of the head of its thread, whose count of replies moved. */
function announce(world: World, message: Message): void {
  world.changed({ kind: 'message', channel: message.channel, ts: message.ts });
  if (message.threadTs && message.threadTs !== message.ts) {
    world.changed({ kind: 'message', channel: message.channel, ts: message.threadTs });
  }
}

export function messagesOf(world: World, channel: string): Map<string, Message> {
  return world.messages.get(channel) ?? new Map<string, Message>();
}

/** A message everyone can see, by its ts; ephemerals are not addressable. */
export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  const message = messagesOf(world, channel).get(ts);
  return message?.visibleTo ? undefined : message;
}

export const isReply = (message: Message) => message.threadTs !== undefined && message.threadTs !== message.ts;

export function repliesOf(world: World, parent: Message): Message[] {
  return [...messagesOf(world, parent.channel).values()].filter(
    (message) => isReply(message) && message.threadTs === parent.ts && !message.visibleTo,
  );
}

/** A message as conversations.history and the payloads give it. */
export function messageJson(world: World, message: Message, withMetadata = false): Json {
  const { team, app } = world.settings;
  const replies = isReply(message) ? [] : repliesOf(world, message);
  const latest = replies.at(-1);
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ts: message.ts,
    ...(message.botId
      ? {
          bot_id: message.botId,
          app_id: app.id,
          bot_profile: {
            id: message.botId,
            deleted: false,
            name: app.name,
            updated: 0,
            app_id: app.id,
            icons: {},
            team_id: team.id,
          },
        }
      : {}),
    text: message.text,
    team: team.id,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.files ? { files: message.files.map((id) => fileJson(world, world.files.get(id))) } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.reactions
      ? { reactions: [...message.reactions].map(([name, users]) => ({ name, users, count: users.length })) }
      : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(latest
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          latest_reply: latest.ts,
          is_locked: false,
          subscribed: true,
        }
      : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function fileJson(world: World, file: SlackFile | undefined): Json {
  if (!file) return { mode: 'tombstone' };
  const extension = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : '';
  const address = `${world.url}/files-pri/${world.settings.team.id}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension || 'text',
    pretty_type: extension === '' ? 'Plain Text' : extension.toUpperCase(),
    user: file.user,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    url_private: address,
    url_private_download: `${address}?download=1`,
    permalink: `${world.url}/files/${file.user}/${file.id}`,
    channels: [...file.shares.keys()],
    shares: { public: Object.fromEntries([...file.shares].map(([id, all]) => [id, all.map((ts) => ({ ts }))])) },
  };
}

/** Where the app may speak, for a Web API `channel` argument: an id, `#name`, or a person's id (their direct message). */
export function findChannel(world: World, given: string): Channel | undefined {
  const byId = world.channels.get(given);
  if (byId) return byId;
  const name = given.replace(/^#/, '');
  return [...world.channels.values()].find((channel) => channel.kind === 'channel' && channel.name === name);
}

/** A message's web address, as chat.getPermalink gives it; the page opens it. */
export function permalink(world: World, message: Message): string {
  const address = `${world.url}/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return isReply(message) ? `${address}?thread_ts=${message.threadTs ?? ''}&cid=${message.channel}` : address;
}
