import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestSlack, type TestSlack } from '../support/app.ts';
import { sendHostile } from '../support/hostile.ts';
import { startAppProcess, type AppProcess } from '../support/process.ts';

describe.each(['socket', 'http'] as const)('the app over %s', (mode) => {
  let world: TestSlack;
  let app: AppProcess;
  beforeAll(async () => {
    world = await startTestSlack({ mode });
    app = await startAppProcess(world.environment);
  });
  afterAll(async () => {
    await app.stop();
    await world.close();
  });

  const log = () => readFileSync(join(world.dataDir, 'app.log'), 'utf8');
  const port = () => Number(/"port":(\d+)/.exec(log())?.[1]);

  test('stays up through 10,000 random and hostile requests', async () => {
    const { answers } = await sendHostile(port(), { requests: 10_000, seed: `hostile ${mode}` });
    expect(await (await fetch(`http://127.0.0.1:${port()}/health`)).json()).toMatchObject({
      ok: true,
      database: { ok: true },
      runs: 0,
    });
    // They were met: refused as no HTTP, as no address, and as one where nothing is.
    expect(answers['400']).toBeGreaterThan(1_000);
    expect(answers['404']).toBeGreaterThan(500);
    // A request of a stranger is never our own fault.
    expect(answers).not.toHaveProperty('500');
    expect(log()).not.toMatch(/unhandled rejection|nobody caught|a request failed/);
  });
});
