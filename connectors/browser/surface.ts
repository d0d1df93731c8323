import type { Logger } from 'pino';
import type { CDPSession, ElementHandle, Frame, Page } from 'playwright';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

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

/** One page in our hands: what every control and connector function takes first. */
export type Surface = {
  readonly page: Page;
  /** Reads the page beside Playwright: a look is no act, belongs in no trace, and must cost next to nothing. */
  readonly eyes: CDPSession;
  readonly vendor: string;
  readonly log: Log;
  readonly patience: Patience;
  readonly traffic: Traffic;
  /** Bytes that a downloaded file may have. */
  readonly largestFile: number;
  /** Throws the better error where a thing is missing for a known reason: signed out, a challenge, the vendor is down. */
  readonly explain: (surface: Surface) => Promise<void>;
};

/** What the page and the server said to each other lately. */
export type Traffic = {
  /** Requests under way that a person would wait for. */
  underway(): number;
  /** Requests begun so far: a difference says that an act made the page ask. */
  begun(): number;
  /** When the last one began or ended, milliseconds of `performance.now`. */
  lastMove(): number;
  /** The latest answer of 429 or 500 and above to the page, its data or its forms. */
  trouble(): { readonly status: number; readonly retryAfterMs: number | undefined; readonly at: number } | null;
  /** Messages of `alert` and `confirm`, which are accepted as they come. */
  readonly spoken: readonly string[];
  /** Answers the next `prompt` with this; one that nobody expects is dismissed. @returns whether it was asked by now */
  expectPrompt(answer: string): () => boolean;
};

/** A request older than this is a page listening for news, not one somebody waits for. */
const listeningAfterMs = 8_000;
const waitedFor = new Set(['document', 'xhr', 'fetch', 'script', 'stylesheet']);

export function watchTraffic(page: Page): Traffic {
  const open = new Map<unknown, number>();
  const spoken: string[] = [];
  let begun = 0;
  let lastMove = performance.now();
  let trouble: ReturnType<Traffic['trouble']> = null;
  let expected: { readonly answer: string; asked: boolean } | null = null;
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
  page.on('dialog', (dialog) => {
    spoken.push(dialog.message());
    // A vendor's "Are you sure?" follows an act we meant; a prompt asks for text nobody has, unless it was expected.
    const asks = dialog.type() === 'prompt';
    const typed = asks ? expected : null;
    const answer = asks && !typed ? dialog.dismiss() : dialog.accept(typed?.answer);
    if (typed) typed.asked = true;
    expected = null;
    answer.catch(() => undefined);
  });
  return {
    spoken,
    expectPrompt(answer) {
      const prompt = { answer, asked: false };
      expected = prompt;
      return () => prompt.asked;
    },
    underway: () => {
      const now = performance.now();
      return [...open.values()].filter((since) => now - since < listeningAfterMs).length;
    },
    begun: () => begun,
    lastMove: () => lastMove,
    trouble: () => trouble,
  };
}

/** A pause between two looks at a page, never a wait for luck. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const surfaces = new WeakMap<Page, Promise<Surface>>();

/** The surface of a page: always the same one, so that its traffic is watched once. */
export function surfaceOf(page: Page, rest: Omit<Surface, 'page' | 'eyes' | 'traffic'>): Promise<Surface> {
  const known = surfaces.get(page) ?? openSurface(page, rest);
  surfaces.set(page, known);
  return known;
}

async function openSurface(page: Page, rest: Omit<Surface, 'page' | 'eyes' | 'traffic'>): Promise<Surface> {
  const traffic = watchTraffic(page);
  return { ...rest, page, traffic, eyes: await page.context().newCDPSession(page) };
}

export type Handle = ElementHandle<Element>;
