import { randomUUID } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { childEnvironment } from '../../pipeline/child-environment.ts';
import { InvalidInput, Retryable } from '../../pipeline/errors.ts';
import { makeSandboxedLaunch, type SandboxWish } from './sandbox.ts';
import type { Log } from './log.ts';

export type FoundChromium = {
  readonly path: string | undefined;
  readonly from: 'CHROMIUM_PATH' | 'system' | 'playwright';
};

const systemNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const systemPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
];

/**
 * `CHROMIUM_PATH`, else what the system has, else Playwright's own (`path` undefined: Playwright knows where).
 * @throws InvalidInput where CHROMIUM_PATH names nothing that can be started
 */
export async function findChromium(
  chromiumPath: string | undefined,
  searchPath = process.env.PATH ?? '',
): Promise<FoundChromium> {
  if (chromiumPath !== undefined && chromiumPath !== '') {
    if (await canRun(chromiumPath)) return { path: chromiumPath, from: 'CHROMIUM_PATH' };
    throw new InvalidInput(`CHROMIUM_PATH is ${chromiumPath}, and no program is there`, {
      todo: 'Point CHROMIUM_PATH at a Chromium or Chrome, or leave it empty to use the one that is found.',
    });
  }
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const places = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...places, ...systemPlaces]) if (await canRun(path)) return { path, from: 'system' };
  return { path: undefined, from: 'playwright' };
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** How another process recognises this browser, to end it when its owner is dead (`endBrowser`). */
export type BrowserIdentity = { readonly pid: number; readonly marker: string };

type RunningBrowser = {
  readonly browser: Browser;
  readonly identity: BrowserIdentity;
  /** Whether Chromium's own sandbox is around the vendors' pages. */
  readonly sandboxed: boolean;
};

/** One Chromium for the process, started when first needed and again when it died. */
export type BrowserHost = {
  /** @throws Retryable once it was closed: whoever still works then is too late, and the next process goes on */
  running(): Promise<RunningBrowser>;
  /** For good. */
  close(): Promise<void>;
};

export type BrowserOptions = {
  readonly log: Log;
  readonly chromiumPath?: string | undefined;
  readonly headless?: boolean;
  /** `auto` (usual): with Chromium's sandbox wherever it starts that way. */
  readonly sandbox?: SandboxWish;
  /** A folder of the process's own for recordings, downloads and the browser's files; the system's otherwise. */
  readonly folder?: string;
};

/** Chromium makes a socket below its TMPDIR, and no socket's path may be longer than 107 bytes. */
const longestFolder = 60;

/** Nothing of Chromium's own talks to the network; the vendor's pages are all it opens. */
const quietArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
];

/** @throws InvalidInput where the sandbox is asked for and cannot be had */
export function makeBrowserHost(options: BrowserOptions): BrowserHost {
  const { log, chromiumPath, headless = true, sandbox = 'auto', folder } = options;
  let current: Promise<RunningBrowser & { close(): Promise<void> }> | null = null;
  let closed = false;
  const launch = makeSandboxedLaunch(sandbox, log);
  const start = async () => {
    const found = await findChromium(chromiumPath);
    const marker = `--leadops-browser=${randomUUID()}`;
    const { started: browser, sandboxed } = await launch((chromiumSandbox) =>
      chromium.launch({
        headless,
        chromiumSandbox,
        ...(found.path === undefined ? {} : { executablePath: found.path }),
        ...(folder !== undefined && { artifactsDir: folder }),
        env: {
          ...childEnvironment(process.env),
          ...(folder !== undefined && folder.length <= longestFolder && { TMPDIR: folder }),
        },
        args: [...quietArguments, marker],
        // Chromium is closed by the process's own shutdown. Playwright must not close it at a signal, because
        // connectors may still be at work.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      }),
    );
    const pid = await pidOf(browser).catch(async (error: unknown) => {
      await browser.close().catch(() => undefined); // Nobody would know of it, and nobody could end it.
      throw error;
    });
    const identity = { pid, marker };
    log.info(
      { from: found.from, path: found.path, version: browser.version(), pid: identity.pid, headless, sandboxed },
      'browser started',
    );
    browser.on('disconnected', () => {
      current = null;
    });
    return {
      browser,
      identity,
      sandboxed,
      close: () => browser.close().catch(() => undefined),
    };
  };
  return {
    running() {
      if (closed) return Promise.reject(new Retryable('NETWORK', 'LeadOps is stopping; no browser was started'));
      const starting = (current ??= start());
      starting.catch(() => {
        if (current === starting) current = null;
      });
      return starting;
    },
    async close() {
      closed = true;
      const closing = current;
      current = null;
      // One that never started, or died, leaves nothing to close.
      await (await closing?.catch(() => null))?.close();
    },
  };
}

/** Playwright names the process only of a browser behind a server, where every call would travel twice. */
async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.find(({ type }) => type === 'browser')?.id ?? 0;
}
