import { isEvergreenTitle } from '../../evergreen-title.ts';
import type { Campaign, CampaignRef, CampaignSwitch } from '../../ports/bison.ts';
import type { Using } from '../../ports/using.ts';
import { NeedsHuman } from '../../errors.ts';
import { Skipped, type RunContext, type InStep } from '../../workflow.ts';
import { number } from '../../counting.ts';
import { judgeTitle, type TitleJudgement } from '../../uploads/title.ts';
import { wantedCampaign } from '../../uploads/wanted-campaign.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, RenewalWindow } from '../../vocabulary.ts';
import { askChoice } from '../choice.ts';

type WorkspacePorts = Using<{ bison: true }>;
export type CampaignPorts = WorkspacePorts & Using<{ evergreen: 'campaign' | 'chosen' | 'tell' }>;

/** Buttons that a question has room for. */
const mostChoices = 8;

/** Nobody answered in time, or the answer was to stop. */
const stopped = (what: string) => new Skipped(`${what} Nothing was attached.`, {});

/** The client's evergreen campaign; where there is none, or several, a person says which one it is, once. */
export async function findCampaign(context: RunContext<Client, CampaignPorts>): Promise<Campaign> {
  const { ports, client, step } = context;
  const workspace = workspaceOf(client);
  for (let look = 1; ; look += 1) {
    const { known, found, missing } = await step(`find the campaign ${look}`, async () => {
      const bison = await ports.bison(workspace);
      const ledger = await ports.evergreen.campaign(client.slug);
      const { id, named } = wantedCampaign(client, ledger);
      const name = named ? '' : (ledger?.title ?? '');
      const kept = id === null ? null : await bison.campaign(workspace, { id, name });
      if (kept) return { known: kept, found: [], missing: null };
      const evergreen = (await bison.findCampaigns(workspace, 'evergreen')).filter(({ name }) =>
        isEvergreenTitle(name),
      );
      const all = evergreen.length > 0 ? evergreen : await bison.findCampaigns(workspace, '');
      const only = evergreen.length === 1 && !named ? (evergreen[0] ?? null) : null;
      return { known: only, found: all, missing: named ? id : null };
    });
    const keep = ({ id }: Campaign) =>
      step(`keep the campaign ${look}`, () => ports.evergreen.chosen(client.slug, id, client.campaignId));
    if (known) {
      await keep(known);
      return known;
    }
    const chosen = await askChoice(context, `which campaign ${look}`, {
      question: `${whyAsked(workspace, found, missing)} Which one is the evergreen campaign?`,
      facts: found.map(
        ({ name, status, totalLeads }) =>
          `${name} — ${status}${totalLeads === null ? '' : `, ${number(totalLeads)} leads`}`,
      ),
      choices: [
        ...found.slice(0, mostChoices - 2).map(({ id, name }) => ({ value: `campaign:${id}`, text: name })),
        { value: 'again', text: 'Look again' },
        { value: 'stop', text: 'Leave it', style: 'danger' },
      ],
      requiredRole: 'approver',
    });
    const one = found.find(({ id }) => chosen === `campaign:${id}`);
    if (one) {
      await keep(one);
      return one;
    }
    if (chosen !== 'again') throw stopped('No evergreen campaign was named.');
  }
}

function whyAsked(workspace: string, found: readonly Campaign[], missing: string | null): string {
  if (missing) return `The clients’ YAML names the campaign ${missing}, and ${workspace} has none of that id.`;
  const several = found.filter(({ name }) => isEvergreenTitle(name)).length > 1;
  return `${several ? 'Several campaigns' : 'No campaign'} of ${workspace} ${several ? 'are' : 'is'} called “Evergreen, Last Upload: …”.`;
}

/** As it stands now. */
export async function campaignNow(
  { ports, client }: Pick<InStep<Client, WorkspacePorts>, 'ports' | 'client'>,
  campaign: CampaignRef,
): Promise<Campaign> {
  const workspace = workspaceOf(client);
  const now = await (await ports.bison(workspace)).campaign(workspace, campaign);
  if (now) return now;
  throw new NeedsHuman('CHECK', `The campaign “${campaign.name}” is no longer in ${workspace}.`, {
    todo: 'Look whether somebody deleted or moved it, bring it back, then press "Try again".',
  });
}

/** Holds its title against the ledger. Where they disagree a person decides; by itself the ledger counts. */
export async function agreeOnTitle(
  context: RunContext<Client, CampaignPorts>,
  campaign: Campaign,
  window: RenewalWindow,
): Promise<TitleJudgement> {
  const { ports, client, step } = context;
  const judged = await step('hold the title against the ledger', async () =>
    judgeTitle(campaign.name, window, await ports.evergreen.campaign(client.slug)),
  );
  if (judged.doubt === null) return judged;
  const chosen = await askChoice(context, 'title', {
    question: `${judged.doubt} Attach the window all the same?`,
    facts: [`Campaign: ${campaign.name}`, `Window: ${window.start} to ${window.end}`],
    choices: [
      { value: 'attach', text: 'Attach and rename', style: 'primary' },
      { value: 'stop', text: 'Leave it', style: 'danger' },
    ],
    requiredRole: 'approver',
  });
  if (chosen !== 'attach') throw stopped('The title and the ledger disagree.');
  return judged;
}

const switchWords: Readonly<Record<CampaignSwitch, string>> = {
  plain_text: 'Plain text',
  open_tracking: 'Open tracking',
  reputation_building: 'Reputation building',
  can_unsubscribe: 'The unsubscribe link',
};

/**
 * Switches that Bison does not let one read are turned off by a rename that does not send them: a person says once where they
 * stand. The pages send none.
 */
export async function askSwitches(context: RunContext<Client, CampaignPorts>, campaign: Campaign): Promise<void> {
  const { ports, client, step } = context;
  const workspace = workspaceOf(client);
  const unknown = await step('switches to ask for', async () => {
    const { access } = await ports.bison(workspace);
    const told = (await ports.evergreen.campaign(client.slug))?.told ?? {};
    return access === 'API' ? campaign.unreadable.filter((name) => told[name] === undefined) : [];
  });
  for (const name of unknown) {
    const chosen = await askChoice(context, `switch ${name}`, {
      question: `Is “${switchWords[name]}” (\`${name}\`) on in “${campaign.name}”? Bison’s API does not say, and a rename must send it.`,
      facts: ['Look in the campaign’s settings. It is asked once for this campaign, and sent with each rename.'],
      choices: [
        { value: 'on', text: 'It is on', style: 'primary' },
        { value: 'off', text: 'It is off' },
      ],
      requiredRole: 'operator',
    });
    if (chosen === null) throw stopped(`Nobody said whether “${switchWords[name]}” is on.`);
    await step(`keep ${name}`, () => ports.evergreen.tell(client.slug, { [name]: chosen === 'on' }));
  }
}
