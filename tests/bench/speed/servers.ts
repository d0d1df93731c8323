import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Servers = {
  begin(): void;
  /** Milliseconds since `begin` during which at least one request was being answered. */
  busyMs(): number;
  end(): void;
};

/** Watches the HTTP servers of this process on these ports: Node tells of every request's beginning and end. */
export function watchServers(ports: readonly number[]): Servers {
  const open = new Set<ServerResponse>();
  let busy = 0;
  let since = 0;
  const close = (response: ServerResponse) => {
    if (!open.delete(response) || open.size > 0) return;
    busy += performance.now() - since;
  };
  const begun = (message: unknown) => {
    // The shape Node documents for this channel.
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!ports.includes(request.socket.localPort ?? 0)) return;
    if (/event-stream/.test(request.headers.accept ?? '')) return;
    if (open.size === 0) since = performance.now();
    open.add(response);
    response.once('close', () => close(response));
  };
  subscribe('http.server.request.start', begun);
  return {
    begin() {
      busy = 0;
      since = performance.now();
    },
    busyMs: () => busy + (open.size > 0 ? performance.now() - since : 0),
    end: () => void unsubscribe('http.server.request.start', begun),
  };
}
