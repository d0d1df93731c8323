import type { State, Zip } from '../vocabulary.ts';

/** A ZIP that was pulled for this client and month, and what it gave. */
export type PulledZip = {
  readonly zip: Zip;
  readonly state: State;
  /** Owner-occupied homes, from the imported table; null where it does not say. */
  readonly homes: number | null;
  readonly cleaned: number;
};

/** A ZIP that could be pulled as well. */
export type Candidate = {
  readonly zip: Zip;
  readonly state: State;
  readonly homes: number | null;
  /** To the nearest pulled ZIP, between centroids; null where a centroid is not known. */
  readonly miles: number | null;
  readonly preApproved: boolean;
  /** In a state the client is licensed in, or in one the contract allows as well. */
  readonly kind: 'licensed' | 'secondary';
};

/** Another client in the same state with more cleaned leads than its target. */
export type Donor = {
  /** Its slug. */
  readonly client: string;
  readonly state: State;
  /** Its cleaned leads of the month less its target. */
  readonly surplus: number;
  /** The ZIPs it could give: nothing of them was uploaded. */
  readonly zips: readonly { readonly zip: Zip; readonly cleaned: number; readonly miles: number | null }[];
};

export type GapInput = {
  readonly target: number;
  readonly cleaned: number;
  /** Leads whose e-mail is still being checked. */
  readonly unverified: number;
  /** This client's verdicts so far. */
  readonly safeToSend: { readonly safe: number; readonly checked: number };
  readonly pulled: readonly PulledZip[];
  readonly candidates: readonly Candidate[];
  readonly donors: readonly Donor[];
  /** Higher home value limits that the client's rules allow, and how many stored rows each would bring back. */
  readonly relax: readonly { readonly limit: number; readonly rows: number }[];
  /** Ids of suggestions that a person has rejected. */
  readonly rejected: ReadonlySet<string>;
  /** How near "near" is, in miles; 10 unless given (docs/sop.md#gap-order). */
  readonly radiusMiles?: number;
  /** How many suggestions beyond the marked ones are shown. */
  readonly maxAlternatives?: number;
};

/** The SOP's order of ways to close a gap. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

export type SuggestionFacts =
  | { readonly kind: 'wait'; readonly rows: number }
  | { readonly kind: 'move'; readonly donor: string; readonly zip: Zip; readonly state: State }
  | {
      readonly kind: 'add';
      readonly zip: Zip;
      readonly state: State;
      readonly homes: number | null;
      readonly preApproved: boolean;
      /** In a secondary state. */
      readonly secondary: boolean;
    }
  | { readonly kind: 'relax'; readonly limit: number; readonly rows: number };

/** Cleaned leads, in whole leads; `low` and `high` should hold the outcome in 80 to 90 of 100 cases. */
export type Range = { readonly low: number; readonly middle: number; readonly high: number };

/** One estimate with the reasons it may be off, each as distance from the middle to the end of the band. */
export type Estimate = {
  /** Whole leads. */
  readonly middle: number;
  /** How far this ZIP's own rate may differ from the median. It cancels out over many ZIPs. */
  readonly own: { readonly down: number; readonly up: number };
  /** The rate itself is read from a sample: if it is off, it is off for every estimate with the same source. */
  readonly shared: { readonly source: string; readonly down: number; readonly up: number };
  /** Variance of counting whole people. */
  readonly counting: number;
};

/** What an estimate rests on: so many ZIPs (or verdicts), and their rate. */
export type Basis = {
  readonly of: 'cleaned leads per home' | 'cleaned leads per ZIP' | 'Safe-to-Send share' | 'counted';
  readonly rate: number;
  readonly sample: number;
};

/** What a suggestion would spend at most: ZIPs of one state are exported together. */
export type Cost = { readonly exports: number; readonly validations: number };

/**
 * One concrete way to close (a part of) a gap. Its id is stable over runs and rounds: `wait`, `move:prairie:73034`,
 * `zip:75034`, `relax:1000000`.
 */
export type Suggestion = SuggestionFacts &
  Range & {
    readonly id: string;
    readonly level: Level;
    readonly miles: number | null;
    readonly estimate: Estimate;
    readonly basis: Basis;
    readonly cost: Cost;
    /** In the set that closes the gap; the others are alternatives. */
    readonly marked: boolean;
  };

export type GapPlan = {
  /** Cleaned leads missing to the target; 0 when it is met. */
  readonly gap: number;
  /** The set that closes the gap, in level and then ZIP order; never two that exclude each other. */
  readonly marked: readonly Suggestion[];
  readonly alternatives: readonly Suggestion[];
  /** Whether the middle estimates of the marked set cover the gap. */
  readonly coversGap: boolean;
  /** Of the marked set as a whole. */
  readonly predicted: Range;
  readonly cost: Cost;
  /** There is a gap and nothing to suggest: the approver is told. */
  readonly nothingLeft: boolean;
  /** Whether no smaller or nearer set exists. False only where the solver reached its limit of effort. */
  readonly proven: boolean;
};
