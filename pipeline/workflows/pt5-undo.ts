import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import { detachLimit, type Campaign, type PersonId } from '../ports/bison.ts';
import type { Attachment, ListBatch } from '../ports/uploads.ts';
import { windowOf } from '../renewal.ts';
import { forClient, type RunContext, type Workflow } from '../run.ts';
import { count, number } from '../counting.ts';
import type { UndoFacts } from '../uploads/facts.ts';
import { workspaceOf } from '../uploads/workspace.ts';
import { inBatches } from './in-batches.ts';
import { campaignNow } from './pt5-campaign.ts';
import { giveTitle } from './pt5-rename.ts';

export const UndoArgs = z.object({
  /** The run of PT5 that is taken back. */
  of: z.string(),
});

/** Undo of PT5: people out where Bison has a way, the title back, and the window marked, so that no schedule takes it up again. */
export const undoEvergreen: Workflow = forClient(async (context) => {
  const { run, ports, client, step } = context;
  const { of } = UndoArgs.parse(run.args);
  context.progress({ phase: 'Undo', detail: 'looking whether the campaign is as it was left' });
  const attachment = await step('what was attached', () => ports.evergreen.attachment(of));
  if (!attachment || attachment.client !== client.slug) {
    throw new InvalidInput(`Run ${of.slice(0, 8)} attached nothing. Nothing was undone.`);
  }
  const campaign = await step('campaign before the undo', () =>
    campaignNow(context, { id: attachment.campaignId, name: attachment.titleAfter }),
  );
  refuseOther(attachment, campaign);
  const holder = await step(`take the campaign, attempt ${run.attempt}`, () =>
    ports.evergreen.take(client.slug, run.id),
  );
  if (holder !== run.id) {
    throw new InvalidInput(`Run ${holder.slice(0, 8)} is at this campaign. Nothing was undone.`, {
      todo: 'Wait until it is over, or cancel it, then retry.',
    });
  }
  const lists = await step('lists to take out', () => ports.evergreen.attachedBy(of));
  const people = await takeOut(context, campaign, lists);
  context.progress({ phase: 'Undo', detail: `giving the campaign its title “${attachment.titleBefore}” back` });
  const renamed = await giveTitle(context, campaign, attachment.titleBefore);
  const total = await step('leads after the undo', async () => {
    const now = await campaignNow(context, { id: campaign.id, name: attachment.titleBefore });
    return now.totalLeads;
  });
  await step('write the undo', () => ports.evergreen.undone(of, run.requestedBy ?? 'the calendar', total));
  await step('show it on the card', () => ports.say.facts(of, { undone: { by: run.requestedBy, run: run.id } }));
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

type Taken = { readonly taken: number; readonly left: readonly string[] };

async function takeOut(context: RunContext, campaign: Campaign, lists: readonly ListBatch[]): Promise<Taken> {
  const { ports, client, step, once } = context;
  const workspace = workspaceOf(client);
  const can = await step('what Bison lets one do', async () => (await ports.bison(workspace)).can);
  if (!can.detach || !can.standing) {
    const held = lists.reduce((sum, { accepted, rows }) => sum + (accepted ?? rows), 0);
    return {
      taken: 0,
      left: [
        `The ${count(held, 'lead')} of the window stay in the campaign: Bison’s pages have no known way to take them out. Please do it by hand.`,
      ],
    };
  }
  let taken = 0;
  let contacted = 0;
  for (const list of lists) {
    context.progress({ phase: 'Undo', detail: `taking out ${list.name ?? ''}` });
    const standing = async (): Promise<{ there: readonly PersonId[]; contacted: number }> => {
      const emails = (await ports.uploads.leads(list)).map(({ email }) => email);
      return (await ports.bison(workspace)).standing(workspace, campaign, emails);
    };
    const there = await step(`who of list ${list.id} is in`, standing);
    contacted += there.contacted;
    for (const [part, some] of inBatches(there.there, detachLimit).entries()) {
      await once(
        `take out list ${list.id}, part ${part + 1}`,
        async () => {
          await (await ports.bison(workspace)).detach(workspace, campaign, some);
          return some.length;
        },
        async () => {
          const still = new Set((await standing()).there);
          return some.some((person) => still.has(person)) ? undefined : some.length;
        },
      );
      taken += some.length;
    }
  }
  const left = contacted > 0 ? [`${count(contacted, 'lead')} had been written to already: that stays.`] : [];
  return { taken, left };
}

function outcomeOf({ window, title, taken, left }: UndoFacts): string {
  const out = taken > 0 ? `${count(taken, 'lead')} taken out of the campaign. ` : '';
  return `${out}It is “${title}” again; ${window.start} to ${window.end} is attached only by "Attach again". ${left.join(' ')}`.trim();
}
