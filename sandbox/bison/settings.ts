/** How long Email Bison takes. The defaults suit tests; a demo sets what is pleasant to watch. */
export type BisonWaits = {
  /** Machine milliseconds for every 1,000 rows of an import. */
  readonly processMsPer1000: number;
  /**
   * Milliseconds of the business clock between an attach to an active campaign and its lead count (5 minutes:
   * docs/vendors.md#bison-attach).
   */
  readonly syncMs: number;
  /** Machine milliseconds until a switched workspace is the current one (1–2 s: docs/vendors.md#bison-tokens). */
  readonly workspaceSwitchMs: number;
};

export const defaultWaits: BisonWaits = { processMsPer1000: 0, syncMs: 300_000, workspaceSwitchMs: 1_500 };

/** A client's workspace; the web pages call it a client portal. */
export type BisonWorkspace = {
  readonly id: number;
  readonly name: string;
  /** Bearer token of the api-user bound to this workspace. */
  readonly token: string;
  readonly allowPersonalDomains: boolean;
  /** Custom variables that exist from the beginning. */
  readonly customVariables?: readonly string[];
};

/** What a campaign is set to, in the API's own names. */
export type CampaignSettings = {
  max_emails_per_day: number;
  max_new_leads_per_day: number;
  plain_text: boolean;
  open_tracking: boolean;
  /** Written by the API, shown by the pages, never read back by the API. */
  reputation_building: boolean;
  can_unsubscribe: boolean;
  unsubscribe_text: string | null;
  include_auto_replies_in_stats: boolean;
  sequence_prioritization: 'followups' | 'new_leads';
};

/** All four switches on, so that one that was lost shows. */
export const defaultCampaignSettings: CampaignSettings = {
  max_emails_per_day: 1_000,
  max_new_leads_per_day: 100,
  plain_text: true,
  open_tracking: true,
  reputation_building: true,
  can_unsubscribe: true,
  unsubscribe_text: 'Not the right time? Let me know and I will not write again.',
  include_auto_replies_in_stats: false,
  sequence_prioritization: 'followups',
};

export const campaignStatuses = ['draft', 'active', 'paused', 'completed', 'archived'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export type CampaignSeed = {
  /** Without one, the next free. */
  readonly id?: number;
  readonly name: string;
  /** `active` unless said otherwise. */
  readonly status?: CampaignStatus;
  /** How many invented people it holds already; their sequence is finished. */
  readonly leads?: number;
  readonly settings?: Partial<CampaignSettings>;
  readonly tags?: readonly string[];
};

export type BisonLogin = {
  readonly email: string;
  readonly password: string;
  /** Ids of the workspaces this person may enter; all when left out. */
  readonly workspaces?: readonly number[];
};

export type BisonOptions = {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  readonly workspaces: readonly BisonWorkspace[];
  /** Follows one global current workspace; without it there is no such token. */
  readonly superAdminToken?: string;
  readonly login: BisonLogin | readonly BisonLogin[];
  /** Business clock, epoch milliseconds: `created_at`, the sync. The machine's when left out. */
  readonly now?: () => number;
  readonly waits?: Partial<BisonWaits>;
  /** By workspace id. */
  readonly campaigns?: Readonly<Record<number, readonly CampaignSeed[]>>;
  /** Rows a page, whatever is asked for. */
  readonly perPage?: number;
  /** Calls a token may make in so many machine milliseconds (3,000 a minute: docs/vendors.md#bison-paging). */
  readonly rateLimit?: { readonly calls: number; readonly perMs: number };
  /** Mail hosts taken for personal, besides those of `state/personal.ts`. */
  readonly personalDomains?: readonly string[];
  /** Asked for at sign-in when the fault `mfa` is on. */
  readonly mfaCode?: string;
  /** A web session ends after so many machine minutes without a request. */
  readonly sessionMinutes?: number;
};

/** The options with every gap filled. */
export type Settings = Required<Omit<BisonOptions, 'port' | 'login' | 'waits' | 'superAdminToken'>> & {
  readonly superAdminToken: string | null;
  readonly logins: readonly BisonLogin[];
  readonly waits: BisonWaits;
};

export function settingsOf(options: BisonOptions): Settings {
  return {
    workspaces: options.workspaces,
    superAdminToken: options.superAdminToken ?? null,
    logins: Array.isArray(options.login) ? (options.login as readonly BisonLogin[]) : [options.login as BisonLogin],
    now: options.now ?? Date.now,
    waits: { ...defaultWaits, ...options.waits },
    campaigns: options.campaigns ?? {},
    perPage: options.perPage ?? 15,
    rateLimit: options.rateLimit ?? { calls: 3_000, perMs: 60_000 },
    personalDomains: options.personalDomains ?? [],
    mfaCode: options.mfaCode ?? '703164',
    sessionMinutes: options.sessionMinutes ?? 120,
  };
}
