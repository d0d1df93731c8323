import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { endBrowser } from '../../connectors/browser/end-browser.ts';
import { makeBrowserHost } from '../../connectors/browser/chromium.ts';
import { makeSandboxedLaunch } from '../../connectors/browser/sandbox.ts';
import { argumentsOf } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const asRoot = process.getuid?.() === 0;
const nobody = 65_534;
const Report = z.object({
  sandboxed: z.boolean(),
  arguments: z.array(z.string()),
  shown: z.string(),
  lines: z.array(z.string()),
});

const asNobody = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
/** A user namespace in which no further one can be made, as in a container with Docker's usual profile. */
const inContainer = `unshare --user --map-user=${nobody} --map-group=${nobody} --keep-caps sh -c 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"' sh`;

/** How the browser of an ordinary user runs. */
async function ofOrdinaryUser(where = asRoot ? asNobody : ''): Promise<z.output<typeof Report>> {
  const home = mkdtempSync(join(tmpdir(), 'leadops-ordinary-'));
  chmodSync(home, 0o777);
  const command = `${where} node --import tsx tests/support/browser-process.ts`;
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    cwd: root,
    env: { PATH: process.env.PATH, CHROMIUM_PATH: process.env.CHROMIUM_PATH, HOME: home, TMPDIR: home },
  });
  return Report.parse(JSON.parse(stdout));
}

test("an ordinary user's browser runs inside Chromium's sandbox", async () => {
  const seen = await ofOrdinaryUser();
  expect(seen.arguments).not.toContain('--no-sandbox');
  expect(seen).toMatchObject({ sandboxed: true, shown: 'a page' });
  expect(seen.lines.join()).not.toContain('without its sandbox');
});

test('where the machine lets nobody build a sandbox it runs without one, and the log says why', async () => {
  const seen = await ofOrdinaryUser(inContainer);
  expect(seen.arguments).toContain('--no-sandbox');
  expect(seen).toMatchObject({ sandboxed: false, shown: 'a page' });
  expect(seen.lines.filter((line) => line.includes('Chromium runs without its sandbox'))).toHaveLength(1);
  expect(seen.lines.join()).toContain('namespaces');
});

(asRoot ? test : test.skip)('as root it runs without, which the log says once', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const host = makeBrowserHost({ log, chromiumPath: process.env.CHROMIUM_PATH });
  const { browser, identity, sandboxed } = await host.running();
  expect(sandboxed).toBe(false);
  expect(argumentsOf(identity.pid)).toContain('--no-sandbox');
  // It dies, and the next one is started.
  const died = new Promise((resolve) => browser.once('disconnected', resolve));
  await endBrowser(identity);
  await died;
  expect((await host.running()).sandboxed).toBe(false);
  await host.close();
  await expect(host.running()).rejects.toThrow('LeadOps is stopping; no browser was started');
  expect(lines.filter((line) => line.includes('Chromium runs without its sandbox'))).toHaveLength(1);
});

test('who insists on the sandbox gets no browser without it', async () => {
  const log = pino({ level: 'silent' });
  const started: boolean[] = [];
  const start = (sandbox: boolean) => {
    started.push(sandbox);
    return sandbox ? Promise.reject(new Error('[err] No usable sandbox!')) : Promise.resolve('a browser');
  };
  await expect(makeSandboxedLaunch('on', log, false)(start)).rejects.toMatchObject({
    name: 'InvalidInput',
    message: expect.stringMatching(/CHROMIUM_SANDBOX is on.*No browser was started/),
  });
  await expect(makeSandboxedLaunch('on', log, true)(start)).rejects.toMatchObject({ name: 'InvalidInput' });
  expect(started).toEqual([true]);
});

test('a browser that fails for another reason is not started again without its sandbox', async () => {
  const launch = makeSandboxedLaunch('auto', pino({ level: 'silent' }), false);
  await expect(launch(() => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
});
