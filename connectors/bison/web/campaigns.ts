import { campaignSwitches, type Campaign, type CampaignId, type CampaignRef } from '../../../pipeline/ports/bison.ts';
import { fillIn, textIn } from '../../browser/controls/fill.ts';
import { openItem } from '../../browser/items.ts';
import type { Leaf } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { elementOf, isGone, readLeaves } from '../../browser/survey.ts';
import { pause, type Surface } from '../../browser/surface.ts';
import * as on from '../selectors.ts';
import { goTo, throughPages } from './pages.ts';
import { countOf, figureIn, idIn } from './reading.ts';
import { rowAround, type Row } from './rows.ts';
import { readSettings } from './settings.ts';

/** Nothing of its settings has been looked at yet. */
const unseen = { settings: {}, unreadable: campaignSwitches } as const;

/** A search answers while one types, a moment later. */
const searchMs = 350;

export type Listed = { readonly leaf: Leaf; readonly row: Row; readonly campaign: Campaign };

/** Campaigns → search. How the search box matches words is not known, so the titles are compared here again. */
export async function findCampaigns(surface: Surface, home: string, words: string): Promise<readonly Campaign[]> {
  const found = await listed(surface, home, words, (text) => text.toLowerCase().includes(words.toLowerCase()));
  const campaigns: Campaign[] = [];
  for (const { campaign } of found) campaigns.push((await readCampaign(surface, home, campaign)) ?? campaign);
  return campaigns;
}

/** One campaign with its figures and settings. `null` where it is not listed. */
export async function readCampaign(surface: Surface, home: string, campaign: CampaignRef): Promise<Campaign | null> {
  const found = await seekCampaign(surface, home, campaign);
  if (!found) return null;
  const row = found.campaign;
  if (!(await openItem(surface, found.leaf))) return row;
  await settle(surface);
  const leaves = await readLeaves(surface);
  const totalLeads =
    figureIn(leaves, on.figures.totalLeads) ?? row.totalLeads ?? figureIn(leaves, on.figures.someLeads);
  const settings = await readSettings(surface);
  return {
    ...row,
    totalLeads,
    settings,
    unreadable: campaignSwitches.filter((name) => settings[name] === undefined),
  };
}

/** Goes to the page of the listing that shows a campaign: by its id where the listing has ids, else by its title. */
export async function seekCampaign(surface: Surface, home: string, wanted: CampaignRef): Promise<Listed | null> {
  const isTitle = (text: string) => text.trim() === wanted.name.trim();
  const byTitle = await listed(surface, home, wanted.name, isTitle, ({ id }) => id === wanted.id);
  const one = byTitle.find(({ campaign }) => campaign.id === wanted.id);
  const found = one ?? (isNameId(wanted.id) ? byTitle[0] : await byId(surface, home, wanted.id));
  return found ? { ...found, campaign: { ...found.campaign, id: wanted.id } } : null;
}

/** Its title is another one now: every campaign is looked at. */
async function byId(surface: Surface, home: string, id: CampaignId): Promise<Listed | undefined> {
  const all = await listed(
    surface,
    home,
    '',
    (text) => text.length > 2,
    (campaign) => campaign.id === id,
  );
  return all.find(({ campaign }) => campaign.id === id);
}

/**
 * The campaigns whose title passes; ends with the page where `until` is met.
 * @param words for the search box; none leaves it empty
 */
async function listed(
  surface: Surface,
  home: string,
  words: string,
  isTitle: (text: string) => boolean,
  until: (campaign: Campaign) => boolean = () => false,
): Promise<readonly Listed[]> {
  await goTo(surface, home, on.places.campaigns);
  if (words !== '') await search(surface, words);
  const found: Listed[] = [];
  const known = new Set<string>();
  await throughPages(surface, async () => {
    for (const leaf of await titles(surface, isTitle)) {
      const row = await rowAround(surface, leaf);
      const key = row && (idIn(row) ?? `${row.id} ${leaf.text}`);
      if (!row || key === null || known.has(key)) continue;
      known.add(key);
      found.push({ leaf, row, campaign: asCampaign(leaf, row) });
    }
    return found.some(({ campaign }) => until(campaign)) ? true : undefined;
  });
  return found;
}

/** Texts of the listing, none of its surroundings. */
async function titles(surface: Surface, isTitle: (text: string) => boolean): Promise<readonly Leaf[]> {
  const leaves = (await readLeaves(surface)).filter(
    ({ text, kind, place }) =>
      isTitle(text) &&
      !['input', 'label', 'h1'].includes(kind) &&
      !['breadcrumb', 'navigation', 'column header'].includes(place),
  );
  // A row's title leads somewhere; the first text of a row may be its number.
  return leaves
    .filter(({ lineage }) => !leaves.some((other) => lineage.includes(other.id)))
    .toSorted((a, b) => Number(a.href === '') - Number(b.href === ''));
}

async function search(surface: Surface, words: string): Promise<void> {
  const field = textIn(await settle(surface), on.searchCampaigns);
  if (!field || field.seen.place === 'navigation') return;
  await fillIn(surface, field.seen, words);
  try {
    await (await elementOf(surface, field.seen)).press('Enter');
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  await pause(searchMs);
  await settle(surface);
}

/** A listing that shows no ids: the title is all there is to go by. */
const nameId = (name: string): CampaignId => `named:${name}` as CampaignId; // Ours, for a campaign without one.
const isNameId = (id: CampaignId): boolean => id.startsWith('named:');

function asCampaign(leaf: Leaf, row: Row): Campaign {
  const id = idIn(row);
  const status = row.cells.map(
    ({ text }) => /\b(active|running|paused|draft|completed|archived|launching|stopped|queued)\b/i.exec(text)?.[0],
  );
  return {
    id: id === null ? nameId(leaf.text) : (id as CampaignId), // An id in a campaign's row is the campaign's.
    name: leaf.text,
    status: status.find((one) => one !== undefined)?.toLowerCase() ?? '',
    totalLeads: countOf(row, on.figures.totalLeads) ?? countOf(row, on.figures.someLeads),
    ...unseen,
  };
}
