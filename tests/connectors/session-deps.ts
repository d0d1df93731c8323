import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import { makeBrowserHost, type BrowserHost } from '../../connectors/browser/chromium.ts';
import { makeLanes, type Lanes } from '../../connectors/browser/lane.ts';

/** A real browser and the smallest honest version of everything src/ gives a connector, with its books open. */
export type TestSessionDeps = SessionDeps & {
  readonly browser: BrowserHost;
  readonly lanes: Lanes;
  readonly saved: { name: string; kind: string; bytes: Buffer }[];
  readonly sessions: Map<string, string>;
  readonly closed: Map<string, string>;
  readonly lines: string[];
};

export function makeSessionDeps(
  browser: BrowserHost,
  more: Partial<Omit<SessionDeps, 'browser' | 'lanes'>> = {},
): TestSessionDeps {
  const saved: TestSessionDeps['saved'] = [];
  const sessions = new Map<string, string>();
  const closed = new Map<string, string>();
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const gate = {
    isClosed: (vendor: string) => Promise.resolve(closed.get(vendor) ?? null),
    close: (vendor: string, reason: string) => Promise.resolve(void closed.set(vendor, reason)),
  };
  const lease = {
    acquire: () => Promise.resolve({ renew: () => Promise.resolve(), release: () => Promise.resolve() }),
  };
  return {
    browser,
    saved,
    sessions,
    closed,
    lines,
    gate,
    folder: folder(),
    log,
    lanes: makeLanes({ lease, gate, log }),
    vault: {
      load: (login) => Promise.resolve(sessions.get(login) ?? null),
      save: (login, state) => Promise.resolve(void sessions.set(login, state)),
      forget: (login) => Promise.resolve(void sessions.delete(login)),
    },
    evidence: {
      save: (name, kind, bytes) => {
        saved.push({ name, kind, bytes });
        return Promise.resolve(`evidence/${randomUUID()}`);
      },
    },
    patience: { thing: 3_000, page: 15_000, file: 30_000 },
    ...more,
  };
}

export function startBrowser(): BrowserHost {
  return makeBrowserHost({ log: pino({ level: 'silent' }), chromiumPath: process.env.CHROMIUM_PATH });
}

export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'leadops-connectors-'));
}
