import { NeedsHuman } from '../../errors.ts';
import { uploadFields, type LeadList, type ListId, type Workspace } from '../../ports/bison.ts';
import { refOf, type ListBatch } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import type { RunContext, InStep } from '../../workflow.ts';
import { uploadCells } from '../../uploads/cells.ts';
import { count, number } from '../../counting.ts';
import type { ListFacts } from '../../uploads/facts.ts';
import { isPersonal } from '../../uploads/personal-domains.ts';
import { explainShortfall } from '../../uploads/shortfall.ts';
import { takeOut, type TakeOutPorts } from './clear.ts';
import { freeName } from './name.ts';
import type { Client } from '../../vocabulary.ts';

export type ListPorts = TakeOutPorts &
  Using<{
    bison: true;
    uploads: 'get' | 'made' | 'dropEmpty' | 'begin' | 'counted' | 'leads' | 'suppressIn';
    csv: 'write';
    files: 'temporary' | 'remove';
    settings: 'pollMs';
  }>;

/** Bison looks at a large list for minutes; what it has not counted by then is said to be open. */
const countingMs = 30 * 60_000;

/**
 * A list goes up once: its name is chosen and written down first, and after a crash it is looked for by that name.
 * @returns false where nobody was left in it: there is no such list
 */
export async function uploadList(context: RunContext<Client, ListPorts>, batchId: number): Promise<boolean> {
  const { ports, step, once } = context;
  await step(`name list ${batchId}`, () => nameList(context, batchId));
  const listId = await once(
    `upload list ${batchId}`,
    async () => {
      const batch = await ports.uploads.get(batchId);
      // A list begun by an earlier run may have been uploaded already.
      const there = batch.runId === context.run.id ? undefined : await findOurs(context, batch);
      return there ?? send(context, batch);
    },
    async () => findOurs(context, await ports.uploads.get(batchId)),
  );
  await step(`record list ${batchId}`, () =>
    listId === null ? ports.uploads.dropEmpty(batchId) : ports.uploads.made(batchId, listId),
  );
  return listId !== null;
}

async function nameList({ ports }: InStep<Client, ListPorts>, batchId: number): Promise<string> {
  const batch = await ports.uploads.get(batchId);
  // The list has a name already, and its file may have been sent under it.
  if (batch.name !== null) return batch.name;
  const bison = await ports.bison(batch.workspace);
  const { name, others } = await freeName(bison, batch.workspace, batch.window, batch.part);
  await ports.uploads.begin(batchId, { name, rows: batch.rows });
  if (others.length > 0) await ports.uploads.counted(batchId, { accepted: null, failed: null, note: taken(others) });
  return name;
}

function taken(others: readonly Pick<LeadList, 'name' | 'createdAt'>[]): string {
  const [first] = others;
  const since = first?.createdAt ? `, of ${first.createdAt.slice(0, 10)}` : '';
  return `a list “${first?.name ?? ''}”${since} was there already and is not mine: it stays as it is`;
}

/** Bison has no such list yet. Null: nobody is left to be sent. */
async function send(context: InStep<Client, ListPorts>, batch: ListBatch): Promise<ListId | null> {
  const { ports, run } = context;
  await clearList(context, batch);
  const leads = await ports.uploads.leads(batch);
  if (leads.length === 0) return null;
  const path = await ports.files.temporary(`${run.id} list ${batch.id}.csv`);
  try {
    await ports.csv.write(path, [...uploadFields], leads.map(uploadCells));
    const bison = await ports.bison(batch.workspace);
    const list = await bison.upload(batch.workspace, { name: nameOf(batch), csvPath: path, rows: leads.length });
    return list.id;
  } finally {
    await ports.files.remove(path);
  }
}

/** A list may wait for days between its plan and its file: nobody is in it who must not be written to by now. */
async function clearList(context: InStep<Client, ListPorts>, batch: ListBatch): Promise<void> {
  const { ports } = context;
  const leads = await ports.uploads.leads(batch);
  const gone = await ports.suppressions.among(leads.map(({ email }) => email));
  const emails = leads.map(({ email }) => email).filter((email) => gone.has(email));
  const left = await ports.uploads.suppressIn(batch.id, emails);
  if (left === null || emails.length === 0) return;
  const words = `${count(emails.length, 'lead')} left it before it was sent: unsubscribed, bounced or forgotten`;
  const note = batch.note === null ? words : `${batch.note}; ${words}`;
  await ports.uploads.counted(batch.id, { accepted: null, failed: null, note });
  // The month now has fewer cleaned leads, so leads of the reserve take their places; they go up with the next upload.
  await takeOut(context, batch.month);
}

/** The name was free when it was chosen: whatever bears it now is ours. */
async function findOurs({ ports }: InStep<Client, ListPorts>, batch: ListBatch): Promise<ListId | undefined> {
  if (batch.listId !== null) return batch.listId;
  const name = nameOf(batch);
  const found = await (await ports.bison(batch.workspace)).findLists(batch.workspace, name);
  if (found.length > 1) {
    throw new NeedsHuman(
      'UPLOAD',
      `Bison has ${found.length} lists named “${name}”, and one of them should be there.`,
      {
        todo: 'Delete or rename all but the one with the leads of this window, then press "Try again".',
        facts: { list: name, lists: found.length },
      },
    );
  }
  return found[0]?.id;
}

/** Waits until Bison has looked at every row, and compares. Answers what the message says of the list. */
export async function countList(context: RunContext<Client, ListPorts>, batchId: number): Promise<ListFacts> {
  const { ports, step, until } = context;
  const looked = await until(`count list ${batchId}`, () => look(context, batchId), {
    everyMs: ports.settings.pollMs,
    atMostMs: countingMs,
  });
  return step(`compare list ${batchId}`, async () => {
    const batch = await ports.uploads.get(batchId);
    const personal = (await ports.uploads.leads(batch)).filter(({ email }) => isPersonal(email)).length;
    const why = looked
      ? explainShortfall({
          sent: batch.rows,
          accepted: looked.succeeded,
          failed: looked.failed,
          errors: looked.errors,
          personal,
        })
      : 'Bison is still counting.';
    const note = [batch.note, why].filter((part) => part !== null).join('; ');
    const accepted = looked?.succeeded ?? null;
    await ports.uploads.counted(batchId, { accepted, failed: looked?.failed ?? null, note: note === '' ? null : note });
    return listFacts({ ...batch, accepted, note: note === '' ? null : note }, true);
  });
}

type Look = Pick<LeadList, 'succeeded' | 'failed' | 'errors'>;

async function look({ ports }: InStep<Client, ListPorts>, batchId: number): Promise<Look | undefined> {
  const batch = await ports.uploads.get(batchId);
  const ref = refOf(batch);
  const list = ref && (await (await ports.bison(batch.workspace)).list(batch.workspace, ref));
  if (!list) throw gone(batch.workspace, nameOf(batch), batch.rows);
  if (list.status === 'failed') {
    throw new NeedsHuman('UPLOAD', `Bison could not process the list “${list.name}”. ${list.errors.join(' ')}`.trim(), {
      todo: 'Have it processed again in Bison, or look what is wrong with it, then press "Try again".',
    });
  }
  return list.status === 'processed'
    ? { succeeded: list.succeeded, failed: list.failed, errors: list.errors }
    : undefined;
}

function gone(workspace: Workspace, name: string, rows: number): NeedsHuman {
  return new NeedsHuman('UPLOAD', `The list “${name}” with ${number(rows)} leads is no longer in ${workspace}.`, {
    todo: 'Look whether somebody deleted or renamed it, bring it back, then press "Try again".',
  });
}

function listFacts(batch: ListBatch, fresh: boolean): ListFacts {
  const { window, part, rows, accepted, note } = batch;
  return { window, name: nameOf(batch), part, sent: rows, accepted, note, fresh };
}

const nameOf = (batch: ListBatch): string => batch.name ?? '';
