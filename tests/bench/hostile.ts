/**
 * How many hostile requests the app survives: `npm run -s bench:hostile [requests]` (10,000 in each mode by default).
 *
 * The app runs as `npm start` runs it, in Socket Mode and in HTTP mode, and is sent random and hostile requests over raw
 * sockets (tests/support/hostile.ts). A line of JSON for each mode; `survived` is how many had been sent when the app was
 * last known to be up: all of them, or the exit code is 1.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSlack } from '../support/app.ts';
import { sendHostile } from '../support/hostile.ts';
import { startAppProcess } from '../support/process.ts';
import { keptTemplate } from '../support/store.ts';

const requests = Number(process.argv[2] ?? 10_000);
const portion = 500;

const folder = mkdtempSync(join(tmpdir(), 'leadops-bench-'));
process.env.LEADOPS_TEST_FOLDER = folder;
process.env.LEADOPS_TEST_TEMPLATE = await keptTemplate();

for (const mode of ['socket', 'http'] as const) {
  const world = await startTestSlack({ mode });
  const app = await startAppProcess(world.environment);
  const log = () => readFileSync(join(world.dataDir, 'app.log'), 'utf8');
  const port = Number(/"port":(\d+)/.exec(log())?.[1]);
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  const answers: Record<string, number> = {};
  let survived = 0;
  while (survived < requests) {
    const some = Math.min(portion, requests - survived);
    const result = await sendHostile(port, { requests: some, seed: `bench ${mode} ${survived}` });
    for (const [status, count] of Object.entries(result.answers)) answers[status] = (answers[status] ?? 0) + count;
    if (!(await isUp())) break;
    survived += some;
  }
  const unhandled = [...log().matchAll(/unhandled rejection|nobody caught/g)].length;
  console.log(JSON.stringify({ mode, requests, survived, unhandled, answers }));
  if (survived < requests || unhandled > 0) process.exitCode = 1;
  await app.stop();
  await world.close();
}
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
