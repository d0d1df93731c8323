// npm run -s bench:starts -- --starts 4000   how often two embedded database servers had one folder open
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectEmbedded } from '../../src/store/embedded/connect.ts';
import { raceForFolder } from '../support/starts.ts';

const { values } = parseArgs({
  options: { starts: { type: 'string', default: '400' }, together: { type: 'string', default: '40' } },
});
const [starts, together] = [Number(values.starts), Number(values.together)];
const dataDir = mkdtempSync(join(tmpdir(), 'leadops-starts-'));
const first = await connectEmbedded({ dataDir });
await first.stop();
const sum = { starts: 0, rounds: 0, doubles: 0, failed: 0 };
while (sum.starts < starts) {
  const race = await raceForFolder(dataDir, Math.min(together, starts - sum.starts));
  sum.starts += race.starts;
  sum.rounds += 1;
  sum.doubles += race.opened > 1 ? 1 : 0;
  sum.failed += race.failed;
}
rmSync(dataDir, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(sum)}\n`);
