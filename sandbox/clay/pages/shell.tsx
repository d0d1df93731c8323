import type { ReactNode } from 'react';
import { send } from './api.ts';
import { icons, logo } from './icons.tsx';
import { Press, useLook } from './look.tsx';
import { navigate, usePath } from './router.ts';

/** A link inside the app. */
export function To({
  path,
  children,
  className,
  current,
}: {
  readonly path: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
}) {
  return (
    <a
      href={path}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.button !== 0) return;
        event.preventDefault();
        navigate(path);
      }}
    >
      {children}
    </a>
  );
}

/** The workspace's frame: the way home on the left, the page on the right. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { boot } = useLook();
  const path = usePath();
  const home = `/workspaces/${boot.workspace}/home`;
  const archive = `/workspaces/${boot.workspace}/archive`;
  return (
    <div className="shell">
      <nav className="sidebar" aria-label="Workspace">
        <div className="workspace">
          {logo}
          <div>
            <b>{boot.workspaceName}</b>
            <span>Pro plan</span>
          </div>
        </div>
        <To path={home} className="nav-item" current={path.startsWith(home)}>
          {icons.home} Home
        </To>
        <To path={archive} className="nav-item" current={path === archive}>
          {icons.archive} Archive
        </To>
        <div className="nav-item off">{icons.people} Find leads</div>
        <div className="nav-item off">{icons.gear} Settings</div>
        <div className="sidebar-foot">
          <div className="who">
            <span className="avatar" aria-hidden>
              {boot.email?.[0]?.toUpperCase()}
            </span>
            <span>{boot.email}</span>
          </div>
          <Press kind="link" onPress={() => void send('POST', '/api/sign-out').then(() => location.assign('/login'))}>
            Sign out
          </Press>
        </div>
      </nav>
      <main className="content">{children}</main>
    </div>
  );
}
