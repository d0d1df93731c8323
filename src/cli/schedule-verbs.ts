import type { Command } from 'commander';
import { hourLines } from '../../blocks/schedule.ts';
import { previewHour, setHour, typedHour } from '../operations/set-hour.ts';
import { shell } from '../operations/who.ts';
import { scheduleLines } from '../reports/schedule.ts';
import { withDeps } from './deps.ts';
import { dueLines, type DueOptions } from './due-lines.ts';
import { printing, verb } from './verb.ts';

const setTyped = {
  form: '`leadops schedule set <monthly|monday|intent|check> <HH:MM> [--yes]`',
  nothing: 'Nothing was changed.',
};

/** What the calendar does when, and another hour. */
export function scheduleVerbs(program: Command): void {
  const schedule = verb(
    program,
    'looks',
    'schedule',
    'what is due next; with --from and --to every due time of those days',
    async (options: DueOptions) => {
      if (options.from !== undefined || options.to !== undefined || options.json) {
        await withDeps(async ({ store }) => console.log(dueLines(options, await store.calendar.hours())));
      } else await printing((deps) => scheduleLines(deps))();
    },
  )
    .option('--from <day>', 'the first day, such as 2027-01-01, in the zone of each due time')
    .option('--to <day>', 'the day it ends before: --to 2028-01-01 is the whole of 2027')
    .option('--json', 'one array of {"kind","due"}');
  verb(
    schedule,
    'changes',
    'set <kind> <time>',
    'another hour of monthly, monday, intent or check: prints the next five; takes effect with --yes, from tomorrow',
    printing(async (deps, kind: string, time: string, { yes = false }: { yes?: boolean }) => {
      const typed = typedHour([kind, time], setTyped);
      const preview = await (yes ? setHour : previewHour)(deps, shell(), typed);
      return [...hourLines(preview), yes ? 'Set.' : 'Nothing is changed yet: write it again with --yes to use it.'];
    }),
  ).option('--yes', 'use it');
}
