import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { openBrowser } from '../chromium.ts';

/** Takes pictures of the running page, as the people of the story see it. */
export type Camera = {
  /** A channel, scrolled to its end, or to the newest message that says `top`; a thread beside it. */
  channel(name: string, user: string, channel: string, at?: { threadTs?: string; top?: RegExp }): Promise<void>;
  /** The app's Home tab. */
  home(name: string, user: string): Promise<void>;
  close(): Promise<void>;
};

export const noCamera: Camera = {
  channel: () => Promise.resolve(),
  home: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/**
 * @param slackUrl the page's address
 * @param folder where `<name>.png` goes; made when it is not there
 */
export async function makeCamera(slackUrl: string, folder: string): Promise<Camera> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  return {
    channel: (name, user, channel, { threadTs, top } = {}) =>
      shoot(browser, join(folder, `${name}.png`), async (page) => {
        const thread = threadTs === undefined ? '' : `&thread_ts=${threadTs}`;
        await page.goto(`${slackUrl}/archives/${channel}?user=${user}${thread}`);
        await page.locator('.message-body').last().waitFor();
        if (top)
          await page
            .locator('main .message-body', { hasText: top })
            .last()
            .evaluate((message) => message.scrollIntoView({ block: 'start' }));
      }),
    home: (name, user) =>
      shoot(browser, join(folder, `${name}.png`), async (page) => {
        await page.goto(`${slackUrl}/?user=${user}`);
        await page.getByRole('heading', { name: 'Apps' }).locator('xpath=following-sibling::ul[1]//button').click();
        await page.getByRole('tab', { name: 'Home', selected: true }).waitFor();
        await page.locator('.home-inner > *').first().waitFor();
      }),
    close: () => browser.close(),
  };
}

async function shoot(browser: Browser, path: string, open: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1320, height: 1160 } });
  try {
    await open(page);
    await page.evaluate(async () => {
      await document.fonts.ready;
      const shown = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
      await Promise.allSettled(shown.map((image) => image.decode()));
    });
    await page.screenshot({ path });
  } finally {
    await page.close();
  }
}
