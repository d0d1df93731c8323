import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { useLook } from './look.tsx';

const watchers = new Set<() => void>();
window.addEventListener('popstate', () => watchers.forEach((watcher) => watcher()));

export function navigate(path: string): void {
  history.pushState(null, '', path);
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

/** A link within the app. In the redesign it only looks like one. */
export function Link({
  to,
  children,
  className = 'link',
  here,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** The page it leads to is the one that is shown. */
  readonly here?: boolean;
}) {
  const { plain } = useLook();
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    navigate(to);
  };
  const classes = `${className}${here ? ' here' : ''}`;
  if (plain) {
    return (
      <span className={classes} onClick={go}>
        {children}
      </span>
    );
  }
  return (
    <a href={to} className={classes} aria-current={here ? 'page' : undefined} onClick={go}>
      {children}
    </a>
  );
}
