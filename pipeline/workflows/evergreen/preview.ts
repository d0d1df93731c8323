import { agencyDay } from '../../calendar/agency-day.ts';
import { evergreenTitle, isEvergreenTitle } from '../../evergreen-title.ts';
import { leadLimit } from '../../ports/bison.ts';
import type { Using } from '../../ports/using.ts';
import type { InStep } from '../../workflow.ts';
import { number } from '../../counting.ts';
import { attachable, peopleIn } from '../../uploads/attachable.ts';
import { isLate } from '../../uploads/due.ts';
import type { EvergreenFacts, UploadFacts } from '../../uploads/facts.ts';
import { judgeTitle } from '../../uploads/title.ts';
import { wantedCampaign } from '../../uploads/wanted-campaign.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, RenewalWindow } from '../../vocabulary.ts';

export type EvergreenPreviewPorts = Using<{
  bison: true;
  evergreen: 'campaign' | 'ofWindow';
  settings: 'catchUpDays';
}>;

/**
 * What PT5 would attach where, and its title before and after. Bison is only read.
 *
 * @param wouldBe lists that the upload before it would make
 */
export async function previewEvergreen(
  { ports, now }: Pick<InStep<Client | null, EvergreenPreviewPorts>, 'ports' | 'now'>,
  client: Client,
  window: RenewalWindow,
  wouldBe: UploadFacts['lists'] = [],
): Promise<EvergreenFacts> {
  const workspace = workspaceOf(client);
  const bison = await ports.bison(workspace);
  const kept = await ports.evergreen.campaign(client.slug);
  const all = await ports.evergreen.ofWindow(client.slug, window.start);
  const takenBack = all.some(({ state }) => state === 'undone');
  const lists = [
    ...attachable(all, false).map((list) => ({ name: list.name ?? '', people: peopleIn(list) })),
    ...(takenBack ? [] : wouldBe.map(({ name, sent }) => ({ name, people: sent }))),
  ];
  const { id, named } = wantedCampaign(client, kept);
  const there = id === null ? null : await bison.campaign(workspace, { id, name: named ? '' : (kept?.title ?? '') });
  // Another campaign than that of the ledger: what the ledger knows is not of it.
  const ledger = there && there.id !== kept?.campaignId ? null : kept;
  const found = there
    ? [there]
    : (await bison.findCampaigns(workspace, 'evergreen')).filter(({ name }) => isEvergreenTitle(name));
  const missing = named && there === null;
  const campaign = found.length === 1 && !missing ? (found[0] ?? null) : null;
  const judged = campaign && judgeTitle(campaign.name, window, ledger);
  const people = lists.reduce((sum, list) => sum + list.people, 0);
  const total = campaign?.totalLeads ?? null;
  const unknown =
    campaign && bison.access === 'API' ? campaign.unreadable.filter((name) => ledger?.told[name] === undefined) : [];
  const notes = [
    takenBack ? 'This window was taken back: only “Attach again” on its card attaches it.' : '',
    lists.length === 0 && !takenBack ? 'No list of this window is up: PT4 comes first.' : '',
    missing ? `The clients’ YAML names the campaign ${id ?? ''}, which is not there: I would ask which one it is.` : '',
    campaign || missing
      ? ''
      : `${found.length === 0 ? 'No' : 'More than one'} evergreen campaign: I would ask which one it is.`,
    judged?.doubt ? `I would ask first: ${judged.doubt}` : (judged?.note ?? ''),
    total !== null && total + people > leadLimit
      ? `It would pass ${number(leadLimit)} leads: I would ask an approver.`
      : '',
    isLate(window, agencyDay(now), ports.settings.catchUpDays)
      ? `It begins on ${window.start}: I would ask whether it is too late.`
      : '',
    ...unknown.map((name) => `I would ask whether ${name} is on: Bison does not say.`),
  ];
  return {
    window,
    workspace,
    campaign: campaign?.name ?? null,
    from: campaign?.name ?? null,
    to: evergreenTitle(judged?.titleWindow ?? window),
    lists,
    totalBefore: total,
    totalAfter: null,
    added: null,
    kept: [],
    changed: [],
    unconfirmed: [],
    notes: notes.filter((note) => note !== ''),
  };
}
