import { agencyDay } from '../../calendar/agency-day.ts';
import { count } from '../../counting.ts';
import { leadLimit, type Bison, type Workspace } from '../../ports/bison.ts';
import type { ListBatch, OpenLead } from '../../ports/uploads.ts';
import type { Using } from '../../ports/using.ts';
import { windowsOf } from '../../renewal.ts';
import type { InStep } from '../../workflow.ts';
import { evenSample } from '../../sampling.ts';
import { targetOf } from '../../target.ts';
import { inTurns } from '../../turns.ts';
import { openWindows } from '../../uploads/due.ts';
import type { ListFacts, UploadFacts } from '../../uploads/facts.ts';
import { workspaceOf } from '../../uploads/workspace.ts';
import type { Client, Month, RenewalWindow, Zip } from '../../vocabulary.ts';
import { inBatches } from '../../in-batches.ts';
import { freeName } from './name.ts';

export type UploadPreviewPorts = Using<{
  bison: true;
  uploads: 'open' | 'ofMonth' | 'leads';
  leads: 'cleaned' | 'counts';
  suppressions: 'among';
}>;

/**
 * What PT4 would send where, and nothing else: Bison is only read, and our own rows stay as they are. Who is sent is chosen as
 * PT4 chooses, in memory (clear.ts, ../pull/keep-reserve.ts).
 */
export async function previewUpload(
  reach: Pick<InStep<Client | null, UploadPreviewPorts>, 'ports' | 'now'>,
  client: Client,
  month: Month,
): Promise<UploadFacts> {
  const { ports, now } = reach;
  const key = { client: client.slug, month };
  const workspace = workspaceOf(client);
  const bison = await ports.bison(workspace);
  const known = await bison.suppressed(workspace);
  const atBison = new Set([...(known?.unsubscribed ?? []), ...(known?.bounced ?? [])]);
  const goneOf = async (emails: readonly string[]): Promise<ReadonlySet<string>> => {
    const listed = await ports.suppressions.among(emails);
    return new Set(emails.filter((email) => atBison.has(email) || listed.has(email)));
  };
  const open = await ports.uploads.open(key);
  const chosen = await chooseLeads(open, await goneOf(open.map(({ email }) => email)), {
    ...key,
    places: targetOf(client) - ((await ports.leads.cleaned({ ...key, filtersKey: '' })).length - open.length),
  });
  const batches = (await ports.uploads.ofMonth(key)).filter(({ state }) => state !== 'planned');
  const lists: ListFacts[] = [];
  let left = 0;
  for (const batch of batches.filter(({ state }) => state === 'uploading')) {
    const begun = await finishBegun(reach, bison, batch, goneOf);
    left += begun.left;
    if (begun.list.sent > 0) lists.push(begun.list);
  }
  const windows = openWindows(month, agencyDay(now));
  for (const window of windows) {
    const parts = batches.filter((batch) => batch.window.index === window.index).map(({ part }) => part);
    const leads = chosen.kept.filter(({ windowNo }) => windowNo === window.index);
    for (const [more, some] of inBatches(leads, leadLimit).entries()) {
      lists.push(await newList(bison, workspace, window, Math.max(0, ...parts) + 1 + more, some.length));
    }
  }
  const counts = await ports.leads.counts({ ...key, filtersKey: '' });
  const suppressed = chosen.suppressed + left;
  return {
    month,
    workspace,
    target: targetOf(client),
    cleaned: (counts.cleaned ?? 0) - suppressed,
    reserve: chosen.reserve,
    lists,
    suppressed,
    asked: known !== null,
    over: windowsOf(month).filter(({ index }) => !windows.some((window) => window.index === index)),
  };
}

type Chosen = { readonly kept: readonly OpenLead[]; readonly reserve: number; readonly suppressed: number };

/** Whoever leaves makes room for somebody of the reserve, who is looked at too. */
async function chooseLeads(
  open: readonly OpenLead[],
  gone: ReadonlySet<string>,
  { places, client, month }: { readonly places: number; readonly client: string; readonly month: Month },
): Promise<Chosen> {
  let leads = open;
  for (;;) {
    const { reserve } = await inTurns(
      evenSample(
        // A cleaned lead has a ZIP of five digits: without one it was quarantined.
        leads.map(({ id, zip }) => ({ id: String(id), zip: zip as Zip })),
        Math.max(0, places),
        { client, month },
      ),
    );
    const later = new Set(reserve.map(Number));
    const kept = leads.filter(({ id }) => !later.has(id));
    const leaving = new Set(kept.filter(({ email }) => gone.has(email)).map(({ id }) => id));
    if (leaving.size === 0) return { kept, reserve: reserve.length, suppressed: open.length - leads.length };
    leads = leads.filter(({ id }) => !leaving.has(id));
  }
}

/** A list of a run before, whose file may have left: it is finished first. */
async function finishBegun(
  { ports }: Pick<InStep<Client | null, UploadPreviewPorts>, 'ports' | 'now'>,
  bison: Bison,
  batch: ListBatch,
  goneOf: (emails: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<{ readonly list: ListFacts; readonly left: number }> {
  const { window, part, workspace } = batch;
  const name = batch.name ?? '';
  const emails = (await ports.uploads.leads(batch)).map(({ email }) => email);
  const list = { window, name, part, accepted: null, fresh: false };
  if (batch.listId !== null || (await bison.findLists(workspace, name)).length > 0)
    return { list: { ...list, sent: emails.length, note: 'it is at Bison already and would be recorded' }, left: 0 };
  const left = (await goneOf(emails)).size;
  const note = `begun before, and not at Bison${left > 0 ? `; ${count(left, 'lead')} would leave it first` : ''}`;
  return { list: { ...list, sent: emails.length - left, note }, left };
}

async function newList(
  bison: Bison,
  workspace: Workspace,
  window: RenewalWindow,
  part: number,
  sent: number,
): Promise<ListFacts> {
  const { name, others } = await freeName(bison, workspace, window, part);
  const note = others.length > 0 ? `a list “${others[0]?.name ?? ''}” is there already and is not mine` : null;
  return { window, name, part, sent, accepted: null, note, fresh: false };
}
