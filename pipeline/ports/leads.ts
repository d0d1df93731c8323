import type { Judgement, Lead, LeadState, Month, RawFields, StateCounts, Verdict, Zip, Day } from '../vocabulary.ts';
import type { SlicePart } from './cole.ts';

/** An export as planned: which ZIPs, which slice, and its place among the client's exports of the month. */
export type Source = {
  readonly id: number;
  readonly name: string;
  readonly round: string;
  readonly state: string;
  readonly ordinal: number;
  readonly zips: readonly Zip[];
  readonly slice: readonly SlicePart[];
  readonly expected: number;
  readonly status: 'planned' | 'asked' | 'downloaded' | 'stored' | 'replaced';
  /** Times the vendor was asked for this file. */
  readonly asked: number;
  /** One of those because the file held another number of records than Cole showed. */
  readonly recounted: boolean;
  /** Records Cole showed when it was last asked. */
  readonly shown: number | null;
  /** Records its file held, once stored. */
  readonly rows: number | null;
};

export type PlannedSource = Pick<Source, 'name' | 'state' | 'zips' | 'slice' | 'expected'> & {
  readonly origin?: 'cole' | 'moved';
  readonly sliceNo: number;
  readonly sliceCount: number;
};

export type StoredSlice = {
  readonly zip: string;
  readonly slice: readonly unknown[];
  readonly sliceNo: number;
  readonly sliceCount: number;
};

/** A row for the books: read (with its first judgement), or not. */
export type IngestedRow = {
  readonly line: number;
  readonly fields: RawFields | null;
  readonly lead: Lead | null;
  readonly renewalDate: Day | null;
  readonly householdKey: string | null;
  readonly judgement: Judgement;
};

export type StoredExport = {
  readonly parsed: number;
  readonly quarantined: number;
  readonly sha256: string;
  readonly originalRows: number;
  readonly headerStyle: string;
  readonly droppedColumns: readonly string[];
  /** null: there was no file. */
  readonly fileKey: string | null;
  readonly note: string | null;
};

/** What judging needs of a row that is in the database; in order of export, then line. */
export type JudgedRow = {
  readonly id: number;
  readonly lead: Lead;
  readonly householdKey: string | null;
  readonly verdict: Verdict | null;
  readonly pinned: boolean;
  /** As its row has it by now, whichever version wrote it. */
  readonly current: { readonly state: LeadState; readonly reason: string | null };
};

type ZipCount = {
  readonly zip: string;
  readonly raw: number;
  readonly cleaned: number;
  readonly unverified: number;
  readonly uploaded: number;
};

/** The leads of all clients. Everything is asked for one client and one month: there is no call without both. */
export type LeadBook = {
  /** ZIPs of `zips` that are not wholly stored for this client, month and filters. */
  missingZips(book: BookKey, zips: readonly Zip[]): Promise<readonly Zip[]>;
  /** Slices of ZIPs that are stored already, so that after a stop only the rest is asked for. */
  storedSlices(book: BookKey, zips: readonly Zip[]): Promise<readonly StoredSlice[]>;
  /** Writes down the exports of a round; the same round again finds those that are there. */
  plan(runId: string, book: BookKey, round: string, sources: readonly PlannedSource[]): Promise<readonly Source[]>;
  source(id: number): Promise<Source>;
  sourcesOf(runId: string): Promise<readonly Source[]>;
  /** The vendor is being asked for the file now. */
  asking(sourceId: number, facts: { readonly shown: number; readonly recount: boolean }): Promise<void>;
  ingest(sourceId: number, rows: readonly IngestedRow[]): Promise<void>;
  stored(sourceId: number, facts: StoredExport): Promise<void>;
  /** After a refresh: older rows of these ZIPs go, except what was uploaded. */
  replace(book: BookKey, zips: readonly Zip[], keepRunId: string): Promise<number>;
  /** Counts up whenever the month's leads, or what they are judged by, change. Asked for before they are read. */
  version(book: BookKey): Promise<number>;
  /** Rows judged by more than themselves: everything but quarantined and moved. */
  rowsToJudge(book: BookKey): Promise<readonly JudgedRow[]>;
  /**
   * @param version of the rows that were judged; without one, whatever they are by now
   * @returns false where the rows are others by now: not all was written, judge again from fresh ones
   */
  judge(
    book: BookKey,
    changes: readonly { readonly id: number; readonly judgement: Judgement }[],
    version?: number,
  ): Promise<boolean>;
  /** Rows alive and without a verdict, as the CSV for Clay wants them. */
  unverified(book: BookKey): Promise<readonly { readonly id: number; readonly lead: Lead }[]>;
  verdicts(book: BookKey, verdicts: readonly { readonly id: number; readonly verdict: Verdict }[]): Promise<void>;
  counts(book: BookKey): Promise<StateCounts>;
  /** Rows of the month, of whatever state. */
  rawCount(book: BookKey): Promise<number>;
  /** ZIPs wholly pulled or moved in for this month, in order. */
  pulledZips(book: BookKey): Promise<readonly Zip[]>;
  /** This month's verdicts so far. */
  safeToSend(book: BookKey): Promise<{ readonly safe: number; readonly checked: number }>;
  /** Rows above today's home value limit that a higher one would bring back: alive but for their value. */
  relaxable(book: BookKey, limit: number): Promise<number>;
  zipCounts(book: BookKey): Promise<readonly ZipCount[]>;
  /** Cleaned leads with their ZIP, for sampling. */
  cleaned(book: BookKey): Promise<readonly { readonly id: number; readonly zip: string; readonly uploaded: boolean }[]>;
  /** @returns false where the cleaned leads are others than those of `version` by now: nothing was written, choose again */
  reserve(book: BookKey, ids: readonly number[], version?: number): Promise<boolean>;
  saveMonth(book: BookKey, totals: { count: number; target: number; gap: number; reserve: number }): Promise<void>;
  /**
   * Moves the source's ZIPs from another client, those it may lose at this moment. Asked again it answers the same.
   *
   * @param keep cleaned leads the donor must be left with
   */
  move(sourceId: number, from: string, keep: number): Promise<Moved>;
};

/** Why a ZIP stayed: a list for Bison has leads of it; the donor would miss its target; it has nothing of it any more. */
export type MoveRefusal = 'listed' | 'target' | 'gone';

type Moved = {
  readonly rows: number;
  readonly zips: readonly string[];
  readonly refused: readonly { readonly zip: string; readonly why: MoveRefusal }[];
};

export type BookKey = { readonly client: string; readonly month: Month; readonly filtersKey: string };
