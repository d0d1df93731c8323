import { errorWords } from '../../error-words.ts';
import { monthTitle } from '../../month.ts';
import type { Using } from '../../ports/using.ts';
import type { InStep } from '../../workflow.ts';
import { monthsDue, windowsToAttach } from '../../uploads/due.ts';
import type { UploadFacts } from '../../uploads/facts.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../../uploads/preview-words.ts';
import { windowOf } from '../../renewal.ts';
import type { Client, Day, RenewalWindow } from '../../vocabulary.ts';
import { previewUpload, type UploadPreviewPorts } from '../upload/preview.ts';
import { previewEvergreen, type EvergreenPreviewPorts } from '../evergreen/preview.ts';

export type WeekPreviewPorts = UploadPreviewPorts & EvergreenPreviewPorts & Using<{ evergreen: 'unattached' }>;

/** What a Monday would do, client by client, a line each. One that cannot be looked at says why and stops nobody. */
export async function previewWeek(
  context: InStep<Client | null, WeekPreviewPorts>,
  clients: readonly Client[],
  args: { readonly monday: Day; readonly uploads: boolean },
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const client of clients) {
    try {
      lines.push(...(await previewClient(context, client, args)));
    } catch (error) {
      lines.push(`${client.name}: could not be looked at: ${errorWords(error).message}`);
    }
  }
  return lines.length > 0 ? lines : ['Nothing is due.'];
}

async function previewClient(
  context: InStep<Client | null, WeekPreviewPorts>,
  client: Client,
  { monday, uploads }: { readonly monday: Day; readonly uploads: boolean },
): Promise<string[]> {
  const lines: string[] = [];
  const wouldBe: UploadFacts['lists'] = [];
  for (const { month, first } of uploads ? monthsDue(monday) : []) {
    const facts = await previewUpload(context, client, month);
    if (!first && facts.lists.length === 0) continue;
    wouldBe.push(...facts.lists);
    lines.push(`${client.name}, PT4, ${monthTitle(month)}:`, ...uploadPreviewLines(facts).map((line) => `  ${line}`));
  }
  const unattached = (await context.ports.evergreen.unattached(client.slug)).map(({ window }) => window);
  const made = await notTakenBack(context, client, wouldBe);
  for (const window of windowsToAttach(monday, [...unattached, ...made])) {
    const lists = wouldBe.filter((list) => list.window.start === window.start);
    const facts = await previewEvergreen(context, client, window, lists);
    lines.push(`${client.name}, PT5:`, ...evergreenPreviewLines(facts).map((line) => `  ${line}`));
  }
  return lines.length > 0 ? lines : [`${client.name}: nothing is due.`];
}

/** Windows that the uploads before PT5 would have lists of; one that was taken back is not taken up by a Monday. */
async function notTakenBack(
  { ports }: Pick<InStep<Client | null, WeekPreviewPorts>, 'ports'>,
  client: Client,
  lists: UploadFacts['lists'],
): Promise<RenewalWindow[]> {
  const windows: RenewalWindow[] = [];
  for (const start of new Set(lists.map(({ window }) => window.start))) {
    const all = await ports.evergreen.ofWindow(client.slug, start);
    if (all.every(({ state }) => state !== 'undone')) windows.push(windowOf(start));
  }
  return windows;
}
