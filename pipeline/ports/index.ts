import type { Bison, Workspace } from './bison.ts';
import type { Clay, ClayResult } from './clay.ts';
import type { Cole } from './cole.ts';
import type { Budget, Credits, IntentBatches, IntentBook } from './intent.ts';
import type { LeadBook } from './leads.ts';
import type { Logins } from './logins.ts';
import type { Mailer } from './mail.ts';
import type { Pauses } from './pauses.ts';
import type { ChildRuns, EvergreenBook, Suppressions, UploadBook } from './uploads.ts';
import type { Zoominfo } from './zoominfo.ts';
import type { IntentFacts } from '../intent/facts.ts';
import type { GapFacts, PickOffer } from '../gap-report.ts';
import type { AlertPurpose, ApproverPurpose, CallPurpose, NotePurpose } from '../purposes.ts';
import type { Answer } from '../questions.ts';
import type { UploadFacts } from '../uploads/facts.ts';
import type { Client, Month, RawLead, Zip, ZipList } from '../vocabulary.ts';

export type Ports = {
  readonly cole: Cole;
  readonly clay: Clay;
  /** Access to a client's workspace: by the API where a token is stored for it, else by the web pages. */
  readonly bison: (workspace: Workspace) => Promise<Bison>;
  readonly zoominfo: Zoominfo;
  readonly mail: Mailer;
  readonly logins: Logins;
  readonly leads: LeadBook;
  readonly clients: Clients;
  readonly batches: ValidationBatches;
  readonly approvals: Approvals;
  readonly csv: Csv;
  readonly files: Files;
  readonly notices: Notices;
  readonly uploads: UploadBook;
  readonly evergreen: EvergreenBook;
  readonly suppressions: Suppressions;
  readonly children: ChildRuns;
  readonly pauses: Pauses;
  readonly credits: Credits;
  readonly intentBook: IntentBook;
  readonly intentBatches: IntentBatches;
  readonly settings: PipelineSettings;
};

/** Numbers a person may set; defaults in src/config.ts. */
type PipelineSettings = {
  readonly validationTimeoutMs: number;
  readonly pollMs: number;
  readonly nearbyMiles: number;
  /** PT5: how often it looks whether a campaign took its new people in, and for how long. */
  readonly sync: { readonly everyMs: number; readonly atMostMs: number };
  /** PT5: a window that begins sooner than in so many days is not caught up without asking. */
  readonly catchUpDays: number;
  readonly mail: MailSettings;
};

/** The intent mail. */
export type MailSettings = {
  readonly recipients: readonly string[];
  /** Of the sender, for Message-IDs. */
  readonly domain: string;
  /** Settings without which no mail can be sent. */
  readonly missing: readonly string[];
  /** Before the second asking of a server that put a mail off; then twice as long each time. */
  readonly retryMs: number;
};

export type Clients = {
  all(): Promise<readonly Client[]>;
  /** The list of that month where one was imported, else (or for null) the standing list. */
  zips(client: string, month: Month | null): Promise<ZipList>;
  /** The limit an approver set for this month, else the client's own. Whole dollars. */
  homeValueLimit(client: Client, month: Month): Promise<number>;
  relaxHomeValueLimit(client: string, month: Month, limit: number): Promise<void>;
  /** Owner-occupied homes per ZIP of these states, from the table a person imported. */
  homesIn(states: readonly string[]): Promise<ReadonlyMap<Zip, number>>;
};

/** CSVs handed to Clay. */
export type ValidationBatches = {
  make(batch: {
    runId: string;
    client: string;
    month: Month;
    name: string;
    rows: number;
    fileKey: string;
  }): Promise<ValidationBatch>;
  /** Handed in: from here on its rows are paid for, and never handed in again. */
  submitted(id: number, tableRef: string, leadIds: readonly number[]): Promise<void>;
  /** @param found `ended`: every cell had its end, and nothing more comes by waiting */
  collected(id: number, found: { readonly verdicts: number; readonly ended: boolean }): Promise<void>;
  get(id: number): Promise<ValidationBatch>;
  /** Rows of this month that may get a verdict by waiting. */
  awaiting(client: string, month: Month): Promise<number>;
  /** Batches of this month with rows that still have no verdict. */
  unfinished(client: string, month: Month): Promise<readonly ValidationBatch[]>;
};
export type ValidationBatch = {
  readonly id: number;
  readonly name: string;
  readonly rows: number;
  readonly verdicts: number;
  readonly fileKey: string;
  readonly tableRef: string | null;
};

export type Approvals = {
  /** What Pick ZIPs offers in the round of a gap report, until the round is closed. */
  offer(runId: string, round: string, offer: PickOffer): Promise<void>;
  /** What is still pending in the round no longer fits, and the round takes no picks any more. */
  supersede(runId: string, round: string): Promise<void>;
  /** Every answer of the round as it stands. */
  answers(runId: string, round: string): Promise<readonly Answer[]>;
  result(id: string, result: Readonly<Record<string, unknown>>): Promise<void>;
  /** Keys of suggestions people rejected for this client and month, in any run: not to be asked again. */
  rejectedKeys(client: string, month: Month): Promise<readonly string[]>;
};

/** Reading and writing the vendors' tables; connectors/csv and the vendors' schemas behind it. */
export type Csv = {
  /**
   * A Cole export under our headers. Broken records are recovered line by line; what cannot be is named by its line.
   * @throws InvalidInput naming the required columns that are missing
   */
  readExport(path: string): Promise<ExportFile>;
  /** Header line and rows, spreadsheet formulas neutralised. */
  write(path: string, headers: readonly string[], rows: readonly (readonly string[])[]): Promise<void>;
  /** Clay's export of a table. */
  readResults(path: string): Promise<readonly ClayResult[]>;
  /** A CSV we wrote ourselves, by header. */
  readOwn(path: string): Promise<readonly Readonly<Record<string, string>>[]>;
};
export type ExportFile = {
  readonly leads: readonly RawLead[];
  readonly unreadable: readonly { readonly line: number }[];
  /** Of the vendor's bytes. */
  readonly sha256: string;
  /** Records in the vendor's file, readable or not. */
  readonly rows: number;
  readonly headerStyle: string;
  /** Race and ethnicity columns that were there and went no further. */
  readonly dropped: readonly string[];
};

/** Private files. A key is stable and says nothing about a person. */
export type Files = {
  /** A path under the data folder for a file in progress; the folder exists. */
  temporary(name: string): Promise<string>;
  /** Keeps a file under a key; the same key again replaces it. */
  keep(key: string, path: string, type: string): Promise<void>;
  /** Copies a kept file to a local path. */
  fetch(key: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  /** A kept file; null where it is gone. */
  read(key: string): Promise<{ readonly bytes: Buffer; readonly type: string } | null>;
};

/** What people are told. Each purpose once per run; delivery is Slack's business and never fails a run. */
export type Notices = {
  /** The SOP's message in the client's channel. */
  announce(runId: string, message: Announcement): Promise<void>;
  /** A line in the thread of the run's card. */
  note(runId: string, purpose: NotePurpose, text: string): Promise<void>;
  /** The gap report as it stands: one message, updated each round. */
  gapReport(runId: string, facts: GapFacts): Promise<void>;
  /** In the thread of the gap report, naming who may decide: Slack tells nobody of a message that was edited. */
  callToReport(runId: string, purpose: CallPurpose, text: string): Promise<void>;
  /** Tells those who may decide, directly, that nothing is left to suggest. */
  tellApprovers(runId: string, purpose: ApproverPurpose, text: string): Promise<void>;
  /** What a run knows of itself by now: its card shows it, whatever becomes of the run. */
  facts(runId: string, facts: Readonly<Record<string, unknown>>): Promise<void>;
  /** All of a Monday is over or waits for a person: the SOP's message for all clients; it follows what comes later. */
  mondayDone(runId: string): Promise<void>;
  /** What an intent run knows of itself by now: its card shows it, whatever becomes of the run. */
  intentFacts(runId: string, facts: IntentFacts): Promise<void>;
  /** Something of a run without a client that approvers must see: in its channel, naming them. */
  alert(runId: string, purpose: AlertPurpose, text: string): Promise<void>;
  /** A share of the week's credits is used. Told once for each share and week, whatever run reaches it. */
  budgetAlert(share: number, budget: Budget): Promise<void>;
  /** A kept file in the thread of the run's card, once. Asked for again, one that was given up is tried again. */
  file(runId: string, file: { readonly key: string; readonly name: string; readonly text: string }): Promise<void>;
  /** Undefined: not yet. */
  filePosted(
    runId: string,
  ): Promise<{ readonly posted: true } | { readonly posted: false; readonly problem: string } | undefined>;
};

export type Announcement =
  | { readonly kind: 'raw pull complete'; readonly month: Month; readonly records: number }
  | { readonly kind: 'refinement complete'; readonly month: Month; readonly contacts: number }
  | { readonly kind: 'refined data uploaded'; readonly facts: UploadFacts };
