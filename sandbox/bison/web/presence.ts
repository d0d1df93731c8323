import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Session } from './sessions.ts';
import { typed } from './visit.ts';

type Window = { readonly login: string; readonly browser: string; readonly response: Response };
export type Presence = ReturnType<typeof makePresence>;

/** A browser that is just closing gets this long before the next one counts as a second one. */
const graceMs = 400;

/**
 * Every signed-in page keeps one stream open and names its browser, so that a login in two browsers at once is seen and
 * a killed browser is gone at once. One after the other is no offence.
 */
export function makePresence(onSecondBrowser: (login: string) => void) {
  const windows = new Set<Window>();
  const browsersOf = (login: string) =>
    new Set([...windows].filter((window) => window.login === login).map(({ browser }) => browser));

  async function arrive(window: Window): Promise<void> {
    const isNew = !browsersOf(window.login).has(window.browser);
    windows.add(window);
    if (!isNew || browsersOf(window.login).size === 1) return;
    await wait(graceMs, undefined, { ref: false });
    if (windows.has(window) && browsersOf(window.login).size > 1) onSecondBrowser(window.login);
  }

  return {
    open(request: Request, response: Response, session: Session): void {
      const window = { login: session.login.email, browser: typed(request.query.browser), response };
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      response.on('close', () => windows.delete(window));
      void arrive(window);
    },
    close(): void {
      for (const { response } of windows) response.destroy();
    },
  };
}
