import type { Settings } from './options.ts';
import { freshStats, type Stats } from './stats.ts';
import type { Channel, Choices, Message, SlackFile, User, View } from './types.ts';

/** What moved, for the page and for whoever waits: small, because listeners look the rest up as their own user. */
export type Change =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'views' | 'home' | 'conversations'; readonly user: string }
  | { readonly kind: 'reset' };

/** A response_url: where it answers to, and how often it may still be used (five times in 30 minutes). */
export type ResponseUrl = {
  readonly user: string;
  readonly channel: string;
  /** The message that was clicked; absent for a slash command. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  readonly bornAt: number;
  uses: number;
};

type Trigger = { readonly user: string; readonly viewId: string | null; readonly bornAt: number; exchanged: boolean };

/** Everything that `reset` throws away. */
type State = {
  users: Map<string, User>;
  channels: Map<string, Channel>;
  messages: Map<string, Map<string, Message>>;
  files: Map<string, SlackFile>;
  views: Map<string, View>;
  /** Open modals of a user, root first. */
  stacks: Map<string, string[]>;
  homes: Map<string, View>;
  /** `user message-ts|view-id` → what that person has chosen there so far. */
  choices: Map<string, Choices>;
  /** `user channel` → ts of the newest message that user has seen. */
  read: Map<string, string>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  stats: Stats;
};

export type World = State & {
  readonly settings: Settings;
  /** The address this stand-in serves, set when it listens. */
  url: string;
  readonly id: (prefix: string) => string;
  /** Slack's message id: seconds.micros, unique and increasing over the whole workspace. */
  readonly ts: () => string;
  readonly changed: (change: Change) => void;
  readonly listeners: Set<(change: Change) => void>;
  /** A timer that dies with the stand-in. */
  readonly later: (ms: number, work: () => void) => void;
  readonly reset: () => void;
  readonly stop: () => void;
};

export function makeWorld(settings: Settings): World {
  const timers = new Set<NodeJS.Timeout>();
  const listeners = new Set<(change: Change) => void>();
  let counter = 0;
  let lastMicros = 0;

  const world: World = {
    settings,
    url: '',
    ...freshState(settings),
    listeners,
    id: (prefix) => prefix + (++counter).toString(36).toUpperCase().padStart(8, '0'),
    ts: () => {
      lastMicros = Math.max(Math.round(settings.now() * 1000), lastMicros + 1);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    changed: (change) => {
      for (const listener of listeners) listener(change);
    },
    later: (ms, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    },
    reset: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      Object.assign(world, freshState(settings));
      world.changed({ kind: 'reset' });
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      listeners.clear();
    },
  };
  return world;
}

/** Speaks where Slack itself speaks: a command that does not exist, an app that does not answer. */
export const slackbot: User = {
  id: 'USLACKBOT',
  name: 'slackbot',
  realName: 'Slackbot',
  title: '',
  tz: 'UTC',
  color: '#e01e5a',
  isBot: true,
};

function freshState(settings: Settings): State {
  const { app, users, channels } = settings;
  const created = Math.floor(settings.now() / 1000);
  const bot: User = {
    id: app.botUser,
    name: app.name.toLowerCase(),
    realName: app.name,
    title: 'App',
    tz: 'UTC',
    color: '#4a154b',
    isBot: true,
  };
  const everyone = users.map((user) => user.id);
  const rooms: Channel[] = channels.map((seed) => ({
    id: seed.id,
    name: seed.name,
    kind: 'channel',
    topic: seed.topic ?? '',
    members: new Set([...(seed.members ?? everyone), ...(seed.hasApp === false ? [] : [bot.id])]),
    created,
  }));
  return {
    users: new Map([...users, bot, slackbot].map((user) => [user.id, user])),
    channels: new Map(rooms.map((room) => [room.id, room])),
    messages: new Map(rooms.map((room) => [room.id, new Map<string, Message>()])),
    files: new Map(),
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    choices: new Map(),
    read: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    stats: freshStats(),
  };
}

/** The direct message between the app and a person; made when first needed, under an id that is always the same. */
export function directMessage(world: World, user: string): Channel {
  const id = `D${user.slice(1)}`;
  const known = world.channels.get(id);
  if (known) return known;
  const room: Channel = {
    id,
    name: 'directmessage',
    kind: 'im',
    topic: '',
    members: new Set([user, world.settings.app.botUser]),
    created: Math.floor(world.settings.now() / 1000),
  };
  world.channels.set(id, room);
  world.messages.set(id, new Map());
  world.changed({ kind: 'conversations', user });
  return room;
}
