import { noFaults, takeTurn, type Faults } from './faults.ts';
import type { Settings } from './settings.ts';
import { attach, nothingAdded, sync, type AttachResult } from './state/attach.ts';
import { change, type Change } from './state/campaigns.ts';
import { makeCurrent, type Current } from './state/current.ts';
import { startImport, type Import } from './state/import.ts';
import { makeLimiter } from './state/limit.ts';
import { newLedger, tally, type Ledger } from './state/ledger.ts';
import { makePersonal } from './state/personal.ts';
import { makeWorld } from './state/seed.ts';
import type { Campaign, Via, Lead, LeadList, Workspace, World } from './state/world.ts';

/** The one state the API and the pages work on. `reset` replaces what is not read-only. */
export type Service = {
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

export function makeService(settings: Settings): Service {
  return { settings, isPersonal: makePersonal(settings.personalDomains), ...beginning(settings) };
}

/** Everything as at the start; what was under way ends. */
export function resetService(service: Service): void {
  service.world.ended.abort();
  Object.assign(service, beginning(service.settings));
}

function beginning(settings: Settings): Pick<Service, 'world' | 'faults' | 'ledger' | 'current' | 'secondsToWait'> {
  return {
    world: makeWorld(settings),
    faults: { ...noFaults },
    ledger: newLedger(),
    current: makeCurrent(settings.workspaces[0]?.id ?? 0),
    secondsToWait: makeLimiter(settings.rateLimit),
  };
}

/** A CSV comes in through the API or the pages. */
export function upload(
  service: Service,
  workspace: Workspace,
  what: Pick<Import, 'name' | 'via' | 'behavior' | 'mapping' | 'rows'>,
): LeadList {
  tally(service.ledger.uploads, workspace.name);
  return startImport({
    ...what,
    world: service.world,
    workspace,
    now: service.settings.now,
    pace: () => service.settings.waits.processMsPer1000 + service.faults.slowProcessing,
    skips: (email) => skipsPersonal(service, workspace) && service.isPersonal(email),
    failing: () => service.faults.failRows,
  });
}

function skipsPersonal({ faults }: Service, { allowPersonalDomains }: Workspace): boolean {
  return faults.personalDomains === 'as set' ? !allowPersonalDomains : faults.personalDomains === 'skip';
}

/**
 * Leads are added to a campaign through the API or the pages.
 * @returns null when the campaign would hold more than it can
 */
export function addLeads(
  service: Service,
  workspace: Workspace,
  campaign: Campaign,
  what: {
    readonly list: number | null;
    readonly leads: Iterable<Lead>;
    readonly via: Via;
    readonly parallel?: boolean;
  },
): AttachResult | null {
  const { list, leads, via, parallel = false } = what;
  const result = takeTurn(service.faults, 'successButZero')
    ? nothingAdded
    : attach(workspace, campaign, leads, { now: service.settings.now(), parallel });
  if (!result) service.ledger.limitRefusals += 1;
  else service.ledger.attaches.push({ workspace: workspace.name, campaign: campaign.id, list, via, ...result });
  return result;
}

/** A campaign is changed through the API or the pages; only the API forgets what was not sent. */
export function changeCampaign(
  service: Service,
  workspace: Workspace,
  campaign: Campaign,
  { via, ...what }: { readonly change: Change; readonly via: Via },
): void {
  const from = campaign.name;
  const lost = change(campaign, what.change, { now: service.settings.now(), forgetful: via === 'api' });
  const where = { workspace: workspace.name, campaign: campaign.id };
  if (campaign.name !== from) service.ledger.renames.push({ ...where, from, to: campaign.name, via });
  for (const setting of lost) service.ledger.settingsLost.push({ ...where, setting });
}

/** The campaign as it is now: with every sync that is due. */
export function synced(service: Service, campaign: Campaign): Campaign {
  const { settings, faults } = service;
  sync(campaign, { now: settings.now(), everyMs: settings.waits.syncMs + faults.lateSync });
  return campaign;
}

export const campaignsOf = (service: Service, workspace: Workspace): readonly Campaign[] =>
  [...workspace.campaigns.values()].map((campaign) => synced(service, campaign));
