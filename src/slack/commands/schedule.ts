import { hourQuestion } from '../../../blocks/schedule.ts';
import { escaped } from '../../../blocks/kit.ts';
import { previewHour, typedHour } from '../../operations/set-hour.ts';
import { wrong, type Typed } from '../../operations/typed.ts';
import { person } from '../../operations/who.ts';
import { scheduleLines } from '../../reports/schedule.ts';
import type { SlackDeps } from '../deps.ts';
import { lines, type CommandRequest, type Reply } from './reply.ts';

export const scheduleForm = 'schedule [set <monthly | monday | intent | check> <HH:MM>]';
const typed: Typed = { form: `\`/leadops ${scheduleForm}\``, nothing: 'Nothing was changed.' };

/** `/leadops schedule`; and `set monday 8:30`, which asks before it changes anything. */
export async function scheduleCommand(
  deps: SlackDeps,
  { user }: CommandRequest,
  [verb, ...words]: readonly string[],
): Promise<Reply> {
  if (verb === undefined) return lines(await scheduleLines(deps));
  if (verb.toLowerCase() !== 'set') throw wrong(`I do not know “${escaped(verb)}”.`, typed);
  return hourQuestion(await previewHour(deps, person(user), typedHour(words, typed)));
}
