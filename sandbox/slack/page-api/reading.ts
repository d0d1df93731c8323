import { isReply, messagesOf, repliesOf } from '../messages.ts';
import type { Block, Channel, Choices, Command, Json, Message, SlackFile, View } from '../types.ts';
import { directMessage, type World } from '../world.ts';
import { Problem } from './problem.ts';

/** A message as one person sees it. */
export type SeenMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly isApp: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly files: readonly SeenFile[];
  readonly edited: boolean;
  /** Only this person sees it. */
  readonly ephemeral: boolean;
  /** The head of the thread it replies to; `null` for a message of the channel itself. */
  readonly threadTs: string | null;
  readonly replyCount: number;
  readonly replyUsers: readonly string[];
  readonly latestReply: string | null;
  readonly reactions: readonly { readonly name: string; readonly count: number }[];
  readonly subtype: string | null;
  readonly metadata: Json | null;
  /** What this person has chosen in it so far. */
  readonly choices: Choices;
};

export type SeenFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  /** Where this person downloads it. */
  readonly href: string;
  /** The first lines of a text file. */
  readonly preview: string | null;
};

export type SeenView = {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly callbackId: string;
  readonly title: Json | null;
  readonly submit: Json | null;
  readonly close: Json | null;
  readonly submitDisabled: boolean;
  readonly blocks: readonly Block[];
  readonly hash: string;
  readonly choices: Choices;
};

export type SeenChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  readonly topic: string;
  readonly members: readonly string[];
  readonly unread: number;
  readonly mentions: number;
};

export type SeenUser = {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  readonly tz: string;
  readonly color: string;
  readonly isBot: boolean;
};

export type Workspace = {
  readonly team: { readonly id: string; readonly name: string };
  readonly app: { readonly id: string; readonly name: string; readonly botUser: string; readonly dm: string };
  readonly me: string;
  readonly users: readonly SeenUser[];
  readonly channels: readonly SeenChannel[];
  readonly commands: readonly Command[];
  /** The workspace's clock, epoch milliseconds. */
  readonly now: number;
};

export function workspaceFor(world: World, user: string): Workspace {
  if (!world.users.has(user)) throw new Problem(`There is no user ${user}.`);
  const { team, app, commands, now } = world.settings;
  const dm = directMessage(world, user).id;
  return {
    team,
    app: { id: app.id, name: app.name, botUser: app.botUser, dm },
    me: user,
    users: [...world.users.values()].map((each) => ({ ...each, isBot: each.isBot ?? false })),
    channels: channelsFor(world, user),
    commands,
    now: now(),
  };
}

export function channelsFor(world: World, user: string): SeenChannel[] {
  return [...world.channels.values()]
    .filter((channel) => channel.members.has(user))
    .map((channel) => ({ ...channel, members: [...channel.members], ...unreadFor(world, user, channel) }));
}

function unreadFor(
  world: World,
  user: string,
  channel: Channel,
): { readonly unread: number; readonly mentions: number } {
  const read = world.read.get(`${user} ${channel.id}`) ?? '';
  const fresh = [...messagesOf(world, channel.id).values()].filter(
    (message) => message.ts > read && message.user !== user && !message.visibleTo && !isReply(message),
  );
  const forMe = channel.kind === 'im' ? fresh : fresh.filter((message) => mentions(message, user));
  return { unread: fresh.length, mentions: forMe.length };
}

const mentions = (message: Message, user: string) =>
  message.text.includes(`<@${user}>`) || JSON.stringify(message.blocks ?? []).includes(`<@${user}>`);

/** A channel's messages in order, threads' replies left out; `thread` gives those of one thread, its head first. */
export function messagesFor(world: World, user: string, channel: string, thread?: string): SeenMessage[] {
  const room = world.channels.get(channel);
  if (!room?.members.has(user)) throw new Problem(`${user} is not in ${channel}.`);
  return [...messagesOf(world, channel).values()]
    .filter((message) => !message.visibleTo || message.visibleTo === user)
    .filter((message) =>
      thread === undefined
        ? !isReply(message)
        : message.ts === thread || (isReply(message) && message.threadTs === thread),
    )
    .map((message) => seen(world, user, message));
}

export function seen(world: World, user: string, message: Message): SeenMessage {
  const replies = isReply(message) ? [] : repliesOf(world, message);
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    isApp: world.users.get(message.user)?.isBot ?? false,
    text: message.text,
    blocks: message.blocks ?? [],
    files: (message.files ?? []).flatMap((id) => {
      const file = world.files.get(id);
      return file ? [seenFile(file, user)] : [];
    }),
    edited: message.edited !== undefined,
    ephemeral: message.visibleTo !== undefined,
    threadTs: isReply(message) ? (message.threadTs ?? null) : null,
    replyCount: replies.length,
    replyUsers: [...new Set(replies.map((reply) => reply.user))],
    latestReply: replies.at(-1)?.ts ?? null,
    reactions: [...(message.reactions ?? [])].map(([name, users]) => ({ name, count: users.length })),
    subtype: message.subtype ?? null,
    metadata: message.metadata ?? null,
    choices: world.choices.get(`${user} ${message.ts}`) ?? {},
  };
}

export function seenFile(file: SlackFile, user: string): SeenFile {
  const isText = /^(text|application\/json)/.test(file.mimetype);
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    size: file.bytes.length,
    href: `/client/files/${file.id}/${encodeURIComponent(file.name)}?user=${user}`,
    preview: isText ? file.bytes.subarray(0, 2000).toString().split('\n').slice(0, 8).join('\n') : null,
  };
}

export function filesFor(world: World, user: string, channel?: string): SeenFile[] {
  return [...world.files.values()]
    .filter((file) => [...file.shares.keys()].some((id) => world.channels.get(id)?.members.has(user)))
    .filter((file) => channel === undefined || file.shares.has(channel))
    .map((file) => seenFile(file, user));
}

/** The open modals of a person, root first. */
export function modalsFor(world: World, user: string): SeenView[] {
  return (world.stacks.get(user) ?? []).flatMap((id) => {
    const view = world.views.get(id);
    return view ? [seenView(world, view)] : [];
  });
}

export function homeFor(world: World, user: string): SeenView | null {
  const view = world.homes.get(user);
  return view ? seenView(world, view) : null;
}

function seenView(world: World, view: View): SeenView {
  const { id, type, callbackId, title, submit, close, submitDisabled, blocks, hash } = view;
  return {
    id,
    type,
    callbackId,
    title: title ?? null,
    submit: submit ?? null,
    close: close ?? null,
    submitDisabled,
    blocks,
    hash,
    choices: world.choices.get(`${view.user} ${id}`) ?? {},
  };
}
