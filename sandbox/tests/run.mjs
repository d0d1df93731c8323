// Runs the stand-ins' tests: all of them, or those that the arguments name, as Jest takes them. When all have passed, it
// notes the content they passed with; `npm test` runs them again only when that has changed.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { contentHash, noteThatAllPassed } from './changed.mjs';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const config = fileURLToPath(new URL('../jest.config.js', import.meta.url));
const asked = process.argv.slice(2);

const before = contentHash();
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', jest, '--config', config, ...asked],
  { stdio: 'inherit' },
);
if (status === 0 && asked.length === 0) {
  if (contentHash() === before) noteThatAllPassed(before);
  else process.stderr.write('The stand-ins were edited while their tests ran, so nothing was noted. Run them again.\n');
}
process.exit(status ?? 1);
