import { splitWords } from '../../../pipeline/command-words.ts';
import { startUpload } from '../../operations/start-upload.ts';
import { startEvergreen } from '../../operations/start-week.ts';
import { knownFlags, typedClient, typedClientAndMonth, withForm } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import type { SlackDeps } from '../deps.ts';
import { alreadyLive, lines, type CommandRequest, type Reply } from './reply.ts';

export const uploadForm = 'upload <client> <month> [--dry-run]';
export const evergreenForm = 'evergreen [client] [--dry-run]';
const typedAs = (form: string) => ({ form: `\`/leadops ${form}\``, nothing: 'Nothing was started.' });

/** `/leadops upload lakeside 2027-03`: PT4 of a client's month, now. */
export async function uploadCommand(
  deps: SlackDeps,
  { user, channel, text }: CommandRequest,
  words: readonly string[],
): Promise<Reply> {
  const { flags } = splitWords(text);
  knownFlags(flags, ['dry-run'], typedAs(uploadForm));
  const { client, month } = await typedClientAndMonth(deps, words, typedAs(uploadForm));
  const args = { client, month, channel, dryRun: flags.has('dry-run') };
  const { created, run } = await withForm(typedAs(uploadForm), () => startUpload(deps, person(user), args));
  return created ? null : lines([await alreadyLive(deps, run, client.name)]);
}

/** `/leadops evergreen [client]`: PT5 with every window that is due by this week's Monday. */
export async function evergreenCommand(
  deps: SlackDeps,
  { user, channel, text }: CommandRequest,
  words: readonly string[],
): Promise<Reply> {
  const { flags } = splitWords(text);
  knownFlags(flags, ['dry-run'], typedAs(evergreenForm));
  const client = words.length === 0 ? null : await typedClient(deps, words.join(' '), typedAs(evergreenForm));
  const args = { client, channel, dryRun: flags.has('dry-run') };
  const { created, run } = await withForm(typedAs(evergreenForm), () => startEvergreen(deps, person(user), args));
  return created ? null : lines([await alreadyLive(deps, run, null)]);
}
