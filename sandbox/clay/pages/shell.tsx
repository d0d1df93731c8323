import type { ReactNode } from 'react';
import { send } from '../../pages/api.ts';
import { icons, logo } from './icons.tsx';
import { Press, useLook } from './look.tsx';
import { Link, usePath } from '../../pages/router.tsx';

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
        <Link to={home} className="nav-item" here={path.startsWith(home)}>
          {icons.home} Home
        </Link>
        <Link to={archive} className="nav-item" here={path === archive}>
          {icons.archive} Archive
        </Link>
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
