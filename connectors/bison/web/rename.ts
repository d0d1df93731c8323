import { VendorChanged } from '../../../pipeline/errors.ts';
import type { CampaignRef, Rename, Renamed } from '../../../pipeline/ports/bison.ts';
import { fillIn } from '../../browser/controls/fill.ts';
import { pressIn } from '../../browser/controls/press.ts';
import { asksWhether } from '../../browser/dialogs.ts';
import { giveUp } from '../../browser/find.ts';
import { freshField, sameName } from '../../browser/items.ts';
import { settle } from '../../browser/settle.ts';
import { elementOf } from '../../browser/survey.ts';
import { expecting, type Surface } from '../../browser/surface.ts';
import { compareSettings, refuseOtherTitle } from '../compare.ts';
import * as on from '../selectors.ts';
import { openAction } from './actions.ts';
import { readCampaign, visitCampaign } from './campaigns.ts';
import { decisive } from './decisive.ts';
import { finish } from './finish.ts';
import { knownIn, type Known } from './known.ts';

/**
 * Campaign → Actions → Rename. The pages' settings are read before and after; what they do not show is unconfirmed: whether a
 * rename here touches other settings is UNKNOWN.
 */
export async function renameCampaign(surface: Surface, home: string, wanted: Rename): Promise<Renamed> {
  const { campaign: before, href } = await present(surface, home, wanted.campaign);
  refuseOtherTitle(wanted, before);
  return decisive(on.renameItem.what, async () => {
    // A plain page may ask through the browser itself, as soon as "Rename" is pressed.
    const prompt = surface.dialogs.expect({ type: 'prompt', answer: wanted.to });
    try {
      await expecting(surface, asksWhether(on.sureWords), async () => {
        const known = await openAction(surface, home, before, on.renameItem, href);
        await settle(surface);
        if (!prompt.asked()) await typeName(surface, known, before, wanted.to);
      });
    } finally {
      prompt.over();
    }
    const { campaign: after } = await present(surface, home, { id: before.id, name: wanted.to });
    if (!sameName(after.name, wanted.to)) return giveUp(surface, `campaign "${wanted.to}", renamed`);
    return compareSettings({ campaign: before, to: wanted.to }, before.settings, after.settings);
  });
}

/** In a dialog, on a page of its own, or where the title stands. */
async function typeName(surface: Surface, known: Known, before: CampaignRef, to: string): Promise<void> {
  const field = await freshField(surface, knownIn(await settle(surface), known), surface.patience.thing);
  if (!field) return giveUp(surface, on.campaignName.what);
  const shown = await fillIn(surface, field, to);
  if (shown !== '' && !sameName(shown, to)) throw new VendorChanged(surface.vendor, 'campaign name, as typed');
  const survey = await settle(surface);
  const there = knownIn(survey, known);
  const button = pressIn(survey, on.saveName, { kinds: ['button', 'clickable'], only: ({ id }) => !there.has(id) });
  if (button) {
    return finish(surface, { what: on.saveName, known, nothing: `The campaign is still "${before.name}"` });
  }
  await (await elementOf(surface, field)).press('Enter');
  await settle(surface);
}

export async function renamed(surface: Surface, home: string, wanted: Rename): Promise<Renamed | undefined> {
  const { campaign, to } = wanted;
  const now =
    (await readCampaign(surface, home, { id: campaign.id, name: to })) ??
    (await present(surface, home, campaign)).campaign;
  if (!sameName(now.name, to)) return undefined;
  return compareSettings(wanted, campaign.settings, now.settings);
}

async function present(surface: Surface, home: string, campaign: CampaignRef) {
  return (await visitCampaign(surface, home, campaign)) ?? giveUp(surface, `campaign "${campaign.name}"`);
}
