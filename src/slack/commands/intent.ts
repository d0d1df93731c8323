import { escaped } from '../../../blocks/kit.ts';
import { splitWords } from '../../../pipeline/command-words.ts';
import { startIntent } from '../../operations/start-intent.ts';
import { knownFlags, wrong, type Typed } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import { intentLines } from '../../reports/intent.ts';
import type { SlackDeps } from '../deps.ts';
import { alreadyLive, lines, type CommandRequest, type Reply } from './reply.ts';

export const intentForm = 'intent run | preview | status';
const typed: Typed = {
  form: '`/leadops intent run [--no-email] | preview | status`',
  nothing: 'Nothing was started.',
};

/** `/leadops intent …`: poll now, say what a poll would cost, or show where it stands. */
export async function intentCommand(
  deps: SlackDeps,
  { user, channel, text }: CommandRequest,
  [verb = 'status']: readonly string[],
): Promise<Reply> {
  const { flags } = splitWords(text);
  knownFlags(flags, ['no-email', 'dry-run'], typed);
  if (verb === 'status') return lines(await intentLines(deps));
  if (verb !== 'run' && verb !== 'preview') throw wrong(`I do not know “${escaped(verb)}”.`, typed);
  const dryRun = verb === 'preview' || flags.has('dry-run');
  const args = { channel, dryRun, noEmail: flags.has('no-email') };
  const { created, run } = await startIntent(deps, person(user), args);
  return created ? null : lines([await alreadyLive(deps, run, null)]);
}
