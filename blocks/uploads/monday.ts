import type { KnownBlock } from '@slack/types';
import { factsOf } from '../../pipeline/kinds.ts';
import type { Run } from '../../pipeline/run.ts';
import type { EvergreenFacts, WeeklyFacts } from '../../pipeline/uploads/facts.ts';
import { monthTitle } from '../../pipeline/month.ts';
import { clip, count, escaped, limits, number, type Message } from '../kit.ts';
import { marks, runCard, shownStatus } from '../run-card.ts';
import { inSections } from '../sections.ts';
import { evergreenNotes, uploadExceptions, windowName } from './words.ts';

/** A run of a Monday's, and the channel its card is in. */
type Child = { readonly run: Run; readonly channel: string | null };
export type Children = ReadonlyMap<string, Child>;

/** A Monday as a whole while it goes on: every client with its lists and windows. */
export function mondayCard(run: Run, children: Children, now: Date): Message {
  const facts = factsOf('weekly', run)?.weekly;
  const blocks = facts ? progressBlocks(facts, children) : [];
  return runCard(run, null, now, [], { blocks, buttons: [] });
}

function progressBlocks({ clients, preview }: WeeklyFacts, children: Children): KnownBlock[] {
  if (preview.length > 0) return sections(['*This is what it would do*', ...preview.map(escaped)]);
  return sections(
    clients.flatMap((client) => [
      `*${escaped(client.name)}*`,
      ...client.uploads.map(({ month, run }) => childLine(`Upload ${monthTitle(month)}`, children.get(run))),
      ...client.windows.map(({ window, run }) => childLine(`Evergreen ${windowName(window)}`, children.get(run))),
      ...client.notes.map((note) => `⚠️ ${escaped(note)}`),
      ...(client.uploads.length + client.windows.length + client.notes.length === 0 ? ['nothing is due yet'] : []),
    ]),
  );
}

function childLine(what: string, child: Child | undefined): string {
  if (!child) return `${what}: not started`;
  const { run } = child;
  const status = shownStatus(run);
  const { outcome } = run.summary;
  const says =
    status === 'success'
      ? typeof outcome === 'string'
        ? outcome
        : 'done'
      : (run.error ?? run.progress.phase ?? status);
  return `${marks[status]} ${what}${whereOf(child)}: ${escaped(clip(says, 300))}`;
}

/** A channel of people's own has no name to point at. */
const whereOf = ({ channel }: Child): string => (channel?.startsWith('C') ? ` in <#${channel}>` : '');

const sections = (rows: readonly string[]) => inSections(rows, () => '… and more, on the clients’ own cards.');

/** The SOP's message of PT5, for all clients together; exceptions are named (docs/sop.md#channel-messages). */
export function evergreenCompleted(facts: WeeklyFacts, children: Children): Message {
  const done = facts.clients.flatMap((client) =>
    client.windows.flatMap(({ window, run }) => {
      const child = children.get(run)?.run;
      const evergreen = child?.status === 'success' ? factsOf('evergreen', child)?.evergreen : undefined;
      return evergreen ? [{ client: client.name, window, facts: evergreen }] : [];
    }),
  );
  const exceptions = together(
    facts.clients.flatMap((client) => exceptionsOf(client, children).map((line) => ({ client: client.name, line }))),
  );
  const names = [...new Set(done.map(({ client }) => client))];
  const windows = [...new Set(done.map(({ window }) => windowName(window)))];
  const titles = [...new Set(done.map((one) => one.facts.to ?? ''))];
  const none =
    facts.due === null
      ? `No renewal window is due this Monday (${facts.monday}).`
      : `Nothing was added for ${windowName(facts.due)}.`;
  const first = done.length > 0 ? '✅ Evergreen uploads completed' : `ℹ️ Evergreen uploads completed: ${none}`;
  const lines = [
    first,
    ...(done.length > 0
      ? [
          `👥 Clients: ${names.map(escaped).join(', ')}`,
          `📅 Window(s) added: ${windows.join(', ')}`,
          '📊 Counts per client:',
          ...done.map(
            ({ client, window, facts: { added, lists } }) =>
              `• ${escaped(client)}: ${addedWords(added, lists)}${windows.length > 1 ? ` (${windowName(window)})` : ''}`,
          ),
        ]
      : []),
    `📝 Notes/Exceptions: ${exceptions.length === 0 ? 'none' : ''}`.trimEnd(),
    ...exceptions,
    ...(done.length > 0
      ? [`All contacts are queued in ${titles.map((title) => `“${escaped(title)}”`).join(', ')}.`]
      : []),
  ];
  const text =
    done.length > 0
      ? `${first}: ${windows.join(', ')} for ${names.join(', ')}${exceptions.length > 0 ? `, ${count(exceptions.length, 'exception')}` : ''}`
      : first;
  return { text: clip(text, limits.messageText), blocks: sections(lines) };
}

function addedWords(added: number | null, lists: EvergreenFacts['lists']): string {
  const people = lists.reduce((sum, list) => sum + list.people, 0);
  if (added === null) return `${number(people)} leads attached`;
  return added === people ? count(added, 'lead') : `${number(added)} of ${count(people, 'lead')}`;
}

function exceptionsOf(client: WeeklyFacts['clients'][number], children: Children): string[] {
  const uploads = client.uploads.flatMap(({ month, run }) => {
    const child = children.get(run)?.run;
    const facts = child?.status === 'success' ? factsOf('upload', child)?.upload : undefined;
    const what = `upload of ${monthTitle(month)}`;
    return facts ? inOneLine(what, uploadExceptions(facts), children.get(run)) : unfinished(what, children.get(run));
  });
  const windows = client.windows.flatMap(({ window, run }) => {
    const child = children.get(run)?.run;
    const facts = child?.status === 'success' ? factsOf('evergreen', child)?.evergreen : undefined;
    return facts ? evergreenNotes(facts) : unfinished(windowName(window), children.get(run));
  });
  return [...client.notes.map(escaped), ...uploads, ...windows];
}

/** What is the same for several clients is said once. */
function together(all: readonly { readonly client: string; readonly line: string }[]): string[] {
  const clients = new Map<string, string[]>();
  for (const { client, line } of all) clients.set(line, [...(clients.get(line) ?? []), escaped(client)]);
  return [...clients].map(([line, names]) => `• *${names.join(', ')}*: ${line}`);
}

function inOneLine(what: string, parts: readonly string[], child: Child | undefined): string[] {
  return parts.length === 0 ? [] : [`${what}: ${parts.join(', ')}${child ? whereOf(child) : ''}`];
}

function unfinished(what: string, child: Child | undefined): string[] {
  if (!child) return [`${what}: not started`];
  const { run } = child;
  const where = whereOf(child);
  switch (shownStatus(run)) {
    case 'waiting':
      return [
        `${what}: waits for ${run.errorType ? `a person: ${escaped(clip(run.error ?? '', 300))}` : 'a decision'}${where}`,
      ];
    case 'queued':
    case 'running':
      return [`${what}: still at work${where}`];
    case 'canceled':
      return [`${what}: canceled${where}`];
    default:
      return [`${what}: ${escaped(clip(run.error ?? run.status, 300))}${where}`];
  }
}
