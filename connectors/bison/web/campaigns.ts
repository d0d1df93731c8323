import { campaignSwitches, type Campaign, type CampaignId, type CampaignRef } from '../../../pipeline/ports/bison.ts';
import { fillIn, textIn } from '../../browser/controls/fill.ts';
import { openItem } from '../../browser/items.ts';
import type { Leaf } from '../../browser/seen.ts';
import { settle } from '../../browser/settle.ts';
import { elementOf, isGone, readLeaves } from '../../browser/survey.ts';
import { pause, type Surface } from '../../browser/surface.ts';
import * as on from '../selectors.ts';
import { goTo, goToAddress, throughPages } from './pages.ts';
import { countOf, figureIn, idIn } from './reading.ts';
import { withRows, type Row } from './rows.ts';
import { readSettings } from './settings.ts';

/** Nothing of its settings has been looked at yet. */
const unseen = { settings: {}, unreadable: campaignSwitches } as const;

/** A search answers while one types, a moment later. */
const searchMs = 350;

export type Listed = { readonly leaf: Leaf; readonly row: Row; readonly campaign: Campaign };

/** Campaigns → search. How the search box matches words is not known, so the titles are compared here again. */
export async function findCampaigns(surface: Surface, home: string, words: string): Promise<readonly Campaign[]> {
  const isTitle = (text: string) => text.toLowerCase().includes(words.toLowerCase());
  await goTo(surface, home, on.places.campaigns);
  await search(surface, words);
  const found = await shownCampaigns(surface, isTitle);
  const campaigns: Campaign[] = [];
  for (const one of found) {
    const went = await goToAddress(surface, one.leaf.href);
    campaigns.push(
      went ? await readOpen(surface, one) : ((await readCampaign(surface, home, one.campaign)) ?? one.campaign),
    );
  }
  return campaigns;
}

/** One campaign with its figures and settings. `null` where it is not listed. */
export async function readCampaign(surface: Surface, home: string, campaign: CampaignRef): Promise<Campaign | null> {
  return (await visitCampaign(surface, home, campaign))?.campaign ?? null;
}

/** The same, with the address of its page (none: ''). */
export async function visitCampaign(
  surface: Surface,
  home: string,
  campaign: CampaignRef,
): Promise<{ readonly campaign: Campaign; readonly href: string } | null> {
  const found = await seekCampaign(surface, home, campaign);
  if (!found) return null;
  const { href } = found.leaf;
  return { href, campaign: (await openItem(surface, found.leaf)) ? await readOpen(surface, found) : found.campaign };
}

/** What the page of a campaign says, before what its row said. */
async function readOpen(surface: Surface, { campaign: row }: Listed): Promise<Campaign> {
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
  await goTo(surface, home, on.places.campaigns);
  // Most workspaces have so few that the listing shows them all, and a search would only take time.
  const shown = (await onPage(surface, isTitle)).find(({ campaign }) => campaign.id === wanted.id);
  const found = shown ?? (await bySearch(surface, home, wanted, isTitle));
  return found ? { ...found, campaign: { ...found.campaign, id: wanted.id } } : null;
}

async function bySearch(
  surface: Surface,
  home: string,
  { id, name }: CampaignRef,
  isTitle: (text: string) => boolean,
): Promise<Listed | undefined> {
  const isIt = (campaign: Campaign) => campaign.id === id;
  await search(surface, name);
  const byTitle = await shownCampaigns(surface, isTitle, isIt);
  const one = byTitle.find(({ campaign }) => isIt(campaign));
  if (one) return one;
  if (isNameId(id)) return byTitle[0];
  // Its title is another one now: every campaign is looked at.
  await goTo(surface, home, on.places.campaigns);
  const all = await shownCampaigns(surface, (text) => text.length > 2, isIt);
  return all.find(({ campaign }) => isIt(campaign));
}

/** The campaigns of the listing whose title passes; ends with the page where `until` is met. */
async function shownCampaigns(
  surface: Surface,
  isTitle: (text: string) => boolean,
  until: (campaign: Campaign) => boolean = () => false,
): Promise<readonly Listed[]> {
  const found = new Map<string, Listed>();
  await throughPages(surface, async () => {
    for (const one of await onPage(surface, isTitle)) {
      const key = idIn(one.row) ?? `${one.row.id} ${one.leaf.text}`;
      if (!found.has(key)) found.set(key, one);
    }
    return [...found.values()].some(({ campaign }) => until(campaign)) ? true : undefined;
  });
  return [...found.values()];
}

async function onPage(surface: Surface, isTitle: (text: string) => boolean): Promise<readonly Listed[]> {
  const placed = await withRows(surface, await titles(surface, isTitle));
  return placed.map(({ leaf, row }) => ({ leaf, row, campaign: asCampaign(leaf, row) }));
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
  if (words === '') return;
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
