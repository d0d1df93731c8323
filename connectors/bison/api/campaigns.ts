import { DataMismatch, InvalidInput } from '../../../pipeline/errors.ts';
import {
  detachLimit,
  type Campaign,
  type CampaignRef,
  type ListRef,
  type PersonId,
  type Rename,
  type Renamed,
} from '../../../pipeline/ports/bison.ts';
import { sameName } from '../../browser/items.ts';
import { compareSettings, refuseOtherTitle, refuseUntold } from '../compare.ts';
import { cleaned, thingIn, toRecord, type Reader } from '../schema.ts';
import { NotThere } from './refusal.ts';
import { orNull, type Http } from './http.ts';
import { everyRow } from './paging.ts';

const addressOf = ({ id }: Pick<CampaignRef, 'id'>): string => `/campaigns/${encodeURIComponent(id)}`;

/** Found by Bison's search and compared by us again, because how its search matches words is not known. */
export async function findCampaigns(http: Http, read: Reader, words: string): Promise<readonly Campaign[]> {
  const holds = (row: unknown) => {
    const { name } = toRecord(row);
    return typeof name === 'string' && name.toLowerCase().includes(words.toLowerCase());
  };
  const all = (query: Readonly<Record<string, string>>) =>
    everyRow(http, '/campaigns', query, (row) => (holds(row) ? [read.campaign(row)] : []));
  const found = await all({ search: words });
  return found.length > 0 ? found : all({});
}

/**
 * One campaign by its address, or out of all of them where the instance has no such address (no such address is
 * documented: docs/vendors.md#bison-campaigns).
 */
export async function campaignById(http: Http, read: Reader, campaign: CampaignRef): Promise<Campaign | null> {
  const answer = await orNull(() => http.get(addressOf(campaign)));
  if (answer !== null && toRecord(thingIn(answer)).id !== undefined) return read.campaign(thingIn(answer));
  const isIt = (row: unknown) => {
    const { id } = toRecord(row);
    return (typeof id === 'string' || typeof id === 'number') && String(id) === campaign.id;
  };
  const [found] = await everyRow(http, '/campaigns', {}, (row) => (isIt(row) ? [read.campaign(row)] : []));
  return found ?? null;
}

/** An id of digits is sent as a number, since this vendor's ids are numbers in its answers. */
const idOf = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);

export async function attach(http: Http, campaign: CampaignRef, list: ListRef): Promise<void> {
  const path = `${addressOf(campaign)}/leads/attach-lead-list`;
  refuseUnsuccessful(await http.act('POST', path, { lead_list_id: idOf(list.id) }), 'nobody was added');
}

export async function detach(http: Http, campaign: CampaignRef, people: readonly PersonId[]): Promise<void> {
  if (people.length > detachLimit)
    throw new InvalidInput(`${people.length} people in one call; ${detachLimit} is the most. Nobody was taken out`);
  if (people.length === 0) return;
  const answer = await http.act('DELETE', `${addressOf(campaign)}/leads`, { lead_ids: people.map(idOf) });
  refuseUnsuccessful(answer, 'nobody was taken out');
}

/** A refusal may come as a success: `{"data":{"success":false,"message":…}}`. */
function refuseUnsuccessful(answer: unknown, nothing: string): void {
  const places = [toRecord(answer), toRecord(toRecord(answer).data)];
  if (!places.some(({ success }) => success === false)) return;
  const said = cleaned(places.flatMap(({ message }) => (typeof message === 'string' ? [message] : []))).join(' ');
  throw new InvalidInput(`Bison refused it${said === '' ? '' : `: "${said}"`}; ${nothing}`);
}

/**
 * Reads the campaign anew, sends all of it back with the new title, reads again and compares. A switch that is not sent
 * is turned off (docs/vendors.md#bison-campaigns).
 */
export async function rename(http: Http, read: Reader, wanted: Rename): Promise<Renamed> {
  const before = await present(http, read, wanted.campaign);
  refuseOtherTitle(wanted, before);
  refuseUntold(before.unreadable, wanted.told);
  const told = Object.fromEntries(before.unreadable.map((name) => [name, wanted.told[name]]));
  await http.act('PATCH', `${addressOf(before)}/update`, { ...before.settings, ...told, name: wanted.to });
  const after = await present(http, read, before);
  if (!sameName(after.name, wanted.to)) {
    throw new DataMismatch(`Bison took the new title "${wanted.to}" and shows "${after.name}"`, {
      todo: 'Look at the campaign in Bison, then retry.',
    });
  }
  return compareSettings({ campaign: before, to: wanted.to }, before.settings, after.settings);
}

export async function renamed(http: Http, read: Reader, wanted: Rename): Promise<Renamed | undefined> {
  const now = await present(http, read, wanted.campaign);
  if (!sameName(now.name, wanted.to)) return undefined;
  return compareSettings(wanted, wanted.campaign.settings, now.settings);
}

async function present(http: Http, read: Reader, campaign: CampaignRef): Promise<Campaign> {
  const now = await campaignById(http, read, campaign);
  if (now) return now;
  throw new NotThere(`Bison has no campaign "${campaign.name}" (id ${campaign.id}) in this workspace`, {
    todo: 'Look whether it was deleted; name another campaign for this client if so.',
  });
}
