import { factsOf } from '../../pipeline/kinds.ts';
import type { CliConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { startCheck } from '../operations/start-check.ts';
import { shell } from '../operations/who.ts';
import { inSentences } from '../runs/outcome.ts';
import { said, working } from './working.ts';

/** Looks at every vendor login, a line for each; the exit code is 1 where one does not sign in. */
export function runCheck(config: CliConfig, log: Log): Promise<void> {
  return working(
    config,
    log,
    async function* (works) {
      yield said(await startCheck(works, shell(), { channel: null, login: null }));
    },
    (_works, run) => {
      const logins = factsOf('check', run)?.check.logins ?? [];
      if (logins.some(({ state }) => state === 'failed')) process.exitCode = 1;
      return Promise.resolve(
        logins.map(({ name, says, todo, state }) =>
          state === 'failed'
            ? `  FAILED  ${name}: ${inSentences({ message: says, todo })}`
            : `  ok      ${name}: ${says}.`,
        ),
      );
    },
  );
}
