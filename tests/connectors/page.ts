import { pino, type Logger } from 'pino';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import { openContext } from '../../connectors/browser/context.ts';
import { surfaceOf, type Surface } from '../../connectors/browser/surface.ts';

/** A page of our own in a real browser, in the hands of the controls. */
export async function showPage(
  browser: BrowserHost,
  body: string,
  log: Logger = pino({ level: 'silent' }),
): Promise<Surface> {
  const context = await openContext((await browser.running()).browser, null);
  const page = await context.newPage();
  await page.setContent(`<!doctype html><body>${body}</body>`);
  return surfaceOf(page, {
    vendor: 'page',
    log,
    patience: { thing: 1_500, page: 5_000, file: 5_000 },
    largestFile: 1_000_000,
    explain: () => Promise.resolve(),
  });
}

/** What the page's own script noted in `window.noted`. */
export function noted(surface: Surface): Promise<unknown> {
  return surface.page.evaluate('window.noted');
}
