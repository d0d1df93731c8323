import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

/** A browser for the people of the stand-ins (their hands and cameras); the app has its own. */
export function openBrowser(): Promise<Browser> {
  const known = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath: existsSync(known) ? known : undefined, args: ['--no-sandbox'] });
}
