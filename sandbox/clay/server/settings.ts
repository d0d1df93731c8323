/** How long Clay takes. The defaults suit tests; a demo sets what is pleasant to watch. */
export type ClayWaits = {
  /** Milliseconds for every 1,000 rows of an import. */
  readonly importMsPer1000: number;
  /** Milliseconds to generate a formula, and to run one. */
  readonly formulaMs: number;
  /** Rows the validation starts in a second, at most; 0: as fast as DeBounce answers. */
  readonly validationRowsPerSecond: number;
  /** Milliseconds before an export's download starts. */
  readonly exportMs: number;
};

export const defaultWaits: ClayWaits = {
  importMsPer1000: 15,
  formulaMs: 100,
  validationRowsPerSecond: 0,
  exportMs: 100,
};

export type ClayOptions = {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly login: { readonly email: string; readonly password: string };
  /** The DeBounce that Validate Email calls. */
  readonly debounce: { readonly url: string; readonly key: string };
  readonly waits?: Partial<ClayWaits>;
  /** Asked for at sign-in when the fault `mfa` is on. */
  readonly mfaCode?: string;
  /** How long a sign-in lasts, milliseconds. */
  readonly sessionMs?: number;
  /** Folder paths that are there from the beginning. */
  readonly folders?: readonly (readonly string[])[];
  readonly workspaceName?: string;
};

export const defaultFolders = [['B2C'], ['B2B', 'Outbound Q1'], ['Recruiting'], ['Playground']] as const;
