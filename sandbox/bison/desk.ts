import { noFaults, takeTurn, type Faults } from './faults.ts';
import type { Settings } from './settings.ts';
import { attach, nothingAdded, sync, type AttachResult } from './state/attach.ts';
import { change, type Change } from './state/campaigns.ts';
import { makeCurrent, type Current } from './state/current.ts';
import { startImport, type Import } from './state/import.ts';
import { makeLimiter } from './state/limit.ts';
import { newLedger, tally, type Ledger } from './state/ledger.ts';
import { makePersonal } from './state/personal.ts';
import {
  makeWorld,
  type Campaign,
  type Door,
  type Lead,
  type LeadList,
  type Workspace,
  type World,
} from './state/world.ts';

/** The one state both doors work on. `reset` replaces what is not read-only. */
export type Desk = {
  readonly settings: Settings;
  readonly isPersonal: (email: string) => boolean;
  world: World;
  faults: Faults;
  ledger: Ledger;
  /** The super-admin token's workspace. */
  current: Current;
  /** Seconds until a token may call again, 0 when it may; asking counts as calling. */
  secondsToWait: (bearer: string) => number;
};

export function makeDesk(settings: Settings): Desk {
  return { settings, isPersonal: makePersonal(settings.personalDomains), ...beginning(settings) };
}

/** Everything as at the start; what was under way ends. */
export function resetDesk(desk: Desk): void {
  desk.world.ended.abort();
  Object.assign(desk, beginning(desk.settings));
}

function beginning(settings: Settings): Pick<Desk, 'world' | 'faults' | 'ledger' | 'current' | 'secondsToWait'> {
  return {
    world: makeWorld(settings),
    faults: { ...noFaults },
    ledger: newLedger(),
    current: makeCurrent(settings.workspaces[0]?.id ?? 0),
    secondsToWait: makeLimiter(settings.rateLimit),
  };
}

/** A CSV comes in through either door. */
export function upload(
  desk: Desk,
  workspace: Workspace,
  what: Pick<Import, 'name' | 'via' | 'behavior' | 'mapping' | 'rows'>,
): LeadList {
  tally(desk.ledger.uploads, workspace.name);
  return startImport({
    ...what,
    world: desk.world,
    workspace,
    now: desk.settings.now,
    pace: () => desk.settings.waits.processMsPer1000 + desk.faults.slowProcessing,
    skips: (email) => skipsPersonal(desk, workspace) && desk.isPersonal(email),
    failing: () => desk.faults.failRows,
  });
}

function skipsPersonal({ faults }: Desk, { allowPersonalDomains }: Workspace): boolean {
  return faults.personalDomains === 'as set' ? !allowPersonalDomains : faults.personalDomains === 'skip';
}

/**
 * Leads are added to a campaign through either door.
 * @returns null when the campaign would hold more than it can
 */
export function addLeads(
  desk: Desk,
  workspace: Workspace,
  campaign: Campaign,
  what: {
    readonly list: number | null;
    readonly leads: Iterable<Lead>;
    readonly via: Door;
    readonly parallel?: boolean;
  },
): AttachResult | null {
  const { list, leads, via, parallel = false } = what;
  const result = takeTurn(desk.faults, 'successButZero')
    ? nothingAdded
    : attach(workspace, campaign, leads, { now: desk.settings.now(), parallel });
  if (!result) desk.ledger.limitRefusals += 1;
  else desk.ledger.attaches.push({ workspace: workspace.name, campaign: campaign.id, list, via, ...result });
  return result;
}

/** A campaign is changed through either door; only the API forgets what was not sent. */
export function changeCampaign(
  desk: Desk,
  workspace: Workspace,
  campaign: Campaign,
  { via, ...what }: { readonly change: Change; readonly via: Door },
): void {
  const from = campaign.name;
  const lost = change(campaign, what.change, { now: desk.settings.now(), forgetful: via === 'api' });
  const where = { workspace: workspace.name, campaign: campaign.id };
  if (campaign.name !== from) desk.ledger.renames.push({ ...where, from, to: campaign.name, via });
  for (const setting of lost) desk.ledger.settingsLost.push({ ...where, setting });
}

/** The campaign as it is now: with every sync that is due. */
export function synced(desk: Desk, campaign: Campaign): Campaign {
  const { settings, faults } = desk;
  sync(campaign, { now: settings.now(), everyMs: settings.waits.syncMs + faults.lateSync });
  return campaign;
}

export const campaignsOf = (desk: Desk, workspace: Workspace): readonly Campaign[] =>
  [...workspace.campaigns.values()].map((campaign) => synced(desk, campaign));
