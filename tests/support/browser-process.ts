// Starts the browser as the app does and prints, as one line of JSON, how it runs: for a test that needs another user.
import { pino } from 'pino';
import { makeBrowserHost } from '../../connectors/browser/chromium.ts';
import { argumentsOf } from './process.ts';

const lines: string[] = [];
const host = makeBrowserHost({
  log: pino({}, { write: (line: string) => void lines.push(line) }),
  chromiumPath: process.env.CHROMIUM_PATH,
});
const { identity, sandboxed, browser } = await host.running();
const page = await browser.newPage();
await page.setContent('<h1>a page</h1>');
process.stdout.write(
  JSON.stringify({ sandboxed, arguments: argumentsOf(identity.pid), shown: await page.textContent('h1'), lines }),
);
await host.close();
