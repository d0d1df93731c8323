import type { Command, User } from './types.ts';

export type ChannelSeed = {
  readonly id: string;
  readonly name: string;
  readonly topic?: string;
  /** User ids; everyone when absent. */
  readonly members?: readonly string[];
  /** Whether the app was invited. Default true. */
  readonly hasApp?: boolean;
};

/** The app's request URL and signing secret: HTTP mode. Absent: Socket Mode. */
export type HttpTarget = { readonly url: string; readonly signingSecret: string };

export type SlackOptions = {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  readonly http?: HttpTarget | undefined;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly team?: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app?: { readonly id: string; readonly name: string; readonly botUser: string; readonly botId: string };
  readonly users?: readonly User[];
  readonly channels?: readonly ChannelSeed[];
  readonly commands?: readonly Command[];
  /** Bot events of the manifest. */
  readonly events?: readonly string[];
  readonly rateLimits?: 'on' | 'off';
  /** Milliseconds before the 1st, 2nd, 3rd redelivery of an event nobody acknowledged. Slack: at once, 1 min, 5 min. */
  readonly redeliverAfter?: readonly number[];
  /** What the workspace takes for now (message times), epoch ms. Signatures, triggers and timeouts use the machine's. */
  readonly now?: () => number;
  /** Is told everything the app says to this Slack, as it comes: a method and its arguments, an answer, a file. */
  readonly heard?: (what: string, said: unknown) => void;
};

export const defaultUsers: readonly User[] = [
  {
    id: 'U01OPERATOR',
    name: 'dana',
    realName: 'Dana Whitfield',
    title: 'Campaign manager',
    tz: 'America/Chicago',
    color: '#1f7a8c',
  },
  {
    id: 'U02APPROVER',
    name: 'marcus',
    realName: 'Marcus Oyelaran',
    title: 'Head of fulfilment',
    tz: 'America/New_York',
    color: '#b5532a',
  },
  {
    id: 'U03ADMIN',
    name: 'priya',
    realName: 'Priya Lindqvist',
    title: 'Operations engineer',
    tz: 'America/Los_Angeles',
    color: '#5b4b9a',
  },
  {
    id: 'U04OUTSIDER',
    name: 'theo',
    realName: 'Theo Marchetti',
    title: 'Sales',
    tz: 'America/Denver',
    color: '#3d7a3a',
  },
];

export const defaultChannels: readonly ChannelSeed[] = [
  { id: 'C01LAKESIDE', name: 'lakeside-leads', topic: 'Lakeside Insurance Group · monthly pulls and gap reports' },
  { id: 'C02PRAIRIE', name: 'prairie-leads', topic: 'Prairie Mutual Agency · monthly pulls and gap reports' },
  { id: 'C03SUCCESS', name: 'client-success', topic: 'One line when a thing is done' },
  { id: 'C04GENERAL', name: 'general', topic: 'Company-wide announcements and work-based matters' },
];

export const defaultCommands: readonly Command[] = [
  {
    command: '/pull-leads',
    usageHint: '<client> <month> [--dry-run] [--refresh]',
    description: 'Pull, refine and count a client’s leads for a renewal month',
  },
  {
    command: '/leadops',
    usageHint: 'help · status · runs · gap · clients · why · cancel · retry',
    description: 'Everything else LeadOps does',
  },
];

export function withDefaults(options: SlackOptions) {
  return {
    port: options.port ?? 0,
    http: options.http,
    botToken: options.botToken ?? 'xoxb-sandbox-bot',
    appToken: options.appToken ?? 'xapp-sandbox-app',
    team: options.team ?? { id: 'T01SANDBOX', name: 'Northwind Growth', domain: 'northwind-growth' },
    app: options.app ?? { id: 'A01LEADOPS', name: 'LeadOps', botUser: 'U0LEADOPS', botId: 'B0LEADOPS' },
    users: options.users ?? defaultUsers,
    channels: options.channels ?? defaultChannels,
    commands: options.commands ?? defaultCommands,
    events: options.events ?? [
      'app_home_opened',
      'app_mention',
      'member_joined_channel',
      'message.channels',
      'message.im',
    ],
    rateLimits: options.rateLimits ?? 'on',
    redeliverAfter: options.redeliverAfter ?? [0, 60_000, 300_000],
    now: options.now ?? Date.now,
    heard: options.heard ?? (() => undefined),
  };
}

export type Settings = ReturnType<typeof withDefaults>;
