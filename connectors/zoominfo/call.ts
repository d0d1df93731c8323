/** One question to ZoomInfo, whoever asks it and however often. */
export type Call = {
  readonly method: 'GET' | 'POST';
  /** `/search/intent`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
};
