import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { Refused } from '../operations/refused.ts';
import { lastWords } from '../last-words.ts';
import { memberVerbs } from './member-verbs.ts';
import { pauseVerbs } from './pause-verbs.ts';
import { plainText } from './plain-text.ts';
import { reportVerbs, watchVerb } from './report-verbs.ts';
import { runVerbs } from './run-verbs.ts';
import { scheduleVerbs } from './schedule-verbs.ts';
import { setUpVerbs } from './set-up-verbs.ts';
import { workVerbs } from './work-verbs.ts';

/** `npm run leadops -- <verb>`: the same verbs as Slack, and set-up. */
export const program = new Command('leadops').description(
  'LeadOps from the command line. Set-up, and the same verbs as in Slack.',
);
// Inherited by every verb below: what was wrong (commander's words), what was not done, and how it is written.
program.showHelpAfterError('Nothing was done. With --help behind it, every verb says how it is written.');

setUpVerbs(program);
memberVerbs(program);
workVerbs(program);
runVerbs(program);
pauseVerbs(program);
reportVerbs(program);
watchVerb(program);
scheduleVerbs(program);

/** What somebody at a shell is told when a verb did nothing, or failed. */
function failureWords(error: unknown): string {
  return error instanceof Refused ? plainText([error.reason, error.todo].join('\n').trim()) : lastWords(error);
}

/** Where the file is only imported (a test lists the verbs), no verb is run. */
const isProgram = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isProgram) {
  try {
    process.loadEnvFile();
  } catch {
    // There is no .env; the environment is enough.
  }
  program.parseAsync().catch((error: unknown) => {
    console.error(failureWords(error));
    process.exit(1);
  });
}
