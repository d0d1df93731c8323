import type { Json } from '../types.ts';

/** Something sent to the app: a command, an interaction, an options request, an event. */
export type Parcel = {
  readonly type: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
  /** 0 the first time. */
  readonly attempt: number;
  /** Why an event comes again; Slack's word. */
  readonly retryReason?: string;
};

/** What came back. Slack gives the app three seconds. */
export type Receipt =
  | { readonly acknowledged: true; readonly body: unknown }
  | {
      readonly acknowledged: false;
      readonly reason: 'timeout' | 'no_connection' | 'http_error';
      readonly noRetry?: boolean;
    };

export const patience = 3000;

/**
 * A way to the app. `onAck` is called whenever the app answers, even too late, with the milliseconds it took; the receipt
 * itself is settled after three seconds at the latest.
 */
export type Transport = {
  send(parcel: Parcel, onAck: (ms: number) => void): Promise<Receipt>;
  /** Sockets open now (0 in HTTP mode). */
  readonly connections: () => number;
};
