import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

/** A browser for the people of the stand-ins: those in the tests, and the demo's camera. The app has its own. */
export function openBrowser(): Promise<Browser> {
  const known = process.env['CHROMIUM_PATH'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  return chromium.launch({ ...(known !== undefined && { executablePath: known }) });
}
