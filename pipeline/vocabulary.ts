/**
 * The field's words, as types. What each means is in docs/glossary.md; nothing here does work.
 */

/** A calendar month `YYYY-MM`. Made by `parseMonth`, so that a value of this type is always a real month. */
export type Month = string & { readonly __month: true };

/** A calendar day `YYYY-MM-DD`, without a time zone: a policy renews on a day, not at an instant. */
export type Day = string & { readonly __day: true };

/** Five digits. */
export type Zip = string & { readonly __zip: true };

export type State = string;

/** Replies a month the client bought. It decides the target of cleaned leads (see `targetOf`). */
export type Tier = 100 | 200;

export type Client = {
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  /** Licensed states, two letters. */
  readonly states: readonly State[];
  /** States the contract allows when the licensed ones are used up. */
  readonly secondaryStates: readonly State[];
  readonly tier: Tier;
  /** The client's own target of cleaned leads a month, where it differs from its tier's. */
  readonly target: number | null;
  /** Whole dollars; a home worth exactly this much stays. */
  readonly homeValueLimit: number;
  /** Whole dollars; the most the limit may be relaxed to. Equal to `homeValueLimit` where it may not. */
  readonly maxHomeValueLimit: number;
  /** Filters the client wants on Cole's page besides ours, as label → value. */
  readonly filters: Readonly<Record<string, string>>;
  /** Slack channel id the client's messages go to. */
  readonly channel: string;
  readonly workspace: string | null;
  readonly campaignId: string | null;
};

/** The ZIPs a client may be pulled for in a month: its list, and those a person may add without asking an approver. */
export type ZipList = { readonly approved: readonly Zip[]; readonly preApproved: readonly Zip[] };

export const roles = ['operator', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

export type Member = {
  readonly slackId: string;
  readonly role: Role;
  /** A client's slug, or `*` for all of them. */
  readonly client: string;
  readonly backup: string | null;
};

/** Somebody who is called to decide, and for whom where that is not they themselves. */
export type Called = { readonly slackId: string; readonly insteadOf: string | null };

/**
 * The 13 fields of the SOP, in the SOP's order and spelling: the headers of every CSV we write for Clay
 * (which adds `lead_id`), and the keys of a raw lead.
 */
export const canonicalHeaders = [
  'First_Name',
  'Last_Name',
  'Address_1',
  'City',
  'State',
  'Zip',
  'Cell Phone Number',
  'Email_Address',
  'Purchase_Date',
  'Home_Value',
  'Head_Household',
  'Income',
  'Date_of_Birth',
] as const;
export type CanonicalHeader = (typeof canonicalHeaders)[number];

/** A row as Cole exported it, under our headers; values untouched, a missing one is `''`. */
export type RawFields = Readonly<Record<CanonicalHeader, string>>;

/** A raw lead with its place in its file: `line` counts records from 1, the header not counted. */
export type RawLead = { readonly line: number; readonly fields: RawFields };

/** A row in one spelling (see `pipeline/normalise`). `null` where the file had nothing, or nothing readable. */
export type Lead = {
  readonly firstName: string;
  /** The name for the greeting: the first of a couple. */
  readonly greetingName: string;
  readonly lastName: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly zip: Zip | null;
  /** E.164. */
  readonly phone: string | null;
  /** A phone was there and was no phone: blanked, counted, never a reason to reject. */
  readonly phoneBlanked: boolean;
  readonly email: string | null;
  readonly purchaseDate: Day | null;
  /** Whole dollars. */
  readonly homeValue: number | null;
  readonly headHousehold: string;
  readonly income: string;
  readonly dateOfBirth: Day | null;
};

export const leadStates = [
  'quarantined',
  'rejected',
  'high_net_worth',
  'duplicate',
  'unverified',
  'cleaned',
  'moved',
] as const;
export type LeadState = (typeof leadStates)[number];

/** DeBounce's `result`; only `Safe to Send` makes a cleaned lead. */
export const verdicts = ['Safe to Send', 'Invalid', 'Risky', 'Unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** Why a row is quarantined, in the order in which it is looked at. Rows hold these words. */
export const quarantineReasons = ['unreadable', 'wrong month', 'zip not asked for', 'suppressed'] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** Why a row is no lead, in the same order: what is wrong with it, then DeBounce's verdicts. */
export const rejectReasons = [
  'name',
  'head_household',
  'home_value_missing',
  'home_value',
  'email',
  ...(['Invalid', 'Risky', 'Unknown'] as const satisfies readonly Verdict[]),
] as const;
export type RejectReason = (typeof rejectReasons)[number];

type PlainState = Exclude<LeadState, 'quarantined' | 'rejected'>;

/** One state, and for `quarantined` and `rejected` why: docs/sop.md#lead-states gives the order. */
export type Judgement =
  | { readonly state: 'quarantined'; readonly reason: QuarantineReason }
  | { readonly state: 'rejected'; readonly reason: RejectReason }
  | { readonly state: PlainState; readonly reason: null };

/** A line of the books: `cleaned`, `rejected: email`. */
export type StateLabel = PlainState | `quarantined: ${QuarantineReason}` | `rejected: ${RejectReason}`;

/** Leads per `state` or `state: reason`, as the report prints them: `{ "cleaned": 12, "rejected: email": 3 }`. */
export type StateCounts = Readonly<Record<string, number>>;

/** One of the four fixed slices of a renewal month: days 1–7, 8–14, 15–21, 22–end. */
export type RenewalWindow = {
  readonly month: Month;
  readonly index: 1 | 2 | 3 | 4;
  readonly start: Day;
  readonly end: Day;
};

export const runStatuses = ['queued', 'running', 'waiting', 'success', 'failed', 'skipped', 'canceled'] as const;
export type RunStatus = (typeof runStatuses)[number];
export const liveStatuses = ['queued', 'running', 'waiting'] as const satisfies readonly RunStatus[];

export type Trigger = 'manual' | 'scheduled';

export const approvalStates = ['pending', 'approved', 'rejected', 'expired', 'superseded'] as const;
export type ApprovalState = (typeof approvalStates)[number];
