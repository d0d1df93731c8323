import type { CDPSession, ElementHandle, Frame, Page, Response } from 'playwright';
import type { Log } from './log.ts';
import { watchDialogs, type Dialogs, type Expected } from './dialogs.ts';

/** How long we wait for what, in milliseconds. */
export type Patience = {
  /** For one thing on a page that has come to rest. */
  readonly thing: number;
  /** For a page, or an answer of the vendor's server. */
  readonly page: number;
  /** For a file the vendor has to make first. */
  readonly file: number;
};

export const usualPatience: Patience = { thing: 6_000, page: 45_000, file: 10 * 60_000 };

/** Bytes that a downloaded file may have. */
export const usualLargestFile = 200_000_000;

/** One page with what is known of it: the first argument of every control and connector function. */
export type Surface = {
  readonly page: Page;
  /** Reads the page without Playwright's own calls: looking should be fast and should not fill the trace. */
  readonly eyes: CDPSession;
  readonly vendor: string;
  readonly log: Log;
  readonly patience: Patience;
  readonly traffic: Traffic;
  readonly dialogs: Dialogs;
  /** Bytes that a downloaded file may have. */
  readonly largestFile: number;
  /** Throws the better error where a thing is missing for a known reason: signed out, a challenge, the vendor is down. */
  readonly explain: (surface: Surface) => Promise<void>;
};

/** What the page and the server said to each other lately. */
type Traffic = {
  /** Requests under way that a person would wait for. */
  underway(): number;
  /** Requests begun so far: a difference says that an act made the page ask. */
  begun(): number;
  /** When the last one began or ended, milliseconds of `performance.now`. */
  lastMove(): number;
  /** The latest answer of 429 or 500 and above to the page, its data or its forms. */
  trouble(): { readonly status: number; readonly retryAfterMs: number | undefined; readonly at: number } | null;
};

/** A request older than this is one with which the page listens for news; nobody waits for its answer. */
const listeningAfterMs = 8_000;
const waitedFor = new Set(['document', 'xhr', 'fetch', 'script', 'stylesheet']);

function watchTraffic(page: Page): Traffic {
  const open = new Map<unknown, number>();
  let begun = 0;
  let lastMove = performance.now();
  let trouble: ReturnType<Traffic['trouble']> = null;
  page.on('request', (request) => {
    if (!waitedFor.has(request.resourceType())) return;
    begun += 1;
    lastMove = performance.now();
    open.set(request, lastMove);
  });
  const over = (request: unknown) => {
    if (open.delete(request)) lastMove = performance.now();
  };
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  page.on('framenavigated', (frame: Frame) => {
    if (frame === page.mainFrame()) lastMove = performance.now();
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status < 500 && status !== 429) return;
    if (!['document', 'xhr', 'fetch'].includes(response.request().resourceType())) return;
    const seconds = Number(response.headers()['retry-after']);
    trouble = { status, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined, at: performance.now() };
  });
  return {
    underway: () => {
      const now = performance.now();
      return [...open.values()].filter((since) => now - since < listeningAfterMs).length;
    },
    begun: () => begun,
    lastMove: () => lastMove,
    trouble: () => trouble,
  };
}

/** Does an act of which a page may ask, in a box of the browser's, whether it is meant; there the answer is yes. */
export async function expecting<T>({ dialogs }: Surface, expected: Expected, act: () => Promise<T>): Promise<T> {
  const expectation = dialogs.expect(expected);
  try {
    return await act();
  } finally {
    expectation.over();
  }
}

/** Leaves for another address; what the page holds unsaved is of no use to us. */
export function leaveFor(surface: Surface, url: string): Promise<Response | null> {
  return expecting(surface, { type: 'beforeunload' }, () => surface.page.goto(url, { waitUntil: 'domcontentloaded' }));
}

/** A short pause between two looks at a page; what is waited for is always a condition. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const surfaces = new WeakMap<Page, Promise<Surface>>();

/** The surface of a page: always the same one, so that its traffic is watched once. */
export function surfaceOf(page: Page, rest: Omit<Surface, 'page' | 'eyes' | 'traffic' | 'dialogs'>): Promise<Surface> {
  const known = surfaces.get(page) ?? openSurface(page, rest);
  surfaces.set(page, known);
  return known;
}

async function openSurface(page: Page, rest: Omit<Surface, 'page' | 'eyes' | 'traffic' | 'dialogs'>): Promise<Surface> {
  const traffic = watchTraffic(page);
  const dialogs = watchDialogs(page, rest.log);
  return { ...rest, page, traffic, dialogs, eyes: await page.context().newCDPSession(page) };
}

export type Handle = ElementHandle<Element>;
