/** What the caller may say about one ZIP; the rest follows from the seed. */
export type ZipOverride = {
  /** Owner-occupied homes. */
  readonly homes?: number;
  /** Multiplies the ZIP's records: 4 makes a ZIP of four times the usual density. */
  readonly density?: number;
};

/** Everything that decides who lives where. The same world holds the same households on every machine. */
export type World = {
  readonly seed: string;
  /** Records in an average purchase month per owner-occupied home, in the middle ZIP. */
  readonly recordsPerHome: number;
  /** How far ZIPs lie from that middle: the sigma of a log-normal. What follows (blanks, e-mails) adds to it. */
  readonly spread: number;
  /** Share of records that come out as defective lines of CSV. */
  readonly brokenShare: number;
  /** Share of records that repeat a household, in the same ZIP or the one beside it. */
  readonly repeatShare: number;
  /** First and last purchase year. */
  readonly years: readonly [number, number];
  readonly zips: Readonly<Record<string, ZipOverride>>;
  /** Stands in every name, street and e-mail, so that a search for one word finds anybody; `''` leaves them as drawn. */
  readonly mark: string;
};

export const defaultWorld: World = {
  seed: 'households',
  recordsPerHome: 0.06,
  spread: 0.18,
  brokenShare: 0.004,
  repeatShare: 0.05,
  years: [1985, 2026],
  zips: {},
  mark: '',
};

export function makeWorld(parts: Partial<World> = {}): World {
  return { ...defaultWorld, ...parts };
}
