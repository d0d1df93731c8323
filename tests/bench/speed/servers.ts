import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Servers = {
  begin(): void;
  /** Milliseconds since `begin` during which at least one vendor was at work. */
  busyMs(): number;
  end(): void;
};

type Interval = { readonly from: number; to: number };

/** Between two checks of a validation that is under way no more than this goes by, milliseconds. */
const betweenChecks = 1_000;

/**
 * Watches the HTTP servers of this process on these ports: Node tells of every request's beginning and end. A validation
 * runs on while nobody asks: it is under way from one of its checks at `checker` to the next.
 */
export function watchServers(ports: readonly number[], checker: number): Servers {
  let intervals: Interval[] = [];
  let lastCheck: Interval | undefined;
  const begun = (message: unknown) => {
    // The shape Node documents for this channel.
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const port = request.socket.localPort ?? 0;
    if (!ports.includes(port) && port !== checker) return;
    // A page that listens for news waits for nothing.
    if (/event-stream/.test(request.headers.accept ?? '')) return;
    const now = performance.now();
    const interval: Interval = { from: now, to: Infinity };
    if (port === checker) {
      if (lastCheck && now - Math.min(lastCheck.to, now) < betweenChecks) lastCheck.to = Math.max(lastCheck.to, now);
      lastCheck = interval;
    }
    intervals.push(interval);
    response.once('close', () => {
      interval.to = performance.now();
    });
  };
  subscribe('http.server.request.start', begun);
  return {
    begin() {
      intervals = [];
    },
    busyMs() {
      const now = performance.now();
      let busy = 0;
      let until = -Infinity;
      for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
        const end = Math.min(to, now);
        busy += Math.max(0, end - Math.max(from, until));
        until = Math.max(until, end);
      }
      return busy;
    },
    end: () => void unsubscribe('http.server.request.start', begun),
  };
}
