import type { BrowserContext, Page } from 'playwright';
import { cut, scrubbed } from '../../pipeline/scrub.ts';
import type { Log } from './surface.ts';
import { blankStyle, withoutTextInTree } from './trace-page.ts';
import { scrubTrace } from './trace-scrub.ts';

export type EvidenceKind = 'screenshot' | 'aria' | 'trace';

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
 * A screenshot and the page structure, with no secret and nobody of a lead list in them. Password and code fields are
 * emptied first and the words of `secrets` are blotted out. Of a page `inside` only the names of controls and headings can be
 * read (./trace-page.ts); at the door a person needs the page's own sentences to answer it, and no lead is there.
 */
export async function photograph(
  page: Page,
  evidence: Evidence,
  name: string,
  secrets: readonly string[],
  log: Log,
  place: 'inside' | 'door' = 'inside',
): Promise<readonly EvidenceKey[]> {
  const keys: EvidenceKey[] = [];
  if (page.isClosed()) return keys;
  try {
    await page.evaluate(
      `for (const field of document.querySelectorAll('input[type=password], input[autocomplete=one-time-code], input[name*=code i], input[name*=otp i]')) field.value = '';
       for (const field of document.querySelectorAll('input')) if (${JSON.stringify(secrets)}.includes(field.value)) field.value = '';`,
    );
    const screenshot = await page.screenshot({
      timeout: 10_000,
      animations: 'disabled',
      caret: 'hide',
      ...(place === 'inside'
        ? { style: blankStyle }
        : { mask: secrets.filter((secret) => secret !== '').map((secret) => page.getByText(secret)) }),
    });
    keys.push({ kind: 'screenshot', key: await evidence.save(name, 'screenshot', screenshot) });
    let structure = await page.locator('body').ariaSnapshot({ timeout: 5_000 });
    for (const secret of secrets) if (secret !== '') structure = structure.replaceAll(secret, cut);
    structure = place === 'inside' ? withoutTextInTree(structure) : scrubbed(structure);
    keys.push({ kind: 'aria', key: await evidence.save(name, 'aria', Buffer.from(structure, 'utf8')) });
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'a failure photograph could not be taken');
  }
  return keys;
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
