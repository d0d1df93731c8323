/**
 * `npm run workflow:monthly:dry-run`: what the 15th's pull would export for every active client, and nothing else. At the
 * vendors of the settings where COLE_URL is set; else at the stand-ins, with two clients of their own.
 */
import type { Zip } from '../../pipeline/vocabulary.ts';
import { runMonthly } from '../../src/cli/monthly.ts';
import { readCliConfig, type CliConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { lakeside } from '../support/clients.ts';
import { atColeAndClay, environment } from './stand-ins.ts';

const look = (config: CliConfig) => runMonthly(config, makeLog('warn'), { dryRun: true, trigger: 'manual' });
const settings = environment();

if (settings.COLE_URL) await look(readCliConfig(settings));
else {
  await atColeAndClay(async (config, store) => {
    for (const [slug, zips] of [
      ['lakeside', ['75035', '74012']],
      ['prairie', ['74011']],
    ] as const) {
      await store.clients.save({ ...lakeside, slug, name: slug });
      const list = zips.map((zip) => ({ zip: zip as Zip, kind: 'approved' as const })); // five digits
      await store.clients.saveZips(slug, '*', list);
    }
    console.log('COLE_URL is not set: these are the stand-ins.');
    await look(config);
  });
}
