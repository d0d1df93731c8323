import { InvalidInput } from '../../errors.ts';
import { detachLimit, type Campaign, type PersonId, type Standing } from '../../ports/bison.ts';
import type { Attachment, ListBatch } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import { windowOf } from '../../renewal.ts';
import { shortId } from '../../run.ts';
import { forClient, Skipped, type RunContext, type InStep } from '../../workflow.ts';
import { count, number } from '../../counting.ts';
import type { UndoFacts } from '../../uploads/facts.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import { askChoice } from '../choice.ts';
import { inBatches } from '../../in-batches.ts';
import { campaignNow } from './campaign.ts';
import { giveTitle, type RenamePorts } from './rename.ts';
import type { Client } from '../../vocabulary.ts';

export type UndoPorts = RenamePorts &
  Using<{
    bison: true;
    uploads: 'leads';
    evergreen: 'attachment' | 'attachedBy' | 'take' | 'undone' | 'campaign';
    notices: 'facts';
  }>;

/** Undo of PT5: people out where Bison has a way, the title back, and the window marked, so that no schedule takes it up again. */
export const undoEvergreen = forClient<'evergreen-undo', UndoPorts>(async (context, { of }) => {
  const { run, ports, client, step } = context;
  context.progress({ phase: 'Undo', detail: 'looking whether the campaign is as it was left' });
  const attachment = await step('what was attached', () => ports.evergreen.attachment(of));
  if (!attachment || attachment.client !== client.slug) {
    throw new InvalidInput(`Run ${shortId(of)} attached nothing. Nothing was undone.`);
  }
  const campaign = await step('campaign before the undo', () =>
    campaignNow(context, { id: attachment.campaignId, name: attachment.titleAfter }),
  );
  refuseOther(attachment, campaign);
  await refuseUntold(context, campaign);
  const lists = await step('lists to take out', () => ports.evergreen.attachedBy(of));
  // Asked before the campaign is taken, so that a run that waits for an answer does not block it for others.
  const leaving = await whoLeaves(context, campaign, lists, attachment.added);
  const holder = await step(`take the campaign, attempt ${run.attempt}`, () =>
    ports.evergreen.take(client.slug, run.id),
  );
  if (holder !== run.id) {
    throw new InvalidInput(`Run ${shortId(holder)} is at this campaign. Nothing was undone.`, {
      todo: 'Wait until it is over, or cancel it, then retry.',
    });
  }
  const now = await step('campaign in hand', () => campaignNow(context, campaign));
  refuseOther(attachment, now);
  const people = await takeOut(context, campaign, leaving);
  context.progress({ phase: 'Undo', detail: `giving the campaign its title “${attachment.titleBefore}” back` });
  const renamed = await giveTitle(context, campaign, attachment.titleBefore);
  const total = await step('leads after the undo', async () => {
    const now = await campaignNow(context, { id: campaign.id, name: attachment.titleBefore });
    return now.totalLeads;
  });
  await step('write the undo', () => ports.evergreen.undone(of, run.requestedBy ?? 'the calendar', total));
  await step('show it on the card', () => ports.notices.facts(of, { undone: { by: run.requestedBy, run: run.id } }));
  const left = [
    ...people.left,
    ...(renamed?.unconfirmed ?? []).map((name) => `Whether ${name} kept its position cannot be read.`),
    ...(renamed?.changed ?? []).map(({ setting }) => `${setting} changed with the title: please look at it in Bison.`),
  ];
  const facts: UndoFacts = {
    window: windowOf(attachment.windowStart),
    title: attachment.titleBefore,
    taken: people.taken,
    left,
  };
  return { outcome: outcomeOf(facts), undo: facts };
});

/** Somebody worked at the campaign since: what is taken back might be theirs. */
function refuseOther({ titleAfter, totalAfter }: Attachment, { name, totalLeads }: Campaign): void {
  if (name !== titleAfter) {
    throw new InvalidInput(
      `The campaign is called “${name}” by now, and I left it as “${titleAfter}”. Nothing was undone.`,
      {
        todo: 'Undo what came after it first, or do it by hand in Bison.',
      },
    );
  }
  if (totalAfter !== null && totalLeads !== null && totalLeads !== totalAfter) {
    throw new InvalidInput(
      `The campaign holds ${number(totalLeads)} leads by now, and I left it with ${number(totalAfter)}. Nothing was undone.`,
      { todo: 'Look who added or removed people, then do it by hand in Bison.' },
    );
  }
}

/** Switches that cannot be read were told of the campaign the ledger has now: of another one nobody knows them any more. */
async function refuseUntold({ ports, client, step }: RunContext<Client, UndoPorts>, campaign: Campaign): Promise<void> {
  const untold = await step('whether it can be renamed', async () => {
    const { access } = await ports.bison(workspaceOf(client));
    const ledger = await ports.evergreen.campaign(client.slug);
    return access === 'API' && campaign.unreadable.length > 0 && ledger?.campaignId !== campaign.id;
  });
  if (!untold) return;
  throw new InvalidInput(
    `“${campaign.name}” is no longer the evergreen campaign of ${client.name}, and a rename would turn off ${campaign.unreadable.join(', ')}. Nothing was undone.`,
    { todo: 'Take the leads out and rename the campaign by hand in Bison.' },
  );
}

/** Whom to take out, list by list; `left`: what stays, in words. */
type Leaving = {
  readonly lists: readonly { readonly list: ListBatch; readonly people: readonly PersonId[] }[];
  readonly left: readonly string[];
};

/**
 * Everybody of the lists who stands in the campaign, where that is nobody more than the attach added. Whoever stood in it before
 * would lose their history for good, and Bison does not say who that is: then an approver decides.
 */
async function whoLeaves(
  context: RunContext<Client, UndoPorts>,
  campaign: Campaign,
  lists: readonly ListBatch[],
  added: number | null,
): Promise<Leaving> {
  const { ports, client, step, progress } = context;
  const workspace = workspaceOf(client);
  const can = await step('what Bison lets one do', async () => (await ports.bison(workspace)).can);
  if (!can.detach || !can.standing) {
    const held = lists.reduce((sum, { accepted, rows }) => sum + (accepted ?? rows), 0);
    return {
      lists: [],
      left: [
        `The ${count(held, 'lead')} of the window stay in the campaign: Bison’s pages have no known way to take them out. Please do it by hand.`,
      ],
    };
  }
  const found: { list: ListBatch; people: readonly PersonId[] }[] = [];
  let contacted = 0;
  for (const list of lists) {
    progress({ phase: 'Undo', detail: `looking who of ${list.name ?? ''} is in the campaign` });
    const standing = await step(`who of list ${list.id} is in`, () => standingOf(context, campaign, list));
    contacted += standing.contacted;
    found.push({ list, people: standing.there });
  }
  const all = found.reduce((sum, { people }) => sum + people.length, 0);
  const written = contacted > 0 ? [`${count(contacted, 'lead')} had been written to already: that stays.`] : [];
  if (all === 0 || (added !== null && all <= added)) return { lists: found, left: written };
  const chosen = await askChoice(context, 'who leaves', {
    question: `${count(all, 'lead')} of the window ${all === 1 ? 'stands' : 'stand'} in “${campaign.name}”, and ${added === null ? 'nobody can say how many' : number(added)} came with this window. Take all of them out?`,
    facts: [
      'Whoever was in the campaign before leaves it too, and their history in it is deleted for good.',
      ...written,
    ],
    choices: [
      { value: 'leave', text: 'Leave them in, title back', style: 'primary' },
      { value: 'all', text: 'Take all of them out', style: 'danger' },
      { value: 'stop', text: 'Undo nothing' },
    ],
    requiredRole: 'approver',
  });
  if (chosen === 'all') return { lists: found, left: written };
  if (chosen === 'leave')
    return { lists: [], left: [`The ${count(all, 'lead')} of the window stay in the campaign, as decided.`] };
  throw new Skipped(`${chosen === null ? 'Nobody decided who leaves the campaign. ' : ''}Nothing was undone.`, {});
}

async function standingOf(
  { ports, client }: InStep<Client, UndoPorts>,
  campaign: Campaign,
  list: ListBatch,
): Promise<Standing> {
  const workspace = workspaceOf(client);
  const emails = (await ports.uploads.leads(list)).map(({ email }) => email);
  return (await ports.bison(workspace)).standing(workspace, campaign, emails);
}

type Taken = { readonly taken: number; readonly left: readonly string[] };

async function takeOut(
  context: RunContext<Client, UndoPorts>,
  campaign: Campaign,
  { lists, left }: Leaving,
): Promise<Taken> {
  const { ports, client, once } = context;
  const workspace = workspaceOf(client);
  let taken = 0;
  for (const { list, people } of lists) {
    context.progress({ phase: 'Undo', detail: `taking out ${list.name ?? ''}` });
    for (const [part, some] of inBatches(people, detachLimit).entries()) {
      await once(
        `take out list ${list.id}, part ${part + 1}`,
        async () => {
          await (await ports.bison(workspace)).detach(workspace, campaign, some);
          return some.length;
        },
        async () => {
          const still = new Set((await standingOf(context, campaign, list)).there);
          return some.some((person) => still.has(person)) ? undefined : some.length;
        },
      );
      taken += some.length;
    }
  }
  return { taken, left };
}

function outcomeOf({ window, title, taken, left }: UndoFacts): string {
  const out = taken > 0 ? `${count(taken, 'lead')} taken out of the campaign. ` : '';
  return `${out}It is “${title}” again; ${window.start} to ${window.end} is attached only by "Attach again". ${left.join(' ')}`.trim();
}
