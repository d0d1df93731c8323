import { createRoot } from 'react-dom/client';
import CssBaseline from '@mui/material/CssBaseline';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { readBoot } from '../../pages/boot.ts';
import { usePath } from '../../pages/router.tsx';
import type { Boot } from '../shapes.ts';
import { Campaign } from './campaign.tsx';
import { Campaigns } from './campaigns.tsx';
import { Contacts } from './contacts.tsx';
import { Import } from './import.tsx';
import { List } from './list.tsx';
import { LookProvider } from './look.tsx';
import { Toasts } from './parts/dialog.tsx';
import { Hint, Title } from './parts/page.tsx';
import { Portals } from './portals.tsx';
import { bePresent } from './presence.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { Variables } from './variables.tsx';
import '../../pages/plain.css';

// Written by this stand-in's own server, in the shape of `Boot`.
const boot = readBoot() as Boot;

const theme = createTheme({
  palette: { primary: { main: '#4338ca' }, background: { default: '#f7f7f9' } },
  shape: { borderRadius: 7 },
  typography: {
    fontFamily: "Inter, 'Segoe UI', system-ui, sans-serif",
    fontSize: 13,
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiFormControl: { defaultProps: { size: 'small' } },
    MuiButton: { defaultProps: { disableElevation: true }, styleOverrides: { root: { whiteSpace: 'nowrap' } } },
    MuiTab: { styleOverrides: { root: { textTransform: 'none' } } },
  },
});

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
      <Title>404</Title>
      <Hint>This page does not exist.</Hint>
    </>
  );
}

if (boot.email !== null) void bePresent();
const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <ThemeProvider theme={theme}>
      <CssBaseline />
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
      </LookProvider>
    </ThemeProvider>,
  );
}
