import type { BrowserContext, Page } from 'playwright';
import { cut, scrubbed } from '../../pipeline/scrub.ts';
import { signInMasks } from './sign-in-masks.ts';
import { picture } from './draw.ts';
import type { Log } from './log.ts';
import { withoutTextInTree } from './trace-page.ts';
import { scrubTrace } from './trace-scrub.ts';

type EvidenceKind = 'screenshot' | 'aria' | 'trace';

/** Where failure photographs go: private storage, told by src/. */
export type Evidence = {
  /** @returns the key it can be fetched by */
  save(name: string, kind: EvidenceKind, bytes: Buffer): Promise<string>;
};

export type EvidenceKey = { readonly kind: EvidenceKind; readonly key: string };

const taken = new WeakMap<object, readonly EvidenceKey[]>();

/** The photographs that were taken of an error, for the card and for `agent_errors`. */
export function evidenceOf(error: unknown): readonly EvidenceKey[] {
  return typeof error === 'object' && error !== null ? (taken.get(error) ?? []) : [];
}

export function attachEvidence(error: unknown, keys: readonly EvidenceKey[]): void {
  if (typeof error === 'object' && error !== null) taken.set(error, [...(taken.get(error) ?? []), ...keys]);
}

/**
 * A picture and the page structure, with no secret and nobody of a lead list in them; the page stays as it is. A page
 * `inside` is drawn anew, with the names of controls and headings as its only words (./draw.ts); at a sign-in page a
 * person needs the page's own sentences to answer it, and no lead is on it: what was typed, and what repeats it, is
 * covered.
 */
export async function photograph(
  page: Page,
  evidence: Evidence,
  name: string,
  secrets: readonly string[],
  log: Log,
  place: 'inside' | 'sign-in' = 'inside',
): Promise<readonly EvidenceKey[]> {
  const keys: EvidenceKey[] = [];
  if (page.isClosed()) return keys;
  // Picture and structure are taken independently: one may succeed where the other fails.
  const keep = async (kind: EvidenceKind, take: () => Promise<Buffer>) => {
    try {
      keys.push({ kind, key: await evidence.save(name, kind, await take()) });
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      log.warn({ kind, reason }, 'evidence of a failure could not be taken');
    }
  };
  await keep('screenshot', () => (place === 'inside' ? picture(page) : signInPicture(page, secrets)));
  await keep('aria', async () => {
    let structure = await page.locator('body').ariaSnapshot({ timeout: 5_000 });
    for (const secret of secrets) if (secret !== '') structure = structure.replaceAll(secret, cut);
    return Buffer.from(place === 'inside' ? withoutTextInTree(structure) : scrubbed(structure), 'utf8');
  });
  return keys;
}

async function signInPicture(page: Page, secrets: readonly string[]): Promise<Buffer> {
  const mask = signInMasks(page, secrets);
  return page.screenshot({ timeout: 10_000, animations: 'disabled', caret: 'hide', mask, maskColor: '#bbb' });
}

/** The trace of one piece of work, kept where it failed. It never runs while somebody signs in. */
export type Tracer = {
  start(): Promise<void>;
  /** Forgets what was recorded, or saves it under `name`. */
  stop(save?: {
    readonly evidence: Evidence;
    readonly name: string;
    readonly read: (path: string) => Promise<Buffer>;
  }): Promise<EvidenceKey | null>;
};

export function makeTracer(context: BrowserContext, path: string): Tracer {
  let running = false;
  return {
    async start() {
      if (running) return;
      await context.tracing.start({ snapshots: true, screenshots: false, sources: false });
      running = true;
    },
    async stop(save) {
      if (!running) return null;
      running = false;
      if (!save) {
        await context.tracing.stop();
        return null;
      }
      await context.tracing.stop({ path });
      const clean = await scrubTrace(await save.read(path));
      return { kind: 'trace', key: await save.evidence.save(save.name, 'trace', clean) };
    },
  };
}
