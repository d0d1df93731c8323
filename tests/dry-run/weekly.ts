/**
 * `npm run workflow:weekly:dry-run`: what this week's Monday would upload and attach for every active client, with the old and
 * the new title, and nothing else.
 */
import { runWeekly } from '../../src/cli/uploads.ts';
import { makeLog } from '../../src/log.ts';
import { lookAtBison } from './at-bison.ts';

await lookAtBison((config) => runWeekly(config, makeLog('warn'), { dryRun: true, trigger: 'manual' }));
