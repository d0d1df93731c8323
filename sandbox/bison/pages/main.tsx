import { createRoot } from 'react-dom/client';
import type { Boot } from '../shapes.ts';
import { Campaign } from './campaign.tsx';
import { Campaigns } from './campaigns.tsx';
import { Contacts } from './contacts.tsx';
import { Toasts } from './dialog.tsx';
import { Import } from './import.tsx';
import { List } from './list.tsx';
import { LookProvider } from './look.tsx';
import { Portals } from './portals.tsx';
import { bePresent } from './presence.ts';
import { usePath } from './router.tsx';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { Variables } from './variables.tsx';
import './base.css';
import './parts.css';
import './layers.css';

// Written by the server into this very page, in the shape of `Boot`.
const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}') as Boot;

function Place() {
  const [, area, page, id] = usePath().split('/');
  if (area === 'portals') return <Portals />;
  if (area === 'campaigns') return page ? <Campaign key={page} id={page} /> : <Campaigns />;
  if (area === 'contacts' && page === 'import') return <Import />;
  if (area === 'contacts' && page === 'lists' && id) return <List key={id} id={id} />;
  if (area === 'contacts') return <Contacts />;
  if (area === 'settings') return <Variables />;
  return (
    <>
      <h1>404</h1>
      <p className="empty">This page does not exist.</p>
    </>
  );
}

if (boot.email !== null) void bePresent();
const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <LookProvider boot={boot}>
      <Toasts>
        {boot.email === null ? (
          <SignIn />
        ) : (
          <Shell>
            <Place />
          </Shell>
        )}
      </Toasts>
    </LookProvider>,
  );
}
