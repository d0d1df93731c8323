import type { CompanyFacts } from '../intent/company-score.ts';
import type { PastExport } from '../intent/exports.ts';
import type { IntentLead } from '../intent/lead.ts';
import type { Run } from '../run.ts';
import type { Day } from '../vocabulary.ts';
import type { RecipientOutcome } from './mail.ts';
import type { CompanyDetails, CompanyId, EnrichedContact, IntentCompanyId, PersonId } from './zoominfo.ts';

/**
 * The week's credits. Whatever a run may spend is reserved whole before its first paid call; each call draws on it and is
 * settled. What is left is given back when the run is over, however it ends (the database sees to it).
 */
export type Credits = {
  /** The budget week of this moment, by its Monday. */
  week(): Day;
  /** @param cap the configured one; a higher one set for this week holds instead */
  budget(cap: number): Promise<Budget>;
  /** All of it or nothing. @param credits of the whole run; what it drew before (a retry) is taken off */
  reserve(runId: string, week: Day, credits: number, cap: number): Promise<Reservation>;
  /** A paid call begins. @throws where the run does not hold so much */
  draw(runId: string, call: string, credits: number): Promise<void>;
  /** The vendor certainly did nothing: the credits are the run's again. */
  cancel(runId: string, call: string): Promise<void>;
  /** The answer is here: what it cost and what it brought, written together. `result` is what `find` answers later. */
  settle(
    runId: string,
    call: string,
    credits: number,
    result: Readonly<Record<string, unknown>>,
    brought: Brought,
  ): Promise<void>;
  /** The answer was lost: the most it can have cost counts as spent. */
  unsettle(runId: string, call: string): Promise<void>;
  find(runId: string, call: string): Promise<Draw | null>;
  /** What a run has cost so far. */
  used(runId: string): Promise<Used>;
};

/** Credits: those that were spent, and those of which nobody knows. */
export type Used = { readonly spent: number; readonly unsettled: number };

export type Budget = Used & {
  readonly week: Day;
  readonly cap: number;
  /** Reserved by live runs. */
  readonly held: number;
  readonly left: number;
  /** Who set a higher cap for this week, and why. */
  readonly raised: { readonly by: string; readonly reason: string; readonly at: Date } | null;
};

type Reservation = {
  readonly granted: boolean;
  readonly needed: number;
  readonly cap: number;
  /** Before the reservation. */
  readonly left: number;
};

type Draw = {
  readonly state: 'open' | 'spent' | 'unsettled' | 'released';
  readonly credits: number;
  readonly result: unknown;
};

/** What a paid call brought. */
export type Brought = {
  readonly contacts?: readonly EnrichedContact[];
  readonly companies?: readonly CompanyDetails[];
  readonly ids?: readonly { readonly intent: IntentCompanyId; readonly company: CompanyId }[];
};

/** What is known of companies, and of people that were paid for. */
export type IntentBook = {
  /** Companies whose other id is known, with their details where these are cached. */
  known(ids: readonly IntentCompanyId[]): Promise<ReadonlyMap<IntentCompanyId, KnownCompany>>;
  details(ids: readonly CompanyId[]): Promise<ReadonlyMap<CompanyId, CompanyDetails>>;
  /** Companies of batches that were delivered on that day or later. */
  exportsSince(day: Day): Promise<readonly PastExport[]>;
  /** People this run paid for. */
  contacts(runId: string, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, EnrichedContact>>;
};

export type KnownCompany = { readonly companyId: CompanyId; readonly facts: CompanyFacts | null };

/** Batches, their leads and their delivery. */
export type IntentBatches = {
  /** The number of the run's batch on that day, from 1; the same at every asking. */
  number(runId: string, day: Day): Promise<{ readonly day: Day; readonly number: number }>;
  store(batch: NewBatch): Promise<void>;
  find(id: string): Promise<Batch | null>;
  /** @throws where there is none of that id */
  get(id: string): Promise<Batch>;
  /** The run that made it, as its row is now. */
  origin(id: string): Promise<Run>;
  /** A run that started later and has polled the day, if there is one. */
  laterRun(runId: string): Promise<string | null>;
  ofRun(runId: string): Promise<Batch | null>;
  /** Leads of all other runs' batches so far. */
  leadsBefore(runId: string): Promise<number>;
  /** The best of it, in the file's order. */
  top(id: string, limit: number): Promise<readonly BatchLead[]>;
  /** What became of a mail; what is known of other recipients stays. */
  noteRecipients(id: string, recipients: Recipients): Promise<Recipients>;
  /** Its companies count as exported from now on. False: it was delivered before. */
  delivered(id: string, by: Batch['deliveredBy'] & string, day: Day): Promise<boolean>;
};

type NewBatch = {
  readonly id: string;
  readonly runId: string;
  readonly day: Day;
  readonly fileKey: string;
  /** In the file's order. */
  readonly leads: readonly NewLead[];
};

export type NewLead = {
  readonly lead: IntentLead;
  readonly companyId: CompanyId;
  /** The dialler's, one for each of its columns. */
  readonly cells: readonly string[];
};

export type Batch = {
  readonly id: string;
  readonly runId: string;
  readonly day: Day;
  readonly leads: number;
  readonly fileKey: string;
  readonly recipients: Recipients;
  /** `person`: somebody said that it arrived. `null`: not delivered. */
  readonly deliveredBy: 'email' | 'slack' | 'person' | null;
};

/** By address, in lower case. `sending`: handed to the mail server, and nothing is known yet. */
export type Recipients = Readonly<
  Record<string, { readonly outcome: RecipientOutcome | 'sending'; readonly reply: string }>
>;

export type BatchLead = {
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly company: string;
  readonly topic: string;
  readonly age: number;
  readonly score: number;
  readonly label: string;
  readonly phone: 'mobile' | 'direct' | 'none';
};
