import { DataMismatch, InvalidInput } from '../errors.ts';
import type { Day } from '../vocabulary.ts';

/**
 * What intent polling needs of ZoomInfo, in our words: nothing here says whether the Enterprise API (a token for a
 * username and a password) or the newer OAuth one answers.
 *
 * Two kinds of calls. Searches and `usage` cost nothing; the connector tries them again itself, four times in all, so a
 * `Retryable` that gets out has been tried (`exhausted`), unless the vendor asked for a wait of more than a minute. The two enrichments cost a credit for each record: one method call is
 * carried out by the vendor once at most, so that a workflow can make each of them an act of its own (`once`). What the
 * vendor certainly did not do (429, a token that had run out, no connection) is tried again here, nothing else.
 *
 * What an error says about credits:
 * - `Retryable`, `NeedsHuman`, `InvalidInput` (`RequestRefused` among them): certainly nothing was charged;
 * - `AnswerLost`, `EmptyRecords`: see their `credits`;
 * - `UnexpectedAnswer`: only of calls that cost nothing.
 *
 * No error and no log line holds a name, an address, a number, a token or the login.
 */
export type Zoominfo = {
  /** All pages (ten of 100 at most), each signal once. @throws UnexpectedAnswer, RequestRefused, Retryable, NeedsHuman */
  searchIntent(query: IntentQuery): Promise<IntentAnswer>;
  /**
   * All pages for all companies, each person once. Companies are asked for together, in as many calls as their ids need;
   * together they may have more people than the vendor shows, then in smaller groups.
   */
  searchContacts(query: ContactQuery): Promise<ContactAnswer>;
  /**
   * @param people at most `enrichLimit`, each once
   * @throws AnswerLost · EmptyRecords · InvalidInput for too many ids, or none
   */
  enrichContacts(people: readonly PersonId[]): Promise<Enriched<PersonId, EnrichedContact>>;
  /**
   * The same for companies, but without EmptyRecords: a lead whose people are known does without these details, so all of
   * them may be in `empty`.
   * @param companies at most `enrichLimit`, each once
   */
  enrichCompanies(companies: readonly CompanyId[]): Promise<Enriched<CompanyId, CompanyDetails>>;
  /** What the vendor itself has counted. `null` where it does not say. Signs in, so it proves the login too. */
  usage(): Promise<Usage>;
};

/** Records in one enrichment call (docs/vendors.md#zoominfo-limits). */
export const enrichLimit = 25;

/**
 * A company in intent results. **Another id space than `CompanyId`**: the same digits name another company there. Only
 * a recommended contact, enriched, tells which `CompanyId` it is.
 */
export type IntentCompanyId = string & { readonly __idSpace: 'company in intent results' };

/** A company in contact search and in company enrichment. */
export type CompanyId = string & { readonly __idSpace: 'company' };

export type PersonId = string & { readonly __idSpace: 'person' };

export const signalStrengths = ['High', 'Medium', 'Low'] as const;
export type SignalStrength = (typeof signalStrengths)[number];

export const managementLevels = ['C Level', 'VP', 'Director', 'Manager', 'Board', 'Non Manager'] as const;
export type ManagementLevel = (typeof managementLevels)[number];

export type IntentQuery = {
  readonly topics: readonly string[];
  /** 60–100. */
  readonly scoreFloor: number;
  /** Four digits each; none = all. */
  readonly sicCodes: readonly string[];
  readonly employees: { readonly min: number; readonly max: number };
};

export type IntentSignal = {
  readonly id: string;
  readonly topic: string;
  /** 60–100 where the vendor gives a number. */
  readonly score: number | null;
  readonly strength: SignalStrength | null;
  /** A (largest) to E. */
  readonly audience: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  /** The day it was seen, New York's; `null` when there is none or none that can be read. */
  readonly day: Day | null;
  readonly company: {
    readonly id: IntentCompanyId;
    readonly name: string;
    readonly website: string | null;
    /** E.164. */
    readonly phone: string | null;
    readonly employees: number | null;
    /** Four digits, the most specific. */
    readonly sic: string | null;
  };
  /** The vendor's order, each once. */
  readonly recommended: readonly PersonId[];
};

/** Rows of an answer that could not be read, by what was wrong: `{ "signalScore: missing": 2 }`. No values of a row. */
type Unreadable = Readonly<Record<string, number>>;

export type IntentAnswer = {
  readonly signals: readonly IntentSignal[];
  /**
   * Signals the vendor has for the query, those that could not be read included, what it showed twice counted once. More
   * than were read when it has more than it lets us see (1,000).
   */
  readonly total: number;
  readonly unreadable: Unreadable;
  /** Criteria the vendor would not have (400) and that we can do without: asked again without them. For the alert. */
  readonly refusedFields: readonly string[];
};

export type ContactQuery = {
  readonly companies: readonly CompanyId[];
  readonly levels: readonly ManagementLevel[];
  readonly accuracyMin: number;
};

/** A person as the search shows them: no e-mail and no number yet, only whether there is one. */
export type ContactHit = {
  readonly id: PersonId;
  readonly companyId: CompanyId;
  readonly title: string;
  readonly accuracy: number;
  /** A row that says nothing about phones has `hasOtherPhone`: people with a phone were asked for. */
  readonly hasMobile: boolean;
  readonly hasDirect: boolean;
  readonly hasOtherPhone: boolean;
};

export type ContactAnswer = {
  readonly contacts: readonly ContactHit[];
  readonly unreadable: Unreadable;
  /** Companies that have more people than the vendor shows (1,000): the best of them may be among those not seen. */
  readonly cutOff: readonly CompanyId[];
};

/** Phones are E.164, or `null` where there is none that can be dialled; words are `''` where there are none. */
export type EnrichedContact = {
  readonly id: PersonId;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly levels: readonly ManagementLevel[];
  readonly accuracy: number | null;
  readonly email: string | null;
  readonly mobilePhone: string | null;
  readonly directPhone: string | null;
  readonly phone: string | null;
  /** As the person's own record has it; `id` is `null` where it does not say. */
  readonly company: Omit<CompanyDetails, 'id'> & { readonly id: CompanyId | null };
};

export type CompanyDetails = {
  readonly id: CompanyId;
  readonly name: string;
  readonly website: string;
  readonly phone: string | null;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly employees: number | null;
  /** Four digits, the most specific. */
  readonly sic: string | null;
  readonly industry: string;
};

export type Enriched<Id, Row> = {
  readonly records: readonly Row[];
  /** The vendor knows nobody of that id, or did not mention it; not charged. */
  readonly unmatched: readonly Id[];
  /** A match without content: not a lead, not charged. All of them empty is an `EmptyRecords` error, of people. */
  readonly empty: readonly Id[];
  readonly unreadable: Unreadable;
  /** Records charged, as far as the answer tells: one for each that holds something. */
  readonly credits: number;
  /** Fields every record should have, that not one of several had: the vendor may have renamed them. For the alert. */
  readonly missingFields: readonly string[];
  /** Fields the vendor would not put out (400) and that we can do without: asked again without them. For the alert. */
  readonly refusedFields: readonly string[];
};

/** Credits since the contract's period began. */
export type Usage = { readonly used: number | null; readonly limit: number | null; readonly remaining: number | null };

/**
 * The vendor will not have the request (400): nothing was searched, nothing charged. It stays so until somebody changes
 * what we ask for; it must not be mistaken for a day without results.
 */
export class RequestRefused extends InvalidInput {
  /** Those of our fields that the refusal names. */
  readonly fields: readonly string[];
  constructor(message: string, fields: readonly string[]) {
    super(message, {
      todo: `Compare with ZoomInfo's list of fields (GET /lookup/...): it has taken one away or wants another value.`,
    });
    this.fields = fields;
  }
}

/** A free call was answered in a shape we do not know. */
export class UnexpectedAnswer extends DataMismatch {
  /** What is missing or different, a line each, in the vendor's words: `signalScore: missing`. */
  readonly fields: readonly string[];
  constructor(path: string, fields: readonly string[]) {
    super(`ZoomInfo's answer to ${path} is not in the shape we know: ${fields.join('; ')}`, {
      todo: 'Nothing was spent. The vendor may have changed its API: connectors/zoominfo holds the names we read.',
    });
    this.fields = fields;
  }
}

/**
 * A paid call may have been carried out and its answer never came, or came in a shape we cannot read. Asking again may
 * pay twice, so nobody does without a person's word. `credits` is the most it can have cost.
 */
export class AnswerLost extends DataMismatch {
  readonly credits: number;
  constructor(message: string, credits: number, options: { cause?: unknown } = {}) {
    super(`${message}; up to ${credits} credits may have been charged`, {
      ...options,
      todo: `They count as spent, unsettled. Compare with ZoomInfo's own usage page; an approver can release them.`,
    });
    this.credits = credits;
  }
}

/** A paid call answered 200 and not one of its records held anything: ZoomInfo does this when credits have lapsed. */
export class EmptyRecords extends DataMismatch {
  /** What was charged: an empty record costs nothing. */
  readonly credits = 0;
  readonly records: number;
  constructor(what: string, records: number) {
    super(`ZoomInfo answered with ${records} empty ${what}: no name, e-mail or phone in any of them`, {
      todo: `Look at the account's credits with ZoomInfo: this is how it answers when they have lapsed. No lead was made.`,
    });
    this.records = records;
  }
}
