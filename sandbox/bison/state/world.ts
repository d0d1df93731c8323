import { seeded } from '../../kit.ts';
import type { CampaignSettings, CampaignStatus } from '../settings.ts';

export type Via = 'api' | 'web';

/** `unverified` is what every new lead is; the vendor's other verification statuses play no part here. */
export type LeadStatus = 'unverified' | 'verified' | 'bounced' | 'unsubscribed';
export type InCampaign = 'in_sequence' | 'sequence_finished' | 'bounced' | 'unsubscribed';

export type Lead = {
  readonly id: number;
  /** Lower case; unique in its workspace. */
  email: string;
  firstName: string;
  lastName: string;
  title: string | null;
  company: string | null;
  notes: string | null;
  status: LeadStatus;
  variables: Record<string, string>;
  readonly campaigns: Map<number, InCampaign>;
  /** Stood in a campaign when the stand-in began. */
  readonly seeded: boolean;
  readonly createdAt: number;
  updatedAt: number;
};

export type Behavior = 'put' | 'patch' | 'skip';

export type LeadList = {
  readonly id: number;
  readonly name: string;
  readonly via: Via;
  readonly behavior: Behavior;
  status: 'Unprocessed' | 'Processing' | 'Processed';
  readonly members: Set<Lead>;
  /** Rows of the file. */
  readonly sent: number;
  processed: number;
  /** Rows that made or changed a lead which now stands in the list. */
  accepted: number;
  failed: number;
  skippedPersonal: number;
  /** Rows whose e-mail an earlier row of the file had. */
  duplicates: number;
  /** Rows left alone because the lead existed (behavior `skip`). */
  skippedExisting: number;
  readonly errors: string[];
  readonly createdAt: number;
  updatedAt: number;
};

export type Campaign = {
  readonly id: number;
  name: string;
  status: CampaignStatus;
  settings: CampaignSettings;
  readonly tags: readonly string[];
  readonly members: Map<number, Lead>;
  /** Attached to the active campaign, not yet synced, oldest first. `since` is business time. */
  waiting: { readonly since: number; readonly leads: readonly Lead[] }[];
  readonly createdAt: number;
  updatedAt: number;
};

export type Variable = { readonly id: number; readonly name: string; readonly createdAt: number };

export type Workspace = {
  readonly id: number;
  readonly name: string;
  readonly token: string | null;
  readonly allowPersonalDomains: boolean;
  readonly leads: Map<number, Lead>;
  readonly byEmail: Map<string, Lead>;
  readonly lists: Map<number, LeadList>;
  readonly campaigns: Map<number, Campaign>;
  readonly variables: Map<string, Variable>;
  readonly createdAt: number;
};

export type World = {
  readonly workspaces: Map<number, Workspace>;
  /** Ids are of the whole instance, as in the vendor's database. */
  readonly next: { workspace: number; lead: number; list: number; campaign: number; variable: number };
  /** Ends what is under way when the stand-in is reset or closed. */
  readonly ended: AbortController;
};

export function addWorkspace(
  world: World,
  made: Pick<Workspace, 'name' | 'token' | 'allowPersonalDomains'> & { readonly id?: number; readonly now: number },
): Workspace {
  const { id = world.next.workspace, now, ...rest } = made;
  world.next.workspace = Math.max(world.next.workspace, id + 1);
  const workspace: Workspace = {
    id,
    ...rest,
    leads: new Map(),
    byEmail: new Map(),
    lists: new Map(),
    campaigns: new Map(),
    variables: new Map(),
    createdAt: now,
  };
  world.workspaces.set(id, workspace);
  return workspace;
}

/** Names are stored lower-case. */
export function addVariable(world: World, workspace: Workspace, name: string, now: number): Variable {
  const variable = { id: world.next.variable++, name: name.trim().toLowerCase(), createdAt: now };
  workspace.variables.set(variable.name, variable);
  return variable;
}

/** The same for the same words: what the vendor draws at random need not differ from run to run. */
export function uuidOf(...words: readonly (string | number)[]): string {
  const draw = seeded('uuid', ...words);
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(draw() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
