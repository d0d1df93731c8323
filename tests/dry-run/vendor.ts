/**
 * `npm run test:cole-dry-run`, `npm run test:clay-dry-run`: signs in, looks and changes nothing. With the vendor's address
 * in the environment (or .env) at that vendor, with the stored login; without one at the stand-in.
 */
import { check } from '../../src/cli/check.ts';
import { readCliConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { atColeAndClay, environment } from './stand-ins.ts';

const vendor = process.argv[2] ?? '';
const state = vendor === 'cole' ? (process.argv[3] ?? 'TX') : undefined;
const address = { cole: 'COLE_URL', clay: 'CLAY_URL' }[vendor];
if (!address) throw new Error('which vendor? cole or clay');
const log = makeLog('warn');
const settings = environment();

if (settings[address]) console.log((await check(readCliConfig(settings), log, vendor, state, undefined)).join('\n'));
else {
  await atColeAndClay(async (config) => {
    const lines = await check(config, log, vendor, state, vendor === 'cole' ? '75035' : undefined);
    console.log(`${address} is not set: this is the stand-in.\n${lines.join('\n')}`);
  });
}
