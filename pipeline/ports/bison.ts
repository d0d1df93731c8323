/**
 * What PT4 and PT5 need of Email Bison, in our words. It is reached by the API or by the web pages; a workflow does not
 * know which, only what the access `can` do.
 *
 * Reads may be repeated. Each of the four acts (`upload`, `attach`, `rename`, `detach`) is one thing the outside sees,
 * tried once, never again by the connector, and made for `once(name, act, check)`:
 *
 * | act | its check |
 * | --- | --- |
 * | `upload` | `findLists` of that name, `madeSince` the time stored before it |
 * | `attach` | `standing` of a few of its people; where that is not known, `campaign`'s total leads after the sync |
 * | `rename` | `renamed` |
 * | `detach` | `standing` of the same people: nobody left |
 *
 * What an act throws says what is known: `InvalidInput` (refused in the vendor's own words) and `NeedsHuman` AUTH:
 * nothing was done. `Retryable`: it may have been done; its check knows. `VendorChanged`, `NeedsHuman` UPLOAD: a person
 * has to look.
 */
export type Bison = {
  readonly access: 'API' | 'web pages';
  readonly can: {
    /**
     * Leads can be taken out of a campaign again. UNKNOWN whether the web pages let one (docs/vendors.md#bison-attach).
     */
    readonly detach: boolean;
    /** It can be asked which people stand in a campaign. */
    readonly standing: boolean;
  };
  /**
   * Signs in, and makes sure that what answers is this workspace and no other: as every method here does first.
   * @throws NeedsHuman AUTH (token, password) · MFA · CAPTCHA · CHECK (it is another client's workspace)
   */
  workspace(workspace: Workspace): Promise<WorkspaceFacts>;

  /** Every list of exactly that name, upper and lower case aside, whatever its age; newest first. */
  findLists(workspace: Workspace, name: string): Promise<readonly LeadList[]>;
  /** As it stands now. `null`: there is no such list here (any more). */
  list(workspace: Workspace, list: ListRef): Promise<LeadList | null>;
  /** Finds or makes what `uploadFields` need (custom variables). Safe to repeat. */
  prepareFields(workspace: Workspace): Promise<void>;
  /**
   * Makes a list of a CSV. People who are known are patched: what the file does not hold stays as it was.
   * @returns the list as it was made; it is filled afterwards (`list`)
   */
  upload(workspace: Workspace, upload: Upload): Promise<LeadList>;

  /** Campaigns whose title holds these words, upper and lower case aside. */
  findCampaigns(workspace: Workspace, words: string): Promise<readonly Campaign[]>;
  /** `null`: there is no such campaign here (any more). */
  campaign(workspace: Workspace, campaign: CampaignRef): Promise<Campaign | null>;
  /**
   * Adds a list's people to a campaign. The vendor's "success" may mean nobody, so there is no answer: compare total
   * leads. An active campaign takes them in at its next sync (`syncEveryMs`). People who are in a sequence elsewhere,
   * bounced or unsubscribed are left out; those who are in it already are not added twice.
   */
  attach(workspace: Workspace, campaign: CampaignRef, list: ListRef): Promise<void>;
  /** Which of these people are in the campaign, or on their way into it. Only where it `can`. */
  standing(workspace: Workspace, campaign: CampaignRef, emails: readonly string[]): Promise<Standing>;
  /**
   * Gives a campaign another title and leaves every other setting as it is. Read, all sent back, read again, compared.
   * @throws DataMismatch where its title is no longer that of `rename.campaign` · InvalidInput where a switch in
   *   `unreadable` was not `told`; nothing was changed
   */
  rename(workspace: Workspace, rename: Rename): Promise<Renamed>;
  /** What a rename left behind; `undefined`: the campaign has not that title. */
  renamed(workspace: Workspace, rename: Rename): Promise<Renamed | undefined>;
  /**
   * Takes people out of a campaign, for good: their history in it is gone. Only where it `can`; mail that was sent stays sent.
   * @param people at most `detachLimit`
   */
  detach(workspace: Workspace, campaign: CampaignRef, people: readonly PersonId[]): Promise<void>;
  /** E-mails, in lower case, that unsubscribed or bounced in this workspace; `null` where this access cannot tell. */
  suppressed(workspace: Workspace): Promise<Suppressed | null>;
};

/** A client's workspace (the web pages: client portal): its name or its id, as Bison shows it. */
export type Workspace = string;

export type WorkspaceFacts = {
  readonly id: string | null;
  readonly name: string | null;
  /**
   * Whether addresses at gmail.com and the like are taken, where the vendor says so. `null` is the rule: UNKNOWN where it
   * tells. Compare what was accepted with what was sent.
   */
  readonly personalDomains: boolean | null;
};

/** Leads in one CSV, and in one campaign (docs/vendors.md#bison-lists). */
export const leadLimit = 50_000;
/** How often an active campaign takes in what was attached, milliseconds (docs/vendors.md#bison-attach). */
export const syncEveryMs = 5 * 60_000;
/** People in one `detach`. */
export const detachLimit = 500;

/** The headers of a CSV for `upload`, in this order (docs/sop.md#upload-fields). */
export const uploadFields = [
  'First name',
  'Last name',
  'Email',
  'DOB',
  'Street address',
  'City',
  'State',
  'ZIP',
  'Renewal Date',
  'Cellphone',
  'Home Value',
] as const;
export type UploadField = (typeof uploadFields)[number];

export type Upload = {
  /** The list's. */
  readonly name: string;
  /** A file of ours: `uploadFields` and nothing else in its header line. */
  readonly csvPath: string;
  /** Its rows, at most `leadLimit`. */
  readonly rows: number;
};

export type ListId = string & { readonly __list: true };
export type CampaignId = string & { readonly __campaign: true };
export type PersonId = string & { readonly __person: true };

/** The id finds it; the name is what a person, and the web pages, go by. */
export type ListRef = { readonly id: ListId; readonly name: string };
export type CampaignRef = { readonly id: CampaignId; readonly name: string };

export type LeadList = ListRef & {
  /** ISO: `2027-01-04T15:00:07.000Z`; `2027-01-04` where the vendor shows only the day; `null` where nothing. */
  readonly createdAt: string | null;
  /** Rows are looked at while `processing`; only in the last two have the counts come to rest. */
  readonly status: 'unprocessed' | 'processing' | 'processed' | 'failed';
  /** Rows looked at; people taken; rows refused. Personal domains and doubles are in neither. `null`: not shown. */
  readonly processed: number | null;
  readonly succeeded: number | null;
  readonly failed: number | null;
  /** The vendor's reasons, without a person in them; a few of many. */
  readonly errors: readonly string[];
};

/** The switches that an update turns off unless it sends them (docs/vendors.md#bison-campaigns). */
export const campaignSwitches = ['plain_text', 'open_tracking', 'reputation_building', 'can_unsubscribe'] as const;
export type CampaignSwitch = (typeof campaignSwitches)[number];

/** By the vendor's own names: what a person would look up there. */
export type CampaignSettings = Readonly<Record<string, boolean | number | string>>;

export type Campaign = CampaignRef & {
  readonly status: string;
  /** `null` where the vendor does not say. */
  readonly totalLeads: number | null;
  /** All that can be read. */
  readonly settings: CampaignSettings;
  /** Switches whose position cannot be read here: a person has to tell it before a rename. */
  readonly unreadable: readonly CampaignSwitch[];
};

export type Rename = {
  /** As it was read before. */
  readonly campaign: Campaign;
  readonly to: string;
  /** What a person said of switches that cannot be read. */
  readonly told: Readonly<Partial<Record<CampaignSwitch, boolean>>>;
};

/** Names of settings: each in exactly one of the three. */
export type Renamed = {
  readonly from: string;
  readonly to: string;
  /** Read before and after, and the same. */
  readonly kept: readonly string[];
  readonly changed: readonly {
    readonly setting: string;
    readonly was: boolean | number | string;
    readonly is: boolean | number | string | null;
  }[];
  /** Cannot be read back: sent as told, and nobody can say. */
  readonly unconfirmed: readonly string[];
};

export type Standing = {
  /** Those who are in the campaign. */
  readonly there: readonly PersonId[];
  /** Of these, who was written to already: that cannot be taken back. */
  readonly contacted: number;
  /** People asked for who are not. */
  readonly absent: number;
};

export type Suppressed = { readonly unsubscribed: readonly string[]; readonly bounced: readonly string[] };

/** Clocks may differ by so much, milliseconds. */
const skewMs = 5 * 60_000;

/**
 * Whether a list was made at or after a moment: after a crash such a list is ours, an older one another year's. A list that
 * shows only its day is judged by the day, one that shows nothing counts as made since.
 */
export function madeSince({ createdAt }: Pick<LeadList, 'createdAt'>, moment: Date): boolean {
  if (createdAt === null) return true;
  const earliest = moment.getTime() - skewMs;
  // A day begins up to 14 hours before UTC's and ends up to 12 after it.
  if (/^\d{4}-\d{2}-\d{2}$/.test(createdAt)) return Date.parse(`${createdAt}T23:59:59Z`) + 12 * 3_600_000 >= earliest;
  return Date.parse(createdAt) >= earliest;
}
