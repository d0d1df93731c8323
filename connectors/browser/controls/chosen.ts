/** What came of choosing several things. */
export type Chosen = {
  /** Names of other things that are on and cannot be switched off. */
  readonly stuck: readonly string[];
};
