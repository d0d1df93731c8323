import { number } from '../counting.ts';
import type { EvergreenFacts, UploadFacts } from './facts.ts';

/** What PT4 would send where, a line each. */
export function uploadPreviewLines({ workspace, lists, suppressed, asked, over }: UploadFacts): string[] {
  return [
    `Workspace: ${workspace}`,
    ...lists.map(({ name, sent, note }) => `List “${name}”: ${number(sent)} leads${note === null ? '' : ` (${note})`}`),
    ...(lists.length === 0 ? ['No list: nothing waits for an upload.'] : []),
    ...(suppressed > 0 ? [`Left out: ${number(suppressed)} (unsubscribed, bounced or forgotten)`] : []),
    ...(asked ? [] : ['Bison’s pages do not show who unsubscribed or bounced.']),
    ...over.map(({ start, end }) => `Over: ${start} to ${end}, no list`),
  ];
}

/** What PT5 would attach where, a line each. */
export function evergreenPreviewLines({
  workspace,
  window,
  lists,
  from,
  to,
  totalBefore,
  notes,
}: EvergreenFacts): string[] {
  return [
    `Workspace: ${workspace}`,
    `Window: ${window.start} to ${window.end}`,
    ...lists.map(({ name, people }) => `Attach list “${name}”: ${number(people)} leads`),
    `Title now: ${from === null ? 'unknown' : `“${from}”`}${totalBefore === null ? '' : `, ${number(totalBefore)} leads`}`,
    `Title then: “${to ?? ''}”`,
    ...notes,
  ];
}
