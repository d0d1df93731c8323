/** One acknowledged command or interaction: what it was and how long the app took, in milliseconds. */
export type Acknowledgement = { readonly kind: string; readonly name: string; readonly ms: number };

/** What was done to this Slack from outside since the start or the last reset. */
export type Stats = {
  /** Web API calls by method, refused ones included. */
  calls: Record<string, number>;
  /** Web API refusals by Slack's error name. */
  errors: Record<string, number>;
  messages: { posted: number; updated: number; deleted: number };
  ephemerals: number;
  files: number;
  views: { opened: number; pushed: number; updated: number; published: number; submitted: number; closed: number };
  responseUrls: { used: number; refused: number };
  /** 429s given. */
  rateLimited: number;
  /** Messages and views refused because of their blocks. */
  refusedBlocks: number;
  /** What was sent to the app, first attempts only. */
  deliveries: { commands: number; interactions: number; suggestions: number; events: number };
  redeliveries: number;
  /** Deliveries of any kind that the app acknowledged. */
  acks: number;
  /** Deliveries that were not acknowledged within 3 s. */
  timeouts: number;
  /** Commands and interactions; `max` over both (0 when there were none), late ones included. */
  ackMs: { list: Acknowledgement[]; max: number };
  sockets: { opened: number; open: number };
};

export function freshStats(): Stats {
  return {
    calls: {},
    errors: {},
    messages: { posted: 0, updated: 0, deleted: 0 },
    ephemerals: 0,
    files: 0,
    views: { opened: 0, pushed: 0, updated: 0, published: 0, submitted: 0, closed: 0 },
    responseUrls: { used: 0, refused: 0 },
    rateLimited: 0,
    refusedBlocks: 0,
    deliveries: { commands: 0, interactions: 0, suggestions: 0, events: 0 },
    redeliveries: 0,
    acks: 0,
    timeouts: 0,
    ackMs: { list: [], max: 0 },
    sockets: { opened: 0, open: 0 },
  };
}

export const bump = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

export function recordAck(stats: Stats, ack: Acknowledgement): void {
  stats.ackMs.list.push(ack);
  stats.ackMs.max = Math.max(stats.ackMs.max, ack.ms);
}
