/** `npm run test:bison-dry-run`: signs in to every client's workspace, looks at its campaign, and changes nothing. */
import { check } from '../../src/cli/check.ts';
import { makeLog } from '../../src/log.ts';
import { lookAtBison } from './at-bison.ts';

await lookAtBison(async (config) => {
  console.log((await check(config, makeLog('warn'), 'bison', process.argv[2], undefined)).join('\n'));
});
