import { LeadOpsError } from '../errors.ts';
import type { State, Zip } from '../vocabulary.ts';

/**
 * What a workflow needs of Cole X Dates. One login per licensed state; everything done "at" a login happens in one
 * session, signed in, with no other browser at that login anywhere.
 */
export type Cole = {
  /**
   * @throws NeedsHuman (AUTH, MFA, CAPTCHA) · VendorChanged · Retryable
   */
  at<T>(state: State, work: (session: ColeSession) => Promise<T>): Promise<T>;
};

export type ColeSession = {
  /**
   * Runs the search and reads how many records it holds. Costs nothing at the vendor.
   * @returns records, as a whole number (`12,345 records` is 12345)
   */
  count(query: ColeQuery): Promise<number>;
  /** The ways today's page offers to cut one ZIP's result further, in the order we prefer them. */
  slicings(): Promise<readonly Slicing[]>;
  /**
   * Runs the search, selects all records and downloads them as CSV with headers. `onAsk` runs at the last moment
   * before the vendor is asked for the file: whoever dies after it may have spent an export. When this returns, the
   * file at `to` is complete (written beside it and renamed).
   * @returns the record count the page showed for exactly this export
   * @throws TooManyRecords when the page now shows `exportLimit` records or more; nothing was asked for
   */
  export(query: ColeQuery, to: string, onAsk: (shown: number) => Promise<void>): Promise<{ readonly shown: number }>;
};

/** Cole refuses an export of this many records or more (docs/sop.md#export-limit). */
export const exportLimit = 10_000;

export class TooManyRecords extends LeadOpsError {
  readonly shown: number;
  constructor(shown: number) {
    super(`${shown} records now; an export must hold fewer than ${exportLimit}`);
    this.shown = shown;
  }
}

export type ColeQuery = {
  readonly state: State;
  readonly zips: readonly Zip[];
  /** 1–12, of any purchase year. */
  readonly purchaseMonth: number;
  /** The client's own filters, label → value, set as a person would. */
  readonly filters: Readonly<Record<string, string>>;
  /** All of them at once; empty for a whole ZIP. */
  readonly slice: readonly SlicePart[];
};

export const slicingKinds = ['purchase year', 'home value', 'purchase day'] as const;
export type SlicingKind = (typeof slicingKinds)[number];

/** A filter the page offers: its bounds, and whether it can ask for the records where the value is missing. */
export type Slicing = {
  readonly by: SlicingKind;
  readonly min: number;
  readonly max: number;
  readonly blanks: boolean;
};

/** A range, both ends included; `null` is open. Or the records without a value. Home values are whole dollars. */
export type SlicePart =
  | { readonly by: SlicingKind; readonly from: number | null; readonly to: number | null; readonly blank?: false }
  | { readonly by: SlicingKind; readonly blank: true };
