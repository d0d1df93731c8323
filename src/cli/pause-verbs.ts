import type { Command } from 'commander';
import { passedLines, pauseLine, pauseMeans, pausedTitle } from '../../blocks/pauses.ts';
import { escaped } from '../../blocks/kit.ts';
import { pause } from '../operations/pause.ts';
import { pausedName } from '../operations/paused.ts';
import { resume } from '../operations/resume.ts';
import { typedPause, typedTarget } from '../operations/typed-pause.ts';
import { withForm, wrong } from '../operations/typed.ts';
import { shell } from '../operations/who.ts';
import { passedOverBy } from '../reports/passed-over.ts';
import { printing, verb } from './verb.ts';

const pauseTyped = {
  form: '`leadops pause <client | workflow | all> [until <day> [<time>]] because <reason>`',
  nothing: 'Nothing was paused.',
};
const resumeTyped = { form: '`leadops resume <client | workflow | all>`', nothing: 'Nothing was changed.' };

/** Verbs that hold the calendar back, and let it go on. */
export function pauseVerbs(program: Command): void {
  verb(
    program,
    'changes',
    'pause <what...>',
    'start nothing of a client, a workflow, or all: pause lakeside until 2027-02-01 because <reason>',
    printing(async (deps, words: readonly string[]) => {
      const typed = await typedPause(deps, words, pauseTyped);
      const done = await withForm(pauseTyped, () => pause(deps, shell(), typed));
      return [pauseLine(done.pause, done.name), ...pauseMeans(done.pause, done)];
    }),
  );
  verb(
    program,
    'changes',
    'resume <what...>',
    'end a pause; prints what was passed over, and what to type for each',
    printing(async (deps, words: readonly string[]) => {
      const { target, rest } = await typedTarget(deps, words, resumeTyped);
      if (rest.length > 0) throw wrong(`I do not know what “${escaped(rest.join(' '))}” means here.`, resumeTyped);
      const ended = await resume(deps, shell(), target);
      const name = await pausedName(deps.store, ended);
      const passed = await passedOverBy(deps.store, ended.id, deps.clock.now());
      return [`*${escaped(pausedTitle(ended, name))}* goes on.`, ...passedLines(passed, name)];
    }),
  );
}
