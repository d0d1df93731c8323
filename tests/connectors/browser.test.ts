import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { inSession } from '../../connectors/auth/session.ts';
import { findChromium } from '../../connectors/browser/chromium.ts';
import { endBrowser } from '../../connectors/browser/end-browser.ts';
import { makeLanes } from '../../connectors/browser/lane.ts';
import type { LoginLease } from '../../connectors/browser/login.ts';
import { settle } from '../../connectors/browser/settle.ts';
import { look, readLines } from '../../connectors/browser/survey.ts';
import { html, servePages } from '../fixtures/pages/server.ts';
import { folder, makeSessionDeps, startBrowser } from './session-deps.ts';
import { showPage } from './page.ts';

const browser = startBrowser();
afterAll(() => browser.close());

test('CHROMIUM_PATH goes before the system, the system before what Playwright brings', async () => {
  const bin = folder();
  for (const name of ['google-chrome', 'mine']) {
    writeFileSync(join(bin, name), '#!/bin/sh\n');
    chmodSync(join(bin, name), 0o755);
  }
  expect(await findChromium(join(bin, 'mine'), bin)).toEqual({ path: join(bin, 'mine'), from: 'CHROMIUM_PATH' });
  expect(await findChromium(undefined, bin)).toEqual({ path: join(bin, 'google-chrome'), from: 'system' });
  expect((await findChromium('', folder())).from).not.toBe('CHROMIUM_PATH');
  await expect(findChromium(join(bin, 'nothing'), bin)).rejects.toMatchObject({ name: 'InvalidInput' });
});

test("a dead holder's browser is ended by its marker, and nobody else's process is", async () => {
  const marker = `--leadops-browser=${randomUUID()}`;
  const ours = spawn('sh', ['-c', 'sleep 600; :', marker], { stdio: 'ignore', detached: true });
  const foreign = spawn('sleep', ['600'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => ours.on('exit', resolve));
  expect(await endBrowser({ pid: foreign.pid ?? 0, marker: `--leadops-browser=${randomUUID()}` })).toBe(false);
  expect(await endBrowser({ pid: foreign.pid ?? 0, marker: '' })).toBe(false);
  // The pid in the row may be stale: the marker finds the browser all the same.
  expect(await endBrowser({ pid: foreign.pid ?? 0, marker })).toBe(true);
  await ended;
  expect(foreign.exitCode).toBeNull();
  foreign.kill();
});

test('a running browser is known by its pid and marker, and a new one is started when it was ended', async () => {
  const host = startBrowser();
  const first = await host.running();
  expect(existsSync(`/proc/${first.identity.pid}`) || process.platform !== 'linux').toBe(true);
  const gone = new Promise<void>((resolve) => first.browser.on('disconnected', () => resolve()));
  expect(await endBrowser(first.identity)).toBe(true);
  await gone;
  const second = await host.running();
  expect(second.identity).not.toEqual(first.identity);
  expect(second.browser.isConnected()).toBe(true);
  await host.close();
});

function countingLease(): LoginLease & { readonly events: string[]; fail: boolean } {
  const events: string[] = [];
  const lease = {
    events,
    fail: false,
    acquire: (login: string, { marker }: { marker: string }) => {
      events.push(`acquire ${login} ${marker.slice(0, 17)}`);
      return Promise.resolve({
        renew: () => {
          events.push('renew');
          return lease.fail ? Promise.reject(new Error('taken over')) : Promise.resolve();
        },
        release: () => {
          events.push('release');
          return Promise.resolve();
        },
      });
    },
  };
  return lease;
}
const open = { isClosed: () => Promise.resolve(null), close: () => Promise.resolve() };
const identity = { pid: 1, marker: '--leadops-browser=x' };
const log = pino({ level: 'silent' });

test('one login is worked at by one at a time, two logins side by side, each under its lease', async () => {
  const lease = countingLease();
  const lanes = makeLanes({ lease, gate: open, log, renewEvery: 5 });
  const busy = new Set<string>();
  let together = 0;
  const work = (login: string) =>
    lanes.run('cole', login, identity, async () => {
      expect(busy.has(login)).toBe(false);
      busy.add(login);
      together = Math.max(together, busy.size);
      const renewed = lease.events.length;
      while (lease.events.length < renewed + 2) await new Promise((resolve) => setTimeout(resolve, 2));
      busy.delete(login);
    });
  await Promise.all([work('cole:TX'), work('cole:TX'), work('cole:NJ')]);
  expect(together).toBe(2);
  expect(lease.events.filter((event) => event.startsWith('acquire'))).toHaveLength(3);
  expect(lease.events.filter((event) => event === 'release')).toHaveLength(3);
});

test('work whose lease was taken over is stopped and may be tried again', async () => {
  const lease = countingLease();
  lease.fail = true;
  const lanes = makeLanes({ lease, gate: open, log, renewEvery: 5 });
  const working = lanes.run(
    'cole',
    'cole:TX',
    identity,
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      }),
  );
  await expect(working).rejects.toMatchObject({ name: 'Retryable' });
  expect(lease.events.at(-1)).toBe('release');
});

test('a lane that is closed while others wait refuses them too', async () => {
  let reason: string | null = null;
  const lease = countingLease();
  const gate = { isClosed: () => Promise.resolve(reason), close: () => Promise.resolve() };
  const lanes = makeLanes({ lease, gate, log });
  const first = lanes.run('cole', 'cole:TX', identity, () => {
    reason = 'the page changed';
    return Promise.resolve();
  });
  const second = lanes.run('cole', 'cole:TX', identity, () => Promise.resolve());
  await first;
  await expect(second).rejects.toMatchObject({ name: 'NeedsHuman', need: 'CHECK' });
  expect(lease.events.filter((event) => event.startsWith('acquire'))).toHaveLength(1);
});

test('canceling ends the work at the vendor and its browser context', async () => {
  const pages = await servePages(({ response }) => html(response, '<body><a href=/out>Sign out</a></body>'));
  const stop = new AbortController();
  const sessions = makeSessionDeps(browser, { signal: stop.signal });
  const session = {
    vendor: 'x',
    login: 'x',
    url: pages.url,
    home: () => true,
    credentials: () => Promise.resolve({ username: '', secret: '' }),
  };
  const working = inSession(sessions, session, async ({ page }) => {
    stop.abort();
    await page.waitForSelector('#never');
  });
  await expect(working).rejects.toMatchObject({ name: 'AbortError' });
  expect((await browser.running()).browser.contexts()).toEqual([]);
  await pages.close();
});

test('a page whose rules forbid foreign scripts is read like any other', async () => {
  const pages = await servePages(({ response }) =>
    html(response, '<body><label>ZIP codes <input></label></body>', {
      'content-security-policy': "default-src 'none'",
    }),
  );
  const surface = await showPage(browser, '');
  await surface.page.goto(pages.url);
  expect((await look(surface)).seen).toMatchObject([{ kind: 'text', own: ['ZIP codes'] }]);
  expect(await readLines(surface)).toEqual(['ZIP codes']);
  await surface.page.context().close();
  await pages.close();
});

test('what a person cannot see is not seen: folded, hidden, moved off, behind a dialog', async () => {
  const surface = await showPage(
    browser,
    `<button>shown</button><button hidden>hidden</button><div style="height:0;overflow:hidden"><button>folded</button></div>
     <div style="position:absolute;left:-9999px"><button>moved off</button></div><button style="visibility:hidden">invisible</button>
     <details><summary>more</summary><button>inside</button></details><div style="height:3000px"></div><button>below the fold</button>`,
  );
  const names = async () => (await look(surface)).seen.map(({ own }) => own[0]);
  expect(await names()).toEqual(['shown', 'more', 'below the fold']);
  await surface.page.evaluate(
    "document.body.insertAdjacentHTML('beforeend', '<dialog><button>in the dialog</button></dialog>'); document.querySelector('dialog').showModal()",
  );
  expect(await names()).toEqual(['in the dialog']);
});

test('whoever comes to a page that asks for a password is told so, also right after somebody else was there', async () => {
  const surface = await showPage(browser, '<input type=password aria-label=Password>');
  let explained = 0;
  const inMidWork = { ...surface, explain: () => Promise.resolve(void (explained += 1)) };
  await settle(surface);
  await settle(inMidWork);
  expect(explained).toBe(1);
  await surface.page.context().close();
});
