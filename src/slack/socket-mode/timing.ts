/** How patient Socket Mode is; milliseconds. Tests shorten it. */
export type Timing = {
  /** The wait after the first failure is a part of this, then it doubles. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Slack said no (a bad token, Socket Mode switched off): asking often helps nobody. */
  readonly refusedWaitMs: number;
  /** Slack asks for a pause: as long as it says, and no longer than this. */
  readonly limitedWaitMs: number;
  /** From asking for a connection until Slack's hello. */
  readonly connectMs: number;
  readonly pingMs: number;
  /** So many pings without any answer, and the connection is taken for dead. */
  readonly unansweredPings: number;
  /** A connection that was replaced may still bring deliveries and take acknowledgements for so long. */
  readonly lingerMs: number;
  /**
   * A connection that lasted shorter than this counts as a failed try, so that the wait grows where Slack drops every
   * new connection at once.
   */
  readonly steadyMs: number;
};

export const usualTiming: Timing = {
  firstWaitMs: 1_000,
  longestWaitMs: 5_000,
  refusedWaitMs: 30_000,
  limitedWaitMs: 120_000,
  connectMs: 10_000,
  pingMs: 5_000,
  unansweredPings: 3,
  lingerMs: 10_000,
  steadyMs: 5_000,
};
