import { monthTitle } from '../month.ts';
import type { RunContext } from '../run.ts';
import { monthsDue, windowsToAttach } from '../uploads/due.ts';
import type { UploadFacts } from '../uploads/facts.ts';
import { evergreenPreviewLines, uploadPreviewLines } from '../uploads/preview-words.ts';
import type { Client, Day } from '../vocabulary.ts';
import { previewUpload } from './pt4-preview.ts';
import { previewEvergreen } from './pt5-preview.ts';

/** What a Monday would do, client by client, a line each. One that cannot be looked at says why and stops nobody. */
export async function previewWeek(
  context: RunContext<Client | null>,
  clients: readonly Client[],
  args: { readonly monday: Day; readonly uploads: boolean },
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const client of clients) {
    try {
      lines.push(...(await previewClient(context, client, args)));
    } catch (error) {
      lines.push(`${client.name}: could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return lines.length > 0 ? lines : ['Nothing is due.'];
}

async function previewClient(
  context: RunContext<Client | null>,
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
  for (const window of windowsToAttach(monday, unattached)) {
    const lists = wouldBe.filter((list) => list.window.start === window.start);
    const facts = await previewEvergreen(context, client, window, lists);
    lines.push(`${client.name}, PT5:`, ...evergreenPreviewLines(facts).map((line) => `  ${line}`));
  }
  return lines.length > 0 ? lines : [`${client.name}: nothing is due.`];
}
