import { actionIds } from '../../../blocks/ids.ts';
import { actions, button, escaped, section, type Message } from '../../../blocks/kit.ts';
import { splitWords } from '../../../pipeline/command-words.ts';
import { monthTitle } from '../../../pipeline/month.ts';
import type { Client, Month } from '../../../pipeline/vocabulary.ts';
import { Doubtful, startPull } from '../../operations/start-pull.ts';
import { knownFlags, typedClientAndMonth, withForm, type Typed } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import { alreadyLive, lines, type CommandRequest, type Reply } from './reply.ts';

export const pullLeadsForm = '`/pull-leads <client> <month> [--dry-run] [--refresh]`';
const example = 'for example `/pull-leads lakeside 2027-03`, `… March 2027`, `… mar` or `… next`';
const typed: Typed = { form: `${pullLeadsForm}, ${example}`, nothing: 'Nothing was started.' };

/** `/pull-leads`: starts PT1 → PT2 → PT3, or says what is wrong, what was not done, and the right form. */
export async function pullLeads(deps: SlackDeps, { user, channel, text }: CommandRequest): Promise<Reply> {
  const { words, flags } = splitWords(text);
  knownFlags(flags, ['dry-run', 'refresh'], typed);
  if (words.length === 0 || words[0] === 'help') {
    return lines([`Pulls a client's leads for a renewal month: ${typed.form}.`]);
  }
  const { client, month } = await typedClientAndMonth(deps, words, typed);
  const options = { dryRun: flags.has('dry-run'), refresh: flags.has('refresh') };
  try {
    const args = { client, month, channel, anyway: false, ...options };
    const { created, run } = await withForm(typed, () => startPull(deps, person(user), args));
    return created ? null : lines([await alreadyLive(deps, run, client.name)]);
  } catch (error) {
    if (error instanceof Doubtful) return askFirst(error.doubt, client, month, options.refresh);
    throw error;
  }
}

function askFirst(doubt: string, client: Client, month: Month, refresh: boolean): Message {
  const value = JSON.stringify({ client: client.slug, month, refresh });
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
