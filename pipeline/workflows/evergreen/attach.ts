import { Retryable, Unexpected } from '../../errors.ts';
import { leadLimit, type Bison, type Campaign, type PersonId } from '../../ports/bison.ts';
import { refOf, type ListBatch } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import { Skipped, type InStep, type RunContext } from '../../workflow.ts';
import { number } from '../../counting.ts';
import { askChoice } from '../choice.ts';
import { campaignNow } from './campaign.ts';
import type { Client } from '../../vocabulary.ts';

export type AttachPorts = Using<{ bison: true; uploads: 'leads'; settings: 'sync' }>;

/** People of a list who are looked for in a campaign, after a crash: any of them who came says that the list is in. */
const probes = 10;

/** Leads in the campaign; null where Bison does not say. */
export type Totals = { readonly before: number | null; readonly after: number | null };

/**
 * Attaches the lists and waits until the campaign shows their people: its "success" may mean nobody. The run sleeps between
 * two looks. Nobody added is a question.
 *
 * @param people whom the lists hold
 */
export async function attachLists(
  context: RunContext<Client, AttachPorts>,
  campaign: Campaign,
  lists: readonly ListBatch[],
  people: number,
): Promise<Totals> {
  const before = await makeRoom(context, campaign, people);
  for (let turn = 1; ; turn += 1) {
    for (const [done, list] of lists.entries()) {
      context.progress({ phase: 'Attach', detail: list.name ?? '', done, of: lists.length, unit: 'lists' });
      await attachList(context, campaign, list, turn);
    }
    context.progress({ phase: 'Verify', detail: 'waiting for Bison’s sync, up to five minutes' });
    const after = await awaitPeople(context, campaign, before, people, turn);
    if (before === null || after === null || after > before) return { before, after };
    const chosen = await askChoice(context, `nobody was added ${turn}`, {
      question: `Bison said yes, and “${campaign.name}” still holds ${number(after)} leads: nobody was added. What now?`,
      facts: [
        `${number(people)} people are in ${lists.map(({ name }) => name ?? '').join(', ')}. The campaign is ${campaign.status}.`,
        'People who are in it already, in another sequence, bounced or unsubscribed are not added.',
      ],
      choices: [
        { value: 'again', text: 'Attach again', style: 'primary' },
        { value: 'in', text: 'They are in: go on' },
        { value: 'stop', text: 'Leave this window out', style: 'danger' },
      ],
      requiredRole: 'approver',
    });
    if (chosen === 'in') return { before, after };
    if (chosen !== 'again')
      throw new Skipped(`Nobody was added to “${campaign.name}”. Its title was left as it is.`, {});
  }
}

/** 50,000 leads are a campaign's limit: nothing is attached beyond it. Answers the leads it holds now. */
async function makeRoom(
  context: RunContext<Client, AttachPorts>,
  campaign: Campaign,
  people: number,
): Promise<number | null> {
  const { client, step } = context;
  for (let look = 1; ; look += 1) {
    const total = await step(`leads in the campaign ${look}`, () => leadsNow(context, campaign));
    if (total === null || total + people <= leadLimit) return total;
    const chosen = await askChoice(context, `room ${look}`, {
      question: `“${campaign.name}” holds ${number(total)} leads; with ${number(people)} more it would pass Bison’s limit of ${number(leadLimit)}. Nothing was attached. What now?`,
      facts: [
        'Take finished leads out in Bison and press “There is room now”.',
        `Or name another campaign: its id as \`campaignId\` of ${client.slug} in the clients’ YAML, imported. Then leave this window out here, and \`/leadops evergreen ${client.slug}\` attaches it there.`,
      ],
      choices: [
        { value: 'again', text: 'There is room now', style: 'primary' },
        { value: 'stop', text: 'Leave this window out', style: 'danger' },
      ],
      requiredRole: 'approver',
    });
    if (chosen === 'again') continue;
    throw new Skipped(
      `“${campaign.name}” has no room for ${number(people)} leads of ${client.name}. Nothing was attached.`,
      {},
    );
  }
}

async function attachList(
  context: RunContext<Client, AttachPorts>,
  campaign: Campaign,
  batch: ListBatch,
  turn: number,
): Promise<boolean> {
  const { ports, step, once } = context;
  const list = refOf(batch);
  if (list === null) throw new Unexpected(`The list ${batch.id} has no id at Bison.`);
  // People may be in the campaign since an earlier window, so only those who were not there before prove that this list
  // is in.
  const before = await step<readonly PersonId[]>(`who of list ${batch.id} is in already, turn ${turn}`, async () => {
    const bison = await ports.bison(batch.workspace);
    return bison.can.standing ? someThere(context, bison, campaign, batch) : [];
  });
  let refused = false;
  return once(
    `attach list ${batch.id}, turn ${turn}`,
    async () => {
      try {
        await (await ports.bison(batch.workspace)).attach(batch.workspace, campaign, list);
        return true;
      } catch (error) {
        // Bison asked to wait: nothing was done, and there is nothing to look for.
        refused = error instanceof Retryable && error.kind === 'RATE_LIMITED';
        throw error;
      }
    },
    async () => {
      const bison = await ports.bison(batch.workspace);
      // Where nobody can be asked, attaching once more adds nobody twice (pipeline/ports/bison.ts).
      if (refused || !bison.can.standing) return undefined;
      const there = await someThere(context, bison, campaign, batch);
      return there.some((person) => !before.includes(person)) ? true : undefined;
    },
  );
}

/** Of a few people of the list, those who are in the campaign. */
async function someThere(
  { ports }: InStep<Client, AttachPorts>,
  bison: Bison,
  campaign: Campaign,
  batch: ListBatch,
): Promise<readonly PersonId[]> {
  const emails = (await ports.uploads.leads(batch)).map(({ email }) => email);
  return (await bison.standing(batch.workspace, campaign, evenly(emails, probes))).there;
}

/** Leads in the campaign once everybody is in, or the time for it is up. */
async function awaitPeople(
  context: RunContext<Client, AttachPorts>,
  campaign: Campaign,
  before: number | null,
  people: number,
  turn: number,
): Promise<number | null> {
  const { ports, step, until } = context;
  if (before !== null) {
    const all = await until(
      `people in the campaign, turn ${turn}`,
      async () => {
        const total = await leadsNow(context, campaign);
        return total === null || total >= before + people ? { total } : undefined;
      },
      ports.settings.sync,
    );
    if (all) return all.total;
  }
  return step(`leads in the campaign after turn ${turn}`, () => leadsNow(context, campaign));
}

const leadsNow = async (context: InStep<Client, AttachPorts>, campaign: Campaign): Promise<number | null> =>
  (await campaignNow(context, campaign)).totalLeads;

/** A sample, evenly spread over the list. */
function evenly<T>(values: readonly T[], most: number): readonly T[] {
  const stride = Math.max(1, Math.floor(values.length / most));
  return values.filter((_, index) => index % stride === 0).slice(0, most);
}
