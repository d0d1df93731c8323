import { escaped, section, type Message } from '../../../blocks/kit.ts';
import { runTitle } from '../../../blocks/run-card.ts';
import { shortId } from '../../../pipeline/run.ts';
import type { StoredRun } from '../../store/runs/row.ts';
import type { SlackDeps } from '../deps.ts';
import { purposes } from '../purposes.ts';

/** What the person is told privately; null where the run's card says it all. */
export type Reply = Message | null;

/** A slash command as it was typed. */
export type CommandRequest = {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
};

/** Many lines in as few sections as hold them. */
export function lines(all: readonly string[]): Message {
  const sections: string[] = [];
  for (const line of all) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + line.length < 2_800) sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return { text: all.join('\n').slice(0, 3_000), blocks: sections.slice(0, 50).map((text) => section(text)) };
}

/** What somebody is told who asked for a run of which one is live. */
export async function alreadyLive(
  deps: Pick<SlackDeps, 'store' | 'slack' | 'log'>,
  run: StoredRun,
  clientName: string | null,
): Promise<string> {
  const link = await linkToCard(deps, run);
  const where = link ? `<${link}|See its card>` : 'Its card is where it was started';
  const is = run.status === 'waiting' ? 'waiting for a decision' : 'running';
  return `${escaped(runTitle(run, clientName))} is already ${is}. ${where} (run \`${shortId(run.id)}\`). Nothing new was started.`;
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
