import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';

const watchers = new Set<() => void>();
window.addEventListener('popstate', () => watchers.forEach((watcher) => watcher()));

export function navigate(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  scrollTo(0, 0);
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

/** What a link within the app does with a press: another window is the browser's business. */
export const follow =
  (path: string) =>
  (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    navigate(path);
  };

/** A link within the app. */
export function Link({
  to,
  children,
  className,
  here,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** The page it leads to is the one that is shown. */
  readonly here?: boolean;
}) {
  return (
    <a href={to} className={className} aria-current={here ? 'page' : undefined} onClick={follow(to)}>
      {children}
    </a>
  );
}
