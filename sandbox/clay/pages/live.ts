import { browserName } from '../../pages/browser-name.ts';

/** News of changed tables, over the one socket a page keeps open. */
type News = { readonly changed?: readonly string[] };

const listeners = new Set<(tableIds: readonly string[]) => void>();

export function onChanged(tableId: string, then: () => void): () => void {
  const listener = (ids: readonly string[]): void => {
    if (ids.includes(tableId) || ids.length === 0) then();
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function connect(): Promise<void> {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live?browser=${await browserName()}`);
  // Whatever changed before the socket was open was not heard of.
  socket.addEventListener('open', () => listeners.forEach((listener) => listener([])));
  socket.addEventListener('message', ({ data }) => {
    const news = JSON.parse(String(data)) as News;
    for (const listener of listeners) listener(news.changed ?? []);
  });
  socket.addEventListener('close', () => {
    setTimeout(() => void connect(), 1_500);
  });
}
