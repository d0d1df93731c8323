import { useState, type ReactNode } from 'react';
import { send } from './api.ts';
import { useAttempt } from './dialog.tsx';
import { icons } from './icons.tsx';
import { logo } from './logo.tsx';
import { Press, useLook } from './look.tsx';
import { MenuButton } from './menu.tsx';
import { Link, usePath } from './router.tsx';

/** What is around every page of a signed-in person: where one can go, and whose portal one is in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { words, boot } = useLook();
  const path = usePath();
  const places = [
    { to: '/campaigns', label: words.campaigns, icon: icons.campaigns },
    { to: '/contacts', label: words.contacts, icon: icons.contacts },
    { to: '/settings/custom-variables', label: words.variables, icon: icons.variables },
    ...(boot.portals.length > 1 ? [{ to: '/portals', label: words.portals, icon: icons.portals }] : []),
  ];
  const signOut = async (): Promise<void> => {
    await send('POST', '/web/sign-out');
    location.assign('/login');
  };
  return (
    <div className="shell">
      <aside className="side">
        <div className="brand">
          {logo}
          <b>EmailBison</b>
        </div>
        <nav aria-label="Main">
          {places.map(({ to, label, icon }) => (
            <Link key={to} to={to} className="place" here={path.startsWith(to)}>
              {icon}
              {label}
            </Link>
          ))}
        </nav>
        <div className="who">
          <span>{boot.email}</span>
          <Press kind="quiet" onPress={() => void signOut()}>
            {words.signOut}
          </Press>
        </div>
      </aside>
      <div className="body">
        <header className="top">
          <PortalSwitcher />
        </header>
        <main>{children}</main>
      </div>
    </div>
  );
}

/** Enters another client portal: the pages start anew there. */
export function useEnterPortal(): { readonly entering: boolean; readonly enter: (id: number) => void } {
  const attempt = useAttempt();
  const [entering, setEntering] = useState(false);
  const enter = (id: number): void => {
    setEntering(true);
    void attempt(async () => {
      await send('POST', '/web/portal', { id });
      location.assign('/campaigns');
    }).finally(() => setEntering(false));
  };
  return { entering, enter };
}

function PortalSwitcher() {
  const { words, boot } = useLook();
  const { entering, enter } = useEnterPortal();
  const name = boot.portal?.name ?? '';
  if (boot.portals.length < 2) return <span className="portal-name">{name}</span>;
  return (
    <MenuButton
      label={`${words.portal}: ${name}`}
      items={boot.portals.map((portal) => ({
        label: portal.name,
        hint: `#${portal.id}`,
        onPick: () => enter(portal.id),
      }))}
    >
      <span className="portal-name">{entering ? 'Switching…' : name}</span>
    </MenuButton>
  );
}
