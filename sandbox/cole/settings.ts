import type { World } from '../households/world.ts';
import type { HeaderStyle } from './columns.ts';

/** One account: it sees its own state and nothing else. */
export type ColeLogin = {
  /** Two letters. */
  readonly state: string;
  readonly username: string;
  readonly password: string;
  /** The headers of this account's files; by default each export takes the next of the three. */
  readonly headerStyle?: HeaderStyle | 'rotate';
};

/** How long the vendor takes, in milliseconds. */
export type ColeWaits = {
  readonly search: number;
  readonly prepare: number;
  /** From the first byte of a file to its last. */
  readonly download: number;
};

export type ColeOptions = {
  readonly port?: number;
  readonly logins: readonly ColeLogin[];
  readonly world?: World;
  /** The business day `YYYY-MM-DD` the pages show and count years from; sessions live by the machine's clock. */
  readonly today?: () => string;
  readonly waits?: Partial<ColeWaits>;
  /** Idle minutes after which a session ends. */
  readonly sessionMinutes?: number;
  /** An export holds fewer records than this. */
  readonly exportLimit?: number;
  /** The code the `mfa` fault asks for. */
  readonly mfaCode?: string;
};

/** What a person reads in the picture of the `captcha` fault. */
export const captchaAnswer = 'K7M4P';

export type Settings = Required<Omit<ColeOptions, 'port' | 'waits'>> & {
  readonly port?: number;
  readonly waits: ColeWaits;
};
