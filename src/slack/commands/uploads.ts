import { escaped, type Message } from '../../../blocks/kit.ts';
import { runTitle, shortId } from '../../../blocks/run-card.ts';
import { monthTitle } from '../../../pipeline/month.ts';
import type { Client } from '../../../pipeline/vocabulary.ts';
import { today } from '../../clock.ts';
import { scheduleLines } from '../../reports/schedule.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { everyClient } from '../../store/members.ts';
import { hasBison } from '../../wiring/has-bison.ts';
import { startUpload, startWeek, thisMonday } from '../../operations/start-week.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import { linkToCard, type CommandRequest, type Reply } from './pull-leads.ts';
import { lines } from './reply.ts';
import { findClient, nearestClient, parseClientAndMonth } from '../../../pipeline/command-words.ts';

export const uploadForm = 'upload <client> <month> [--dry-run]';
export const evergreenForm = 'evergreen [client] [--dry-run]';

/** `/leadops upload lakeside 2027-03`: PT4 of a client's month, now. */
export async function uploadCommand(
  deps: SlackDeps,
  request: CommandRequest,
  words: readonly string[],
  flags: ReadonlySet<string>,
): Promise<Reply> {
  const bad = unknownFlags(flags) ?? (words.length === 0 ? 'Which client, and which month?' : null);
  if (bad !== null) return wrong(bad, uploadForm);
  const day = today(deps.clock);
  const parsed = parseClientAndMonth(words, await deps.store.clients.all(), day);
  if (!parsed.ok && parsed.problem === 'client') return wrong(noClient(parsed.typed, parsed.nearest), uploadForm);
  if (!parsed.ok) {
    return wrong(
      parsed.typed === '' ? 'The renewal month is missing.' : `“${escaped(parsed.typed)}” is no month I understand.`,
      uploadForm,
    );
  }
  const { client, month } = parsed;
  const cannot =
    (await notReady(deps, client)) ??
    (month < day.slice(0, 7) ? `${monthTitle(month)} is over: its policies have renewed.` : null);
  if (cannot !== null) return wrong(cannot, uploadForm);
  if (!mayAct(await roleFor(deps, request.user, client.slug), 'operator'))
    return lines([notAllowed('operator', client.slug)]);
  const { created, run } = await startUpload(deps, client, month, {
    user: request.user,
    channel: request.channel,
    trigger: 'manual',
    dryRun: flags.has('dry-run'),
  });
  if (!created) return alreadyLive(deps, run, client.name);
  await deps.notifier.card(run);
  return null;
}

/** `/leadops evergreen [client]`: PT5 with every window that is due by this week's Monday. */
export async function evergreenCommand(
  deps: SlackDeps,
  request: CommandRequest,
  words: readonly string[],
  flags: ReadonlySet<string>,
): Promise<Reply> {
  const bad = unknownFlags(flags);
  if (bad !== null) return wrong(bad, evergreenForm);
  const typed = words.join(' ');
  const clients = await deps.store.clients.all();
  const client = typed === '' ? null : findClient(typed, clients);
  if (client === undefined) return wrong(noClient(typed, nearestClient(typed, clients)), evergreenForm);
  const cannot = await notReady(deps, client);
  if (cannot !== null) return wrong(cannot, evergreenForm);
  if (!(await mayStartWeek(deps, request.user, client)))
    return lines([notAllowed('operator', client?.slug ?? everyClient)]);
  const { created, run } = await startWeek(
    deps,
    thisMonday(deps.clock),
    { evergreen: client?.slug ?? null },
    { user: request.user, channel: request.channel, trigger: 'manual', dryRun: flags.has('dry-run') },
  );
  if (!created) return alreadyLive(deps, run, null);
  await deps.notifier.card(run);
  return null;
}

/** For all clients only who has the role for all of them. */
async function mayStartWeek(deps: SlackDeps, user: string, client: Client | null): Promise<boolean> {
  return mayAct(await roleFor(deps, user, client?.slug ?? everyClient), 'operator');
}

/** `/leadops schedule`: the Mondays to come, and what is due on them. */
export function scheduleCommand(deps: SlackDeps): Reply {
  return lines(scheduleLines(deps.clock));
}

async function notReady(deps: SlackDeps, client: Client | null): Promise<string | null> {
  if (!(await hasBison(deps.store, deps.config))) {
    return 'Email Bison is not set up here: BISON_URL and `leadops credentials set bison` are needed.';
  }
  if (client === null) return null;
  if (!client.active) return `${escaped(client.name)} is not active.`;
  return client.workspace === null ? `${escaped(client.name)} has no workspace at Email Bison in its settings.` : null;
}

function unknownFlags(flags: ReadonlySet<string>): string | null {
  const unknown = [...flags].filter((flag) => flag !== 'dry-run');
  return unknown.length > 0 ? `I do not know ${unknown.map((flag) => `\`--${escaped(flag)}\``).join(', ')}.` : null;
}

function noClient(typed: string, nearest: Client | null): string {
  const hint = nearest
    ? ` Did you mean \`${nearest.slug}\` (${escaped(nearest.name)})?`
    : ' `/leadops clients` lists them.';
  return `There is no client “${escaped(typed)}”.${hint}`;
}

async function alreadyLive(deps: SlackDeps, run: StoredRun, clientName: string | null): Promise<Message> {
  const link = await linkToCard(deps, run);
  const where = link ? `<${link}|See its card>` : 'Its card is where it was started';
  const is = run.status === 'waiting' ? 'waiting for a decision' : 'running';
  return lines([
    `${escaped(runTitle(run, clientName))} is already ${is}. ${where} (run \`${shortId(run)}\`). Nothing new was started.`,
  ]);
}

function wrong(problem: string, form: string): Message {
  return lines([`⚠️ ${problem} Nothing was started. The form is \`/leadops ${form}\`.`]);
}
