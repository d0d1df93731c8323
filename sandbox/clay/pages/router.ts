import { useSyncExternalStore } from 'react';

const watchers = new Set<() => void>();
window.addEventListener('popstate', () => watchers.forEach((watcher) => watcher()));

export function navigate(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  watchers.forEach((watcher) => watcher());
}

export const usePath = (): string =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => location.pathname,
  );
