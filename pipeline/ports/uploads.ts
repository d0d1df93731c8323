import type { CampaignId, CampaignSwitch, ListId, ListRef, Workspace } from './bison.ts';
import type { ArgsGiven, WorkflowName } from '../kinds.ts';
import type { Run } from '../run.ts';
import type { Day, Month, RenewalWindow } from '../vocabulary.ts';

/** A client's month. There is no call about leads without both. */
export type MonthKey = { readonly client: string; readonly month: Month };

/** A list of a window, as the ledger has it. */
export type ListBatch = MonthKey & {
  readonly id: number;
  readonly workspace: Workspace;
  readonly window: RenewalWindow;
  /** 1; then 2, 3 … for leads that came later. */
  readonly part: number;
  readonly runId: string | null;
  /** Null before a name was chosen. */
  readonly name: string | null;
  readonly listId: ListId | null;
  readonly rows: number;
  readonly accepted: number | null;
  readonly failed: number | null;
  readonly note: string | null;
  readonly state: 'planned' | 'uploading' | 'uploaded' | 'attached' | 'undone' | 'left out';
};

/** A cleaned lead that stands in no list and is not kept in reserve. */
type WaitingLead = { readonly id: number; readonly windowNo: number; readonly email: string };

/** A lead that may still go into a list: one that waits, one of the reserve, or one of a list that was never sent. */
export type OpenLead = WaitingLead & { readonly zip: string };

/** What Bison gets of a lead. */
export type UploadLead = {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly dateOfBirth: Day | null;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly renewalDate: Day;
  readonly phone: string | null;
  readonly homeValue: number | null;
};

/** The lists of PT4: which leads are in which, and what became of them at Bison. */
export type UploadBook = {
  waiting(key: MonthKey): Promise<readonly WaitingLead[]>;
  /** The month's cleaned leads that are in no list whose file may have left. `id`: of the raw lead, as sampling takes it. */
  open(key: MonthKey): Promise<readonly OpenLead[]>;
  /** Takes leads out whose person must not be written to; the books say so. Answers how many. */
  suppress(key: MonthKey, ids: readonly number[]): Promise<number>;
  /**
   * The same for a list whose file is about to leave; its rows are counted anew. Answers how many are in it; null where
   * its file has been sent by now, and nothing was done.
   */
  suppressIn(batchId: number, emails: readonly string[]): Promise<number | null>;
  /** All lists of the month, by window and part. */
  ofMonth(key: MonthKey): Promise<readonly ListBatch[]>;
  /** A list of these leads, as many of them as no other list has; null where that is none. */
  plan(
    key: MonthKey,
    runId: string,
    list: { readonly window: RenewalWindow; readonly workspace: Workspace; readonly leads: readonly number[] },
  ): Promise<ListBatch | null>;
  /** Gives up the month's lists that were never sent. */
  dropPlanned(key: MonthKey): Promise<void>;
  /** Gives up a list that nobody is left in, and that was never sent. */
  dropEmpty(batchId: number): Promise<void>;
  get(id: number): Promise<ListBatch>;
  leads(batch: Pick<ListBatch, 'id' | 'client' | 'month'>): Promise<readonly UploadLead[]>;
  /** Before the file leaves: its name, and that we begin. */
  begin(id: number, list: { readonly name: string; readonly rows: number }): Promise<void>;
  /** Bison has it under this id. */
  made(id: number, listId: ListId): Promise<void>;
  /** Its counts have come to rest. */
  counted(
    id: number,
    counts: { readonly accepted: number | null; readonly failed: number | null; readonly note: string | null },
  ): Promise<void>;
};

/** The evergreen campaign of a client as we left it. */
export type LedgerCampaign = {
  readonly campaignId: CampaignId | null;
  /** The id that the clients' YAML named when that one was chosen. */
  readonly configuredId: string | null;
  readonly title: string | null;
  /** First day of the last window that was attached. */
  readonly windowStart: Day | null;
  readonly totalLeads: number | null;
  readonly told: Readonly<Partial<Record<CampaignSwitch, boolean>>>;
};

export type Attachment = {
  readonly runId: string;
  readonly client: string;
  readonly windowStart: Day;
  readonly campaignId: CampaignId;
  readonly titleBefore: string;
  readonly titleAfter: string;
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  readonly added: number | null;
  readonly state: 'attached' | 'undone';
};

/** PT5's ledger: what was attached where. It is the truth, a campaign's title an output. */
export type EvergreenBook = {
  campaign(client: string): Promise<LedgerCampaign | null>;
  /**
   * By a person, by the clients' YAML, or the only one there is. What was known of another campaign is forgotten.
   * @param configuredId what the YAML names now
   */
  chosen(client: string, campaignId: CampaignId, configuredId: string | null): Promise<void>;
  /** What a person said of a switch that cannot be read back. */
  tell(client: string, told: LedgerCampaign['told']): Promise<void>;
  /** Lists of the client that are up and in no campaign, by window and part; none of a window that was taken back. */
  unattached(client: string): Promise<readonly ListBatch[]>;
  /** Lists of a window, in whatever state. */
  ofWindow(client: string, start: Day): Promise<readonly ListBatch[]>;
  /** A person decided that they stay out. */
  leaveOut(client: string, batchIds: readonly number[]): Promise<void>;
  /** The campaign for this run alone. Answers the run that has it. */
  take(client: string, runId: string): Promise<string>;
  /** The run that took it last; it may be over. */
  holder(client: string): Promise<string | null>;
  attached(
    runId: string,
    client: string,
    batchIds: readonly number[],
    facts: Omit<Attachment, 'runId' | 'client' | 'state'> & { readonly titleWindow: Day },
  ): Promise<void>;
  attachment(runId: string): Promise<Attachment | null>;
  /** Lists that a run attached. */
  attachedBy(runId: string): Promise<readonly ListBatch[]>;
  /** @param total leads the campaign holds now */
  undone(runId: string, who: string, total: number | null): Promise<void>;
};

/** A list of ours that can be attached. */
export function refOf(batch: Pick<ListBatch, 'listId' | 'name'>): ListRef | null {
  return batch.listId !== null && batch.name !== null ? { id: batch.listId, name: batch.name } : null;
}

type SuppressionSource = 'forgotten' | 'unsubscribed' | 'bounced';

/** People who must not be written to, known by a keyed hash of their e-mail. */
export type Suppressions = {
  /** E-mails in lower case. Answers how many were new. */
  learn(emails: readonly string[], source: SuppressionSource, client: string | null): Promise<number>;
  /** Which of these e-mails are on the list. */
  among(emails: readonly string[]): Promise<ReadonlySet<string>>;
};

/** Runs that a run starts for others to work on. */
export type ChildRuns = {
  /** Starts it under its key, or answers with the live one that has it. */
  start<Name extends WorkflowName>(child: {
    readonly workflow: Name;
    readonly client: string;
    readonly month: Month | null;
    readonly key: string;
    readonly args: ArgsGiven<Name>;
  }): Promise<string>;
  /** Takes a live run for its own that nobody waits for: one that a person started, or whose parent is over. */
  adopt(id: string): Promise<void>;
  all(ids: readonly string[]): Promise<readonly Run[]>;
};
