import { knownFlags, typedLogin, withForm } from '../../operations/typed.ts';
import { splitWords } from '../../../pipeline/command-words.ts';
import { startCheck } from '../../operations/start-check.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import { alreadyLive, lines, type CommandRequest, type Reply } from './reply.ts';

export const checkForm = 'check [vendor [state or workspace]]';
const typedAs = { form: `\`/leadops ${checkForm}\``, nothing: 'Nothing was looked at.' };

/** `/leadops check`, `/leadops check cole TX`: whether the vendors' logins sign in, now. */
export async function checkCommand(
  deps: SlackDeps,
  { user, channel, text }: CommandRequest,
  words: readonly string[],
): Promise<Reply> {
  knownFlags(splitWords(text).flags, [], typedAs);
  const login = typedLogin(words, typedAs);
  const { created, run } = await withForm(typedAs, () => startCheck(deps, person(user), { channel, login }));
  return created ? null : lines([await alreadyLive(deps, run, null)]);
}
