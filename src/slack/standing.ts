/** How we stand with Slack, for `/health` and App Home. */
export type SlackStanding = {
  readonly connected: boolean;
  /** Since when it is so, on the machine's clock. */
  readonly since: Date;
  /** Why not, in words for a person; absent while connected. */
  readonly why?: string;
  /** The last time Slack was away from us, if it was since the process began. */
  readonly lastAway?: { readonly from: Date; readonly to: Date };
};

export type StandingBook = {
  readonly now: () => SlackStanding;
  /** Slack answered. */
  readonly here: () => void;
  /** Slack cannot be reached, or does not want us. */
  readonly away: (why: string) => void;
};

/** The same as `/health` says it. */
export function slackHealth({ connected, since, why }: SlackStanding) {
  return { ok: connected, since: since.toISOString(), why: why ?? null };
}

/** Remembers how Slack stands, and since when. */
export function makeStanding(clock: () => Date = () => new Date()): StandingBook {
  let standing: SlackStanding = { connected: false, since: clock(), why: 'not connected yet' };
  return {
    now: () => standing,
    here() {
      if (standing.connected) return;
      const since = clock();
      standing = { connected: true, since, lastAway: { from: standing.since, to: since } };
    },
    away(why) {
      const { lastAway } = standing;
      const since = standing.connected ? clock() : standing.since;
      standing = { connected: false, since, why, ...(lastAway && { lastAway }) };
    },
  };
}
