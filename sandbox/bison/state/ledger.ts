import type { AttachResult } from './attach.ts';
import type { Switch } from './campaigns.ts';
import type { Campaign, Via, LeadList, Workspace } from './world.ts';

export type AttachEntry = {
  readonly workspace: string;
  readonly campaign: number;
  /** Null when leads were attached by their ids. */
  readonly list: number | null;
  readonly via: Via;
  readonly added: number;
  readonly refused: AttachResult['refused'];
};
export type DetachEntry = { readonly workspace: string; readonly campaign: number; readonly removed: number };
export type RenameEntry = {
  readonly workspace: string;
  readonly campaign: number;
  readonly from: string;
  readonly to: string;
  readonly via: Via;
};
/** A body of `PATCH …/update`, as it came. */
export type PatchEntry = {
  readonly workspace: string;
  readonly campaign: number;
  readonly body: Readonly<Record<string, unknown>>;
};
export type LossEntry = { readonly workspace: string; readonly campaign: number; readonly setting: Switch };

export type Violation = {
  readonly login: string;
  /** Or nobody signed out, and two browsers showed pages of the login at the same time. */
  readonly kind: 'two browsers at once';
  readonly at: string;
};

/** What is written down as it happens. */
export type Ledger = {
  readonly apiCalls: Record<string, number>;
  /** By the route's own words, as `POST /api/leads/bulk/csv`. */
  readonly apiCallsByRoute: Record<string, number>;
  rateLimited: number;
  refusedTokens: number;
  /** By workspace name; API and pages. */
  readonly uploads: Record<string, number>;
  readonly attaches: AttachEntry[];
  readonly detaches: DetachEntry[];
  readonly renames: RenameEntry[];
  readonly patches: PatchEntry[];
  /** Switches that were on and went off because an update did not send them. */
  readonly settingsLost: LossEntry[];
  /** Changes a super-admin made between asking for another workspace and being in it. */
  writesDuringSwitch: number;
  /** Uploads and attaches refused because 50,000 would have been passed. */
  limitRefusals: number;
  signIns: number;
  failedSignIns: number;
  readonly violations: Violation[];
};

export const newLedger = (): Ledger => ({
  apiCalls: {},
  apiCallsByRoute: {},
  rateLimited: 0,
  refusedTokens: 0,
  uploads: {},
  attaches: [],
  detaches: [],
  renames: [],
  patches: [],
  settingsLost: [],
  writesDuringSwitch: 0,
  limitRefusals: 0,
  signIns: 0,
  failedSignIns: 0,
  violations: [],
});

export function tally(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export type ListEntry = Pick<LeadList, 'id' | 'name' | 'via' | 'behavior' | 'status'> & {
  readonly workspace: string;
  /** sent = accepted + skippedPersonal + duplicates + skippedExisting + failed, once processed. */
  readonly sent: number;
  readonly accepted: number;
  readonly skippedPersonal: number;
  readonly duplicates: number;
  readonly skippedExisting: number;
  readonly failed: number;
  readonly createdAt: string;
};

export type CampaignEntry = Pick<Campaign, 'id' | 'name' | 'status' | 'settings'> & {
  readonly workspace: string;
  readonly totalLeads: number;
  /** Attached, not yet synced. */
  readonly waiting: number;
};

/** What `GET /_control/stats` answers. */
export type BisonStats = Ledger & {
  readonly lists: readonly ListEntry[];
  /** Lists made through the API or the pages, by name, all workspaces together. */
  readonly listsByName: Readonly<Record<string, number>>;
  /** Rows of all files that were taken. */
  readonly leadsSent: number;
  readonly campaigns: readonly CampaignEntry[];
  /** Custom variables by workspace name. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
  /** By workspace name: leads that came through the API or the pages; those the campaigns began with are not counted. */
  readonly leads: Readonly<Record<string, number>>;
  /** Leads that stand in two or more lists of one name in one workspace: uploaded twice. */
  readonly leadsInListsOfOneName: number;
  readonly concurrentSessionViolations: number;
};

/** @param workspaces with every sync that is due done */
export function statsOf(ledger: Ledger, workspaces: readonly Workspace[]): BisonStats {
  const lists = workspaces.flatMap((workspace) =>
    [...workspace.lists.values()].map((list) => listEntry(workspace, list)),
  );
  const listsByName: Record<string, number> = {};
  for (const { name } of lists) tally(listsByName, name);
  return {
    ...ledger,
    lists,
    listsByName,
    leadsSent: lists.reduce((sum, { sent }) => sum + sent, 0),
    variables: Object.fromEntries(workspaces.map(({ name, variables }) => [name, [...variables.keys()]])),
    campaigns: workspaces.flatMap((workspace) =>
      [...workspace.campaigns.values()].map(({ id, name, status, settings, members, waiting }) => ({
        id,
        name,
        workspace: workspace.name,
        status,
        totalLeads: members.size,
        waiting: waiting.reduce((sum, { leads }) => sum + leads.length, 0),
        settings,
      })),
    ),
    leads: Object.fromEntries(
      workspaces.map(({ name, leads }) => [name, [...leads.values()].filter(({ seeded }) => !seeded).length]),
    ),
    leadsInListsOfOneName: workspaces.reduce((sum, workspace) => sum + doubled(workspace), 0),
    concurrentSessionViolations: ledger.violations.length,
  };
}

function listEntry(workspace: Workspace, list: LeadList): ListEntry {
  const { id, name, via, behavior, status, sent, accepted, skippedPersonal, duplicates, skippedExisting, failed } =
    list;
  return {
    id,
    name,
    workspace: workspace.name,
    via,
    behavior,
    status,
    sent,
    accepted,
    skippedPersonal,
    duplicates,
    skippedExisting,
    failed,
    createdAt: new Date(list.createdAt).toISOString(),
  };
}

function doubled({ lists }: Workspace): number {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name, members } of lists.values()) {
    for (const { id } of members) {
      const key = `${id} ${name}`;
      if (seen.has(key)) twice.add(key);
      seen.add(key);
    }
  }
  return twice.size;
}
