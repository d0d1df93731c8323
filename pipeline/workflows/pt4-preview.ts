import { targetOf } from '../target.ts';
import type { RunContext } from '../run.ts';
import { openWindows } from '../uploads/due.ts';
import { agencyDay } from '../calendar/agency-day.ts';
import { windowsOf } from '../renewal.ts';
import { workspaceOf } from '../uploads/workspace.ts';
import type { UploadFacts } from '../uploads/facts.ts';
import type { Client, Month } from '../vocabulary.ts';
import { freeName } from './pt4-name.ts';

/** What PT4 would send where, and nothing else: Bison is only read, and our own rows stay as they are. */
export async function previewUpload(
  { ports, now }: Pick<RunContext<Client | null>, 'ports' | 'now'>,
  client: Client,
  month: Month,
): Promise<UploadFacts> {
  const key = { client: client.slug, month };
  const workspace = workspaceOf(client);
  const bison = await ports.bison(workspace);
  const known = await bison.suppressed(workspace);
  const atBison = new Set([...(known?.unsubscribed ?? []), ...(known?.bounced ?? [])]);
  const waiting = await ports.uploads.waiting(key);
  const listed = await ports.suppressions.among(waiting.map(({ email }) => email));
  const sendable = waiting.filter(({ email }) => !atBison.has(email) && !listed.has(email));
  const counts = await ports.leads.counts({ ...key, filtersKey: '' });
  const batches = await ports.uploads.ofMonth(key);
  const today = agencyDay(now);
  const lists: UploadFacts['lists'] = [];
  for (const window of openWindows(month, today)) {
    const sent = sendable.filter(({ windowNo }) => windowNo === window.index).length;
    if (sent === 0) continue;
    const part =
      Math.max(0, ...batches.filter((batch) => batch.window.index === window.index).map((one) => one.part)) + 1;
    const { name, others } = await freeName(bison, workspace, window, part);
    const note = others.length > 0 ? `a list “${others[0]?.name ?? ''}” is there already and is not mine` : null;
    lists.push({ window, name, part, sent, accepted: null, note, fresh: false });
  }
  const open = new Set(openWindows(month, today).map(({ index }) => index));
  return {
    month,
    workspace,
    target: targetOf(client),
    cleaned: counts.cleaned ?? 0,
    reserve: 0,
    lists,
    suppressed: waiting.length - sendable.length,
    asked: known !== null,
    over: windowsOf(month).filter(({ index }) => !open.has(index)),
  };
}
