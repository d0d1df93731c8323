import { createRoot } from 'react-dom/client';
import { readBoot } from '../../pages/boot.ts';
import type { Boot } from '../shapes.ts';
import { Archive } from './archive.tsx';
import { Toasts } from './parts/dialog.tsx';
import { Home } from './home.tsx';
import { connect } from './live.ts';
import { LookContext, makeLook } from './look.tsx';
import { usePath } from '../../pages/router.tsx';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { Workbook } from './workbook.tsx';
import '../../pages/plain.css';
import './style.css';

// Written by this stand-in's own server, in the shape of `Boot`.
const boot = readBoot() as Boot;

function App() {
  const [, area, , page, first, kind, second] = usePath().split('/');
  if (area === 'login' || boot.email === null) return <SignIn />;
  if (page === 'workbooks' && first)
    return <Workbook key={first} id={first} tableId={kind === 'tables' ? (second ?? null) : null} />;
  if (page === 'archive')
    return (
      <Shell>
        <Archive />
      </Shell>
    );
  return (
    <Shell>
      <Home key={first} folderId={first ?? null} />
    </Shell>
  );
}

if (boot.email !== null) void connect();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <LookContext value={makeLook(boot)}>
      <Toasts>
        <App />
      </Toasts>
    </LookContext>,
  );
}
