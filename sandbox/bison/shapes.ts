import type { CampaignSettings, CampaignStatus } from './settings.ts';

/** What the web pages and their server say to each other. */
export type Look = 'current' | 'relabelled' | 'redesigned';
export type Portal = { readonly id: number; readonly name: string };

/** Written into the page itself. */
export type Boot = {
  readonly look: Look;
  /** Null when nobody is signed in. */
  readonly email: string | null;
  readonly portal: Portal | null;
  readonly portals: readonly Portal[];
};

export type SignInStep =
  | { readonly step: 'captcha' }
  | { readonly step: 'code' }
  | { readonly step: 'done' }
  | { readonly step: 'refused'; readonly message: string };

export type Page<Row> = {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly perPage: number;
  readonly lastPage: number;
  readonly total: number;
};

export type ListRow = {
  readonly id: number;
  readonly name: string;
  /** People who stand in it. */
  readonly contacts: number;
  readonly status: 'Unprocessed' | 'Processing' | 'Processed';
  /** Epoch milliseconds, business time. */
  readonly createdAt: number;
};

export type ListView = ListRow & {
  readonly rows: number;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly errors: readonly string[];
  readonly people: Page<PersonRow>;
};

export type PersonRow = {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly createdAt: number;
};

export type Target = { readonly value: string; readonly label: string; readonly custom: boolean };

/** A file that was dropped and waits for its mapping. */
export type UploadView = {
  readonly uploadId: string;
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly { readonly header: string; readonly sample: string; readonly guess: string | null }[];
  readonly targets: readonly Target[];
};

export type ImportRequest = {
  readonly uploadId: string;
  readonly name: string;
  readonly behavior: 'put' | 'patch' | 'skip';
  /** Column number → field or variable. */
  readonly mapping: readonly { readonly column: number; readonly target: string }[];
};

export type CampaignRow = {
  readonly id: number;
  readonly name: string;
  readonly status: CampaignStatus;
  readonly totalLeads: number;
  readonly createdAt: number;
};

/** How far the people of a campaign are. */
export type CampaignFigures = {
  readonly contacted: number;
  readonly bounced: number;
  readonly unsubscribed: number;
};

export type CampaignView = CampaignRow &
  CampaignFigures & { readonly settings: CampaignSettings; readonly tags: readonly string[] };

export type VariableRow = { readonly id: number; readonly name: string; readonly createdAt: number };
