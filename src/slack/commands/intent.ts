import { escaped, type Message } from '../../../blocks/kit.ts';
import { startIntent } from '../../operations/start-intent.ts';
import { intentLines } from '../../reports/intent.ts';
import { everyClient } from '../../store/members.ts';
import { mayAct, notAllowed, roleFor, type SlackDeps } from '../deps.ts';
import { linkToCard, type CommandRequest, type Reply } from './pull-leads.ts';
import { lines } from './reply.ts';
import { shortId } from '../../../pipeline/run.ts';

export const intentForm = 'intent run | preview | status';
const form = '`/leadops intent run [--no-email] | preview | status`';

/** `/leadops intent …`: poll now, say what a poll would cost, or show where it stands. */
export async function intentCommand(
  deps: SlackDeps,
  request: CommandRequest,
  [verb = 'status']: readonly string[],
  flags: ReadonlySet<string>,
): Promise<Reply> {
  const unknown = [...flags].filter((flag) => flag !== 'no-email' && flag !== 'dry-run');
  if (unknown.length > 0) return wrong(`I do not know ${unknown.map((flag) => `\`--${escaped(flag)}\``).join(', ')}.`);
  if (verb === 'status') return lines(await intentLines(deps));
  if (verb !== 'run' && verb !== 'preview') return wrong(`I do not know “${escaped(verb)}”.`);
  if (!mayAct(await roleFor(deps, request.user, everyClient), 'operator'))
    return lines([notAllowed('operator', everyClient)]);
  const { created, says } = await startPoll(deps, {
    user: request.user,
    channel: request.channel,
    dryRun: verb === 'preview' || flags.has('dry-run'),
    noEmail: flags.has('no-email'),
  });
  return created ? null : lines([says]);
}

/** Starts a poll (or a preview), or points at the one that is live. */
export async function startPoll(
  deps: SlackDeps,
  request: { user: string; channel: string | null; dryRun: boolean; noEmail: boolean },
): Promise<{ readonly created: boolean; readonly says: string }> {
  const { created, run } = await startIntent(deps, { trigger: 'manual', ...request });
  if (created) {
    await deps.notifier.card(run);
    return { created, says: `Intent polling is started: run \`${shortId(run.id)}\`. Its card shows how it goes.` };
  }
  const link = await linkToCard(deps, run);
  const where = link ? `<${link}|See its card>` : 'Its card is where it was started';
  const what = run.dryRun ? 'An intent preview' : 'Intent polling';
  return {
    created,
    says: `${what} is already running. ${where} (run \`${shortId(run.id)}\`). Nothing new was started.`,
  };
}

function wrong(problem: string): Message {
  return lines([`⚠️ ${problem} Nothing was started. The form is ${form}.`]);
}
