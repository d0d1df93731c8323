import type { BrowserContext, Page } from 'playwright';

/**
 * Watches the size of downloads while they run, because Playwright hands over a file only when it is complete on the
 * browser's disk.
 */
export type Scale = {
  /** Calls back once, as soon as a file is announced or grows larger than it may. */
  onTooLarge(tell: () => void): void;
  stop(): void;
};

/** @param mostBytes a file may have */
export async function weighDownloads(context: BrowserContext, mostBytes: number): Promise<Scale> {
  let tell: (() => void) | undefined;
  let over = false;
  const endings: (() => void)[] = [];
  const watch = async (page: Page) => {
    // A window may be closed as soon as its file is on the way.
    const session = await context.newCDPSession(page).catch(() => null);
    if (!session) return;
    endings.push(() => void session.detach().catch(() => undefined));
    session.on('Page.downloadProgress', ({ receivedBytes, totalBytes }) => {
      if (over || Math.max(receivedBytes, totalBytes) <= mostBytes) return;
      over = true;
      tell?.();
    });
    await session.send('Page.enable').catch(() => undefined);
  };
  const onPage = (page: Page) => void watch(page);
  context.on('page', onPage);
  await Promise.all(context.pages().map(watch));
  return {
    onTooLarge(callBack) {
      tell = callBack;
      if (over) callBack();
    },
    stop() {
      context.off('page', onPage);
      for (const end of endings) end();
    },
  };
}
