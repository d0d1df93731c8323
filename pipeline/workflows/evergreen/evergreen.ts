import { agencyDay } from '../../calendar/agency-day.ts';
import { NeedsHuman } from '../../errors.ts';
import { evergreenTitle } from '../../evergreen-title.ts';
import { leadLimit, type Renamed } from '../../ports/bison.ts';
import type { ListBatch } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import { windowOf } from '../../renewal.ts';
import { shortId } from '../../run.ts';
import { forClient, Skipped, type RunContext, type InStep } from '../../workflow.ts';
import { count, number } from '../../counting.ts';
import { attachable, peopleIn } from '../../uploads/attachable.ts';
import { isLate } from '../../uploads/due.ts';
import type { EvergreenFacts } from '../../uploads/facts.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, RenewalWindow } from '../../vocabulary.ts';
import { askChoice } from '../choice.ts';
import { attachLists, type AttachPorts, type Totals } from './attach.ts';
import { agreeOnTitle, askSwitches, findCampaign, type CampaignPorts } from './campaign.ts';
import { previewEvergreen, type EvergreenPreviewPorts } from './preview.ts';
import { renameTo, type RenamePorts } from './rename.ts';

export type EvergreenPorts = CampaignPorts &
  AttachPorts &
  RenamePorts &
  EvergreenPreviewPorts &
  Using<{
    evergreen: 'take' | 'ofWindow' | 'leaveOut' | 'attached';
    notices: 'facts' | 'tellApprovers';
    settings: 'sync' | 'catchUpDays';
  }>;

/** PT5 · Evergreen: the lists of one window into the client's campaign, and its title after them. */
export const evergreen = forClient<'evergreen', EvergreenPorts>(async (context, { window: start, again }) => {
  const { run, ports, client, step } = context;
  const window = windowOf(start);
  if (run.dryRun) {
    const facts = await step('preview', () => previewEvergreen(context, client, window));
    return { outcome: previewOutcome(facts), evergreen: facts };
  }
  context.progress({ phase: 'Evergreen', detail: 'looking at the lists and the campaign' });
  await listsToAttach(context, window, again);
  // The campaign is taken only after the question, so that a run that waits for an answer does not block it for others.
  await takeCampaign(context);
  const lists = await listsNow(context, window, again);
  const campaign = await findCampaign(context);
  const judged = await agreeOnTitle(context, campaign, window);
  await askSwitches(context, campaign);
  const people = lists.reduce((sum, list) => sum + peopleIn(list), 0);
  let facts: EvergreenFacts = {
    window,
    workspace: workspaceOf(client),
    campaign: campaign.name,
    from: campaign.name,
    to: evergreenTitle(judged.titleWindow),
    lists: lists.map((list) => ({ name: list.name ?? '', people: peopleIn(list) })),
    totalBefore: null,
    totalAfter: null,
    added: null,
    kept: [],
    changed: [],
    unconfirmed: [],
    notes: judged.note === null ? [] : [judged.note],
  };
  await step('tell the plan', () => ports.notices.facts(run.id, { evergreen: facts }));
  context.finished('Campaign', `“${campaign.name}”`);

  const totals = await attachLists(context, campaign, lists, people);
  facts = withTotals(facts, totals, people);
  context.finished('Attach', attachWords(facts, people));

  context.progress({ phase: 'Rename', detail: facts.to ?? '' });
  const renamed = await renameTo(context, campaign, judged.titleWindow);
  facts = withTitle(facts, renamed);
  await step('write the ledger', () =>
    ports.evergreen.attached(
      run.id,
      client.slug,
      lists.map(({ id }) => id),
      {
        windowStart: window.start,
        titleWindow: judged.titleWindow.start,
        campaignId: campaign.id,
        titleBefore: campaign.name,
        titleAfter: facts.to ?? campaign.name,
        totalBefore: facts.totalBefore,
        totalAfter: facts.totalAfter,
        added: facts.added,
      },
    ),
  );
  context.finished('Rename', renameWords(renamed, facts));
  await warn(context, facts, people);
  return { outcome: outcomeOf(facts), evergreen: facts };
});

/** Windows of a client go into its campaign one after the other. */
async function takeCampaign({
  run,
  ports,
  client,
  until,
  step,
  progress,
}: RunContext<Client, EvergreenPorts>): Promise<void> {
  const mine = await until(
    `the campaign is free, attempt ${run.attempt}`,
    async () => {
      const holder = await ports.evergreen.take(client.slug, run.id);
      if (holder === run.id) return true;
      progress({ phase: 'Evergreen', detail: `run ${shortId(holder)} is at the campaign: this one comes after it` });
      return undefined;
    },
    { everyMs: ports.settings.sync.everyMs, atMostMs: 7 * 86_400_000 },
  );
  if (mine) return;
  const holder = await step(`who has the campaign, attempt ${run.attempt}`, () =>
    ports.evergreen.take(client.slug, run.id),
  );
  if (holder === run.id) return;
  throw new NeedsHuman('CHECK', `Run ${shortId(holder)} has been at this campaign for a week.`, {
    todo: 'Answer its question or cancel it, then press "Try again".',
  });
}

/** Whether there are lists of the window that are up and in no campaign. An old window is a person's to decide. */
async function listsToAttach(
  context: RunContext<Client, EvergreenPorts>,
  window: RenewalWindow,
  again: boolean,
): Promise<void> {
  const { ports, client, step, now } = context;
  const lists = await step('lists of the window', () => listsOf(context, window, again));
  const days = `${window.start} to ${window.end}`;
  if (lists.length === 0) {
    throw new Skipped(await step('why there is none', () => whyNone(context, window, days)), {});
  }
  if (lists.every((list) => peopleIn(list) === 0)) {
    throw new Skipped(`Bison took nobody of the list of ${days}. Nothing was attached.`, {});
  }
  if (!isLate(window, agencyDay(now), ports.settings.catchUpDays)) return;
  const chosen = await askChoice(context, 'late', {
    question: `The window ${days} begins in less than ${ports.settings.catchUpDays} days, and its list is in no campaign yet. Attach it now?`,
    facts: lists.map((list) => `${list.name ?? ''}: ${count(peopleIn(list), 'lead')}`),
    choices: [
      { value: 'attach', text: 'Attach it', style: 'primary' },
      { value: 'leave', text: 'Leave it out for good', style: 'danger' },
    ],
    requiredRole: 'approver',
  });
  if (chosen === 'attach') return;
  if (chosen === 'leave') {
    await step('leave it out', () =>
      ports.evergreen.leaveOut(
        client.slug,
        lists.map(({ id }) => id),
      ),
    );
    throw new Skipped(`The window ${days} stays out of the campaign, as decided.`, {});
  }
  throw new Skipped(`Nobody decided about the late window ${days}. Nothing was attached.`, {});
}

async function listsOf(
  { ports, client }: InStep<Client, EvergreenPorts>,
  window: RenewalWindow,
  again: boolean,
): Promise<ListBatch[]> {
  const all = await ports.evergreen.ofWindow(client.slug, window.start);
  return attachable(all, again);
}

/** Another run may have attached the lists, or taken them back, while this one waited for the campaign. */
async function listsNow(
  context: RunContext<Client, EvergreenPorts>,
  window: RenewalWindow,
  again: boolean,
): Promise<readonly ListBatch[]> {
  const lists = await context.step('lists, the campaign in hand', () => listsOf(context, window, again));
  if (lists.length > 0) return lists;
  const days = `${window.start} to ${window.end}`;
  throw new Skipped(await context.step('why none is left', () => whyNone(context, window, days)), {});
}

async function whyNone(
  { ports, client }: InStep<Client, EvergreenPorts>,
  window: RenewalWindow,
  days: string,
): Promise<string> {
  const all = await ports.evergreen.ofWindow(client.slug, window.start);
  if (all.some(({ state }) => state === 'uploading'))
    return `The upload of ${days} is not finished. Nothing was attached.`;
  if (all.some(({ state }) => state === 'undone')) {
    return `The window ${days} was taken back: only "Attach again" on its card attaches it. Nothing was attached.`;
  }
  if (all.some(({ state }) => state === 'attached'))
    return `The window ${days} is in the campaign already. Nothing was attached.`;
  return `No list of ${days} is up: PT4 comes first. Nothing was attached.`;
}

function withTotals(facts: EvergreenFacts, { before, after }: Totals, people: number): EvergreenFacts {
  const added = before === null || after === null ? null : after - before;
  const notes = [...facts.notes];
  if (added === null)
    notes.push('Bison does not show how many leads the campaign holds: nobody can say how many were added.');
  else if (added < people) {
    notes.push(
      `${number(people - added)} of ${number(people)} were not added: they are in it already or in another sequence, bounced or unsubscribed, or Bison is not done.`,
    );
  } else if (added > people)
    notes.push(`${number(added - people)} more than the lists hold: somebody else added people, too.`);
  return { ...facts, totalBefore: before, totalAfter: after, added, notes };
}

function withTitle(facts: EvergreenFacts, renamed: Renamed | null): EvergreenFacts {
  if (renamed === null) return facts;
  return { ...facts, kept: [...renamed.kept], changed: [...renamed.changed], unconfirmed: [...renamed.unconfirmed] };
}

/** What must not wait until somebody reads the card. */
async function warn(
  { run, ports, client, step }: RunContext<Client, EvergreenPorts>,
  facts: EvergreenFacts,
  people: number,
): Promise<void> {
  if (facts.changed.length > 0) {
    const what = facts.changed
      .map(({ setting, was, is }) => `${setting} was ${was} and is ${is ?? 'not shown'}`)
      .join('; ');
    await step('tell what changed', () =>
      ports.notices.tellApprovers(
        run.id,
        'settings changed',
        `⚠️ Renaming “${facts.to ?? ''}” changed its settings: ${what}. Please set them back in Bison.`,
      ),
    );
  }
  const total = facts.totalAfter;
  if (total !== null && total + people > leadLimit) {
    await step('tell that it is nearly full', () =>
      ports.notices.tellApprovers(
        run.id,
        'nearly full',
        `⚠️ ${client.name}’s evergreen campaign holds ${number(total)} of ${number(leadLimit)} leads: another window of this size does not fit.`,
      ),
    );
  }
}

function attachWords({ added, lists }: EvergreenFacts, people: number): string {
  return added === null ? count(lists.length, 'list') : `${number(added)} of ${count(people, 'lead')} added`;
}

function renameWords(renamed: Renamed | null, { to, kept, unconfirmed }: EvergreenFacts): string {
  if (renamed === null) return `its title stays “${to ?? ''}”`;
  const open = unconfirmed.length > 0 ? `, ${unconfirmed.join(', ')} unconfirmed` : '';
  return `“${to ?? ''}”, ${count(kept.length, 'setting')} kept${open}`;
}

function outcomeOf({ added, lists, to }: EvergreenFacts): string {
  const who = added === null ? count(lists.length, 'list') : count(added, 'lead');
  return `${who} added; the campaign is “${to ?? ''}”.`;
}

function previewOutcome({ lists, campaign, to, workspace }: EvergreenFacts): string {
  const people = lists.reduce((sum, list) => sum + list.people, 0);
  if (lists.length === 0) return 'There is nothing to attach. Nothing was touched.';
  return `It would attach ${count(people, 'lead')} to “${campaign ?? '?'}” in ${workspace} and call it “${to ?? ''}”. Nothing was touched.`;
}
