import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Sessions } from './sessions.ts';

type Page = { readonly socket: WebSocket; readonly email: string; readonly browser: string };
export type Live = ReturnType<typeof makeLive>;

/** Pages hear of changes at most this often. */
const newsEveryMs = 250;
/** A browser that is just closing gets this long before the next one counts as a second one. */
const graceMs = 400;

/**
 * The socket every signed-in page keeps open. It carries the news of changed tables, and shows which browsers are at a
 * login right now: a page names its browser (kept in the browser's own cache storage, which a saved sign-in does not
 * carry along), and a killed browser's socket is gone at once.
 */
export function makeLive(sessions: Sessions, onSecondBrowser: () => void) {
  const pages = new Set<Page>();
  const changed = new Set<string>();
  const sockets = new WebSocketServer({ noServer: true });
  let timer: NodeJS.Timeout | undefined;

  const tell = (news: unknown): void => {
    for (const { socket } of pages) socket.send(JSON.stringify(news));
  };

  const others = (page: Page): boolean =>
    [...pages].some((other) => other.email === page.email && other.browser !== page.browser);

  const arrive = async (page: Page): Promise<void> => {
    const newBrowser = ![...pages].some((other) => other.browser === page.browser);
    pages.add(page);
    page.socket.on('close', () => pages.delete(page));
    if (!newBrowser || !others(page)) return;
    await wait(graceMs, undefined, { ref: false });
    if (pages.has(page) && others(page)) onSecondBrowser();
  };

  return {
    attach(server: Server): void {
      server.on('upgrade', (request, socket, head) => {
        const session = sessions.find(request.headers.cookie);
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        const browser = searchParams.get('browser');
        if (!session || pathname !== '/live' || !browser) return void socket.destroy();
        sockets.handleUpgrade(request, socket, head, (opened) => {
          void arrive({ socket: opened, email: session.email, browser });
        });
      });
    },
    changed(tableId: string): void {
      changed.add(tableId);
      timer ??= setTimeout(() => {
        timer = undefined;
        tell({ changed: [...changed] });
        changed.clear();
      }, newsEveryMs);
    },
    openBrowsers: () => new Set([...pages].map(({ browser }) => browser)).size,
    close(): void {
      clearTimeout(timer);
      for (const { socket } of pages) socket.terminate();
      sockets.close();
    },
  };
}
