import { splitWords } from '../../../pipeline/command-words.ts';
import { nextMonth, startMonth } from '../../operations/start-month.ts';
import { knownFlags, typedMonth, withForm } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import { alreadyLive, lines, type CommandRequest, type Reply } from './reply.ts';

export const monthlyForm = 'monthly [month] [--dry-run]';
const typedAs = { form: `\`/leadops ${monthlyForm}\``, nothing: 'Nothing was started.' };

/** `/leadops monthly [2027-03]`: what the 15th starts, now; without a month the one that the calendar pulls. */
export async function monthlyCommand(
  deps: SlackDeps,
  { user, channel, text }: CommandRequest,
  words: readonly string[],
): Promise<Reply> {
  const { flags } = splitWords(text);
  knownFlags(flags, ['dry-run'], typedAs);
  const month = words.length === 0 ? nextMonth(deps.clock) : typedMonth(deps, words.join(' '), typedAs);
  const args = { month, channel, dryRun: flags.has('dry-run') };
  const { created, run } = await withForm(typedAs, () => startMonth(deps, person(user), args));
  return created ? null : lines([await alreadyLive(deps, run, null)]);
}
