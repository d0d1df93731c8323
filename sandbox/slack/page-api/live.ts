import type { Express, Response } from 'express';
import { messagesOf } from '../messages.ts';
import type { Change, World } from '../world.ts';
import { channelsFor, homeFor, modalsFor, seen, type SeenChannel, type SeenMessage, type SeenView } from './reading.ts';

/** What a page hears while it is open. */
export type News =
  /** `message: null`: it is gone. */
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string; readonly message: SeenMessage | null }
  | { readonly kind: 'views'; readonly modals: readonly SeenView[] }
  | { readonly kind: 'home'; readonly home: SeenView | null }
  | { readonly kind: 'conversations'; readonly channels: readonly SeenChannel[] }
  | { readonly kind: 'reset' };

/**
 * Two ways to hear of changes: a stream of server-sent events for the page, and a long poll that says only "something
 * moved" for clients that look again themselves.
 */
export function live(app: Express, world: World): () => void {
  const open = new Set<Response>();
  let revision = 0;
  let waiting: (() => void)[] = [];
  world.listeners.add(() => {
    revision += 1;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });

  app.get('/client/stream', (request, response) => {
    const { user = '' } = request.query as { user?: string };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    const tell = (change: Change) => {
      const news = newsFor(world, user, change);
      if (news) response.write(`data: ${JSON.stringify(news)}\n\n`);
    };
    world.listeners.add(tell);
    open.add(response);
    response.on('close', () => {
      world.listeners.delete(tell);
      open.delete(response);
    });
  });

  app.get('/client/changes', (request, response) => {
    const after = Number(request.query['after'] ?? 0);
    const answer = () => void response.json({ ok: true, result: { revision } });
    if (revision > after) return answer();
    const timer = setTimeout(() => {
      waiting = waiting.filter((wake) => wake !== answer);
      answer();
    }, 15_000);
    timer.unref();
    waiting.push(() => {
      clearTimeout(timer);
      answer();
    });
  });

  return () => {
    for (const response of open) response.end();
  };
}

function newsFor(world: World, user: string, change: Change): News | null {
  switch (change.kind) {
    case 'message': {
      const { channel, ts } = change;
      if (!world.channels.get(channel)?.members.has(user)) return null;
      const message = messagesOf(world, channel).get(ts);
      if (message?.visibleTo && message.visibleTo !== user) return null;
      return { kind: 'message', channel, ts, message: message ? seen(world, user, message) : null };
    }
    case 'views':
      return change.user === user ? { kind: 'views', modals: modalsFor(world, user) } : null;
    case 'home':
      return change.user === user ? { kind: 'home', home: homeFor(world, user) } : null;
    case 'conversations':
      return change.user === user ? { kind: 'conversations', channels: channelsFor(world, user) } : null;
    case 'reset':
      return { kind: 'reset' };
  }
}
