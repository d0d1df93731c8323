import { actionIds } from '../../../blocks/ids.ts';
import { actions, button, escaped, section, type Message } from '../../../blocks/kit.ts';
import { kinds } from '../../../pipeline/kinds.ts';
import { monthTitle } from '../../../pipeline/month.ts';
import { dueMonday, windowsOf } from '../../../pipeline/renewal.ts';
import type { Client, Month } from '../../../pipeline/vocabulary.ts';
import { today } from '../../clock.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import { purposes } from '../purposes.ts';
import { parseClientAndMonth, splitWords } from '../../../pipeline/command-words.ts';

export const pullLeadsForm = '`/pull-leads <client> <month> [--dry-run] [--refresh]`';
const example = 'for example `/pull-leads lakeside 2027-03`, `… March 2027`, `… mar` or `… next`';
const knownFlags = ['dry-run', 'refresh'];

/** What the person is told privately; `null` where the run's card says it all. */
export type Reply = Message | null;

export type CommandRequest = {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
};

/** `/pull-leads`: starts PT1 → PT2 → PT3, or says what is wrong, what was not done, and the right form. */
export async function pullLeads(deps: SlackDeps, request: CommandRequest): Promise<Reply> {
  const { words, flags } = splitWords(request.text);
  const unknown = [...flags].filter((flag) => !knownFlags.includes(flag));
  if (unknown.length > 0) {
    return wrong(`I do not know ${unknown.map((flag) => `\`--${flag}\``).join(', ')}.`);
  }
  if (words.length === 0 || words[0] === 'help')
    return say(`Pulls a client's leads for a renewal month: ${pullLeadsForm}, ${example}.`);
  const clients = await deps.store.clients.all();
  const day = today(deps.clock);
  const parsed = parseClientAndMonth(words, clients, day);
  if (!parsed.ok && parsed.problem === 'client') {
    const hint = parsed.nearest
      ? ` Did you mean \`${parsed.nearest.slug}\` (${escaped(parsed.nearest.name)})?`
      : ' `/leadops clients` lists them.';
    return wrong(`There is no client “${escaped(parsed.typed)}”.${hint}`);
  }
  if (!parsed.ok) {
    const typed =
      parsed.typed === '' ? 'The renewal month is missing.' : `“${escaped(parsed.typed)}” is no month I understand.`;
    return wrong(typed);
  }
  const { client, month } = parsed;
  const cannot = cannotPull(client, month, day);
  if (cannot) return wrong(cannot);
  const role = await roleFor(deps, request.user, client.slug);
  if (!mayAct(role, 'operator')) return say(notAllowed('operator', client.slug));
  const options = { dryRun: flags.has('dry-run'), refresh: flags.has('refresh') };
  const live = await deps.store.runs.live(kinds['pull-leads'].key({ client: client.slug, month }));
  if (live) return say(await alreadyRunning(deps, live, client));
  const doubt = options.dryRun ? null : doubtAbout(month, day, options.refresh);
  if (doubt) return askFirst(doubt, client, month, options);
  return startPull(deps, client, month, { ...options, user: request.user, channel: request.channel });
}

/** Why nothing is pulled for anybody, whoever asks; null where it may be. */
function cannotPull(client: Client, month: Month, day: string): string | null {
  if (!client.active) return `${escaped(client.name)} is not active.`;
  return month < day.slice(0, 7) ? `${monthTitle(month)} is over: its policies have renewed.` : null;
}

/**
 * Starts the run, or points at the live one: two presses in the same moment make one run. A button may have stood there for
 * months, so that what forbids a pull is looked at again.
 */
export async function startPull(
  deps: SlackDeps,
  client: Client,
  month: Month,
  options: { dryRun: boolean; refresh: boolean; user: string; channel: string },
): Promise<Reply> {
  const cannot = cannotPull(client, month, today(deps.clock));
  if (cannot) return say(`${cannot} Nothing was started.`);
  const { created, run } = await deps.runner.start({
    workflow: 'pull-leads',
    client: client.slug,
    month,
    key: kinds['pull-leads'].key({ client: client.slug, month }),
    trigger: 'manual',
    requestedBy: options.user,
    channel: options.channel,
    dryRun: options.dryRun,
    args: { refresh: options.refresh },
    askedAt: deps.clock.now(),
  });
  if (!created) return say(await alreadyRunning(deps, run, client));
  await deps.notifier.card(run);
  return null;
}

/** Reasons to ask before starting; each would surprise somebody. */
export function doubtAbout(month: Month, day: string, refresh: boolean): string | null {
  if (refresh) {
    return '`--refresh` exports ZIPs again that are stored already: it costs exports, and rows that were not uploaded are replaced.';
  }
  const due = windowsOf(month).filter((window) => dueMonday(window) <= day);
  if (due.length === 0) return null;
  const which = due.length === 4 ? 'All four windows' : `${due.length} of the four windows`;
  return `${which} of ${monthTitle(month)} were already due for upload: leads pulled now come late.`;
}

function askFirst(doubt: string, client: Client, month: Month, options: { refresh: boolean }): Message {
  const value = JSON.stringify({ client: client.slug, month, refresh: options.refresh });
  const text = `${doubt} Nothing was started. Pull ${client.name}, ${monthTitle(month)}, anyway?`;
  return {
    text,
    blocks: [
      section(
        `🤔 ${escaped(doubt)}\nNothing was started. Pull *${escaped(client.name)}*, ${monthTitle(month)}, anyway?`,
      ),
      actions(
        button('Pull anyway', actionIds.pullAnyway, value, { style: 'primary' }),
        button('Leave it', actionIds.forget, 'pull'),
      ),
    ],
  };
}

async function alreadyRunning(deps: SlackDeps, run: StoredRun, client: Client): Promise<string> {
  const link = await linkToCard(deps, run);
  const where = link ? `<${link}|See its card>` : 'Its card is in the channel it was started in';
  const month = run.month ? `, ${monthTitle(run.month)},` : '';
  return `A pull for ${escaped(client.name)}${month} is already ${run.status === 'waiting' ? 'waiting for a decision' : 'running'}. ${where} (run \`${run.id.slice(0, 8)}\`). Nothing new was started.`;
}

/** A link to the run's card, where Slack gives one. */
export async function linkToCard(
  deps: Pick<SlackDeps, 'store' | 'slack' | 'log'>,
  run: { id: string },
): Promise<string | null> {
  const card = await deps.store.messages.find(run.id, purposes.card);
  if (!card?.ts) return null;
  try {
    return (await deps.slack.chat.getPermalink({ channel: card.channel, message_ts: card.ts })).permalink ?? null;
  } catch (error) {
    deps.log.debug({ err: error }, 'no permalink');
    return null;
  }
}

function wrong(problem: string): Message {
  const text = `${problem} Nothing was started. The form is ${pullLeadsForm}, ${example}.`;
  return { text, blocks: [section(`⚠️ ${text}`)] };
}

function say(text: string): Message {
  return { text, blocks: [section(text)] };
}
