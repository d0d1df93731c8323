import { agencyDay } from '../../calendar/agency-day.ts';
import { InvalidInput } from '../../errors.ts';
import { isMonth, monthTitle } from '../../month.ts';
import { leadLimit } from '../../ports/bison.ts';
import type { MonthKey } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import { windowsOf } from '../../renewal.ts';
import { forClient, Skipped, type InStep, type RunContext } from '../../workflow.ts';
import { count, number } from '../../counting.ts';
import { openWindows } from '../../uploads/due.ts';
import type { UploadFacts } from '../../uploads/facts.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, Month } from '../../vocabulary.ts';
import { inBatches } from '../../in-batches.ts';
import { clear, type Cleared, type ClearPorts } from './clear.ts';
import { countList, uploadList, type ListPorts } from './list.ts';
import { previewUpload, type UploadPreviewPorts } from './preview.ts';

export type UploadPorts = ClearPorts &
  ListPorts &
  UploadPreviewPorts &
  Using<{ bison: true; uploads: 'dropPlanned' | 'ofMonth' | 'waiting' | 'plan'; notices: 'announce' }>;

/** PT4 · Upload to Email Bison: a client's month as a list for each renewal window that is not over. */
export const upload = forClient<'upload', UploadPorts>(async (context) => {
  const { run, ports, client, step } = context;
  const month = run.month;
  if (month === null || !isMonth(month)) throw new InvalidInput(`"${month}" is no renewal month.`);
  if (run.dryRun) {
    const facts = await step('preview', () => previewUpload(context, client, month));
    return { outcome: previewOutcome(facts), upload: facts };
  }
  const key = { client: client.slug, month };
  const cleared = await clear(context, month);
  const planned = await step('plan the lists', () => planLists(context, key));
  context.finished('Check', checkWords(cleared));
  const tell = (lists: UploadFacts['lists']): UploadFacts => ({
    month,
    workspace: workspaceOf(client),
    ...cleared,
    lists,
    over: overWindows(context, month),
  });
  const skipped = async () => {
    const why = await step('why nothing was uploaded', () => nothingToDo(context, key, cleared));
    return new Skipped(why, { upload: tell([]) });
  };
  if (planned.length === 0) throw await skipped();

  await step('prepare the fields', async () => {
    const workspace = workspaceOf(client);
    await (await ports.bison(workspace)).prepareFields(workspace);
  });
  const batches: number[] = [];
  for (const [index, id] of planned.entries()) {
    context.progress({ phase: 'Upload', done: index, of: planned.length, unit: 'lists' });
    if (await uploadList(context, id)) batches.push(id);
  }
  if (batches.length === 0) throw await skipped();
  context.finished('Upload', count(batches.length, 'list'));
  const lists: UploadFacts['lists'] = [];
  for (const [index, id] of batches.entries()) {
    context.progress({ phase: 'Compare', detail: 'what Bison took', done: index, of: batches.length, unit: 'lists' });
    lists.push(await countList(context, id));
  }
  const facts = tell(lists);
  context.finished('Compare', outcomeOf(facts));
  await step('announce', () => ports.notices.announce(run.id, { kind: 'refined data uploaded', facts }));
  return { outcome: outcomeOf(facts), upload: facts };
});

/** Lists whose file may have left (of a run before this one) are finished; what waits beside them becomes new ones. */
async function planLists(context: InStep<Client, UploadPorts>, key: MonthKey): Promise<readonly number[]> {
  const { ports, run, client } = context;
  await ports.uploads.dropPlanned(key);
  const begun = (await ports.uploads.ofMonth(key)).filter(({ state }) => state === 'uploading').map(({ id }) => id);
  const waiting = await ports.uploads.waiting(key);
  const planned: number[] = [];
  for (const window of openWindows(key.month, agencyDay(context.now))) {
    const ids = waiting.filter(({ windowNo }) => windowNo === window.index).map(({ id }) => id);
    for (const leads of inBatches(ids, leadLimit)) {
      const batch = await ports.uploads.plan(key, run.id, { window, workspace: workspaceOf(client), leads });
      if (batch) planned.push(batch.id);
    }
  }
  return [...begun, ...planned];
}

function overWindows({ now }: Pick<RunContext, 'now'>, month: Month): UploadFacts['over'] {
  const open = new Set(openWindows(month, agencyDay(now)).map(({ index }) => index));
  return windowsOf(month).filter(({ index }) => !open.has(index));
}

async function nothingToDo(context: InStep<Client, UploadPorts>, key: MonthKey, cleared: Cleared): Promise<string> {
  const title = monthTitle(key.month);
  if (openWindows(key.month, agencyDay(context.now)).length === 0) return `${title} is over. Nothing was uploaded.`;
  const up = (await context.ports.uploads.ofMonth(key)).reduce((sum, { rows }) => sum + rows, 0);
  if (up > 0) return `Every lead of ${title} is up already: ${number(up)} in lists. Nothing was uploaded.`;
  if (cleared.cleaned > 0) return `No lead of ${title} falls in a window that is not over. Nothing was uploaded.`;
  return `There is no cleaned lead for ${title}: pull it first. Nothing was uploaded.`;
}

function checkWords({ suppressed, asked }: Cleared): string {
  const out =
    suppressed > 0 ? `${count(suppressed, 'lead')} taken out (unsubscribed, bounced or forgotten)` : 'nobody taken out';
  return asked ? out : `${out}; Bison could not be asked who unsubscribed`;
}

function previewOutcome(facts: UploadFacts): string {
  const leads = facts.lists.reduce((sum, { sent }) => sum + sent, 0);
  if (leads === 0) return `There is nothing of ${monthTitle(facts.month)} to upload. Nothing was touched.`;
  return `It would send ${count(leads, 'lead')} in ${count(facts.lists.length, 'list')} to ${facts.workspace}. Nothing was touched.`;
}

function outcomeOf({ lists, workspace }: UploadFacts): string {
  const sent = lists.reduce((sum, list) => sum + list.sent, 0);
  const known = lists.every(({ accepted }) => accepted !== null);
  const accepted = lists.reduce((sum, list) => sum + (list.accepted ?? 0), 0);
  const where = `${count(sent, 'lead')} sent to ${workspace} in ${count(lists.length, 'list')}`;
  return known ? `${where}, ${number(accepted)} accepted.` : `${where}.`;
}
