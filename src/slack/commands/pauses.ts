import { pauseLine, pauseMeans, pausedTitle } from '../../../blocks/pauses.ts';
import { escaped } from '../../../blocks/kit.ts';
import { pause } from '../../operations/pause.ts';
import { pausedName } from '../../operations/paused.ts';
import { resume } from '../../operations/resume.ts';
import { typedPause, typedTarget } from '../../operations/typed-pause.ts';
import { withForm, wrong } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import { passedOverBy } from '../../reports/passed-over.ts';
import type { SlackDeps } from '../deps.ts';
import { lines, type CommandRequest, type Reply } from './reply.ts';

export const pauseForm = 'pause <client | workflow | all> [until <day> [<time>]] because <reason>';
export const resumeForm = 'resume <client | workflow | all>';
const pauseTyped = { form: `\`/leadops ${pauseForm}\``, nothing: 'Nothing was paused.' };
const resumeTyped = { form: `\`/leadops ${resumeForm}\``, nothing: 'Nothing was changed.' };

/** The words after the verb, as they were typed: a reason may have dashes of its own. */
const wordsAfterVerb = (text: string) => text.trim().split(/\s+/).slice(1);

/** `/leadops pause lakeside until 2027-02-01 because the contract is being renewed`. */
export async function pauseCommand(deps: SlackDeps, { user, text }: CommandRequest): Promise<Reply> {
  const typed = await typedPause(deps, wordsAfterVerb(text), pauseTyped);
  const done = await withForm(pauseTyped, () => pause(deps, person(user), typed));
  return lines([`⏸️ ${pauseLine(done.pause, done.name)}`, ...pauseMeans(done.pause, done)]);
}

/** `/leadops resume lakeside`. */
export async function resumeCommand(deps: SlackDeps, { user, text }: CommandRequest): Promise<Reply> {
  const { target, rest } = await typedTarget(deps, wordsAfterVerb(text), resumeTyped);
  if (rest.length > 0) throw wrong(`I do not know what “${escaped(rest.join(' '))}” means here.`, resumeTyped);
  const ended = await resume(deps, person(user), target);
  const passed = await passedOverBy(deps.store, ended.id, deps.clock.now());
  const name = escaped(pausedTitle(ended, await pausedName(deps.store, ended)));
  const offered = passed.some(({ useful }) => useful === 'yes');
  return lines([
    `▶️ *${name}* goes on. ${
      passed.length === 0
        ? 'Nothing was passed over.'
        : `What was passed over is listed in its channel${offered ? ', with a button for each that still makes sense' : ''}.`
    }`,
  ]);
}
