import { DataMismatch, InvalidInput } from '../../pipeline/errors.ts';
import {
  type Campaign,
  type CampaignSettings,
  type CampaignSwitch,
  type Rename,
  type Renamed,
} from '../../pipeline/ports/bison.ts';
import { sameName } from '../browser/items.ts';

/** Puts a campaign's settings before a rename beside those after it. */
export function compareSettings(
  { campaign, to }: Pick<Rename, 'campaign' | 'to'>,
  before: CampaignSettings,
  after: CampaignSettings,
): Renamed {
  const kept: string[] = [];
  const changed: { setting: string; was: boolean | number | string; is: boolean | number | string | null }[] = [];
  const unconfirmed = new Set<string>(campaign.unreadable);
  for (const [setting, was] of Object.entries(before)) {
    const is = after[setting];
    if (is === undefined) unconfirmed.add(setting);
    else if (is === was) kept.push(setting);
    else changed.push({ setting, was, is });
  }
  return { from: campaign.name, to, kept, changed, unconfirmed: [...unconfirmed] };
}

/** @throws DataMismatch where the campaign has another title than when it was read: somebody was here meanwhile */
export function refuseOtherTitle({ campaign, to }: Rename, now: Campaign): void {
  if (sameName(now.name, campaign.name)) return;
  throw new DataMismatch(
    `The campaign is called "${now.name}" now and was "${campaign.name}" when it was read; it was not renamed to "${to}"`,
    { todo: 'Look at the campaign in Bison: if its new title is wrong, put the old one back, then retry.' },
  );
}

/** @throws InvalidInput where a switch can neither be read nor was told: an update would turn it off */
export function refuseUntold(unreadable: readonly CampaignSwitch[], told: Rename['told']): void {
  const missing = unreadable.filter((name) => told[name] === undefined);
  if (missing.length === 0) return;
  throw new InvalidInput(
    `Bison does not say how ${missing.join(', ')} stands and turns it off unless it is sent; the campaign was not renamed`,
    { todo: `Look it up in the campaign's settings and tell its position once.` },
  );
}
