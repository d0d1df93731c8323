/**
 * The workspace's nouns, in Slack's own shapes where they leave the house (docs.slack.dev/reference/objects),
 * ours where they stay inside.
 */

export type Json = Record<string, unknown>;

/** A block or element after `blocks/check` has passed it: known type, limits held. */
export type Block = Json & { readonly type: string; readonly block_id: string };
export type Element = Json & { readonly type: string; readonly action_id: string };

export type User = {
  readonly id: string;
  /** The handle, as in `@dana`. */
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  /** IANA zone; decides how this person sees every time on the page. */
  readonly tz: string;
  /** CSS colour of the drawn avatar. */
  readonly color: string;
  readonly isBot?: boolean;
};

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  readonly topic: string;
  readonly members: Set<string>;
  readonly created: number;
  archived?: boolean;
};

export type Metadata = { readonly event_type: string; readonly event_payload: Json };

export type SlackFile = {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly created: number;
  readonly user: string;
  bytes: Buffer;
  /** Channel → ts of the messages it was shared in. Empty until completeUploadExternal names a channel. */
  readonly shares: Map<string, string[]>;
};

export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** Set where an app posted it. */
  readonly botId?: string;
  text: string;
  blocks?: readonly Block[];
  threadTs?: string;
  metadata?: Metadata;
  edited?: { user: string; ts: string };
  files?: readonly string[];
  reactions?: Map<string, string[]>;
  /** An ephemeral message: the one user who sees it. */
  readonly visibleTo?: string;
  /** `channel_join` and the like. */
  readonly subtype?: string;
};

/** A modal or a Home tab, as Slack returns it, less what is derived (`state`). */
export type View = {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly externalId: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly title?: Json;
  readonly submit?: Json;
  readonly close?: Json;
  readonly blocks: readonly Block[];
  readonly clearOnClose: boolean;
  readonly notifyOnClose: boolean;
  readonly submitDisabled: boolean;
  readonly hash: string;
};

/** What a person has entered: block_id → action_id → a plain value (see `page-api/state.ts`). */
export type Choices = Record<string, Record<string, unknown>>;

/** A slash command as the app's manifest registers it. */
export type Command = { readonly command: string; readonly usageHint: string; readonly description: string };
