import { useState, type ReactNode } from 'react';
import AppBar from '@mui/material/AppBar';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Stack from '@mui/material/Stack';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { send } from '../../pages/api.ts';
import { follow, navigate, usePath } from '../../pages/router.tsx';
import { useAttempt } from '../../pages/toasts.ts';
import { icons } from './icons.tsx';
import { logo } from './logo.tsx';
import { useLook } from './look.tsx';
import { MenuButton, Press } from './parts/press.tsx';

const sideWidth = 224;

/** What is around every page of a signed-in person: where one can go, and whose portal one is in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const isNarrow = useMediaQuery('(max-width: 800px)');
  const [open, setOpen] = useState(false);
  return (
    <Box sx={{ ml: isNarrow ? 0 : `${sideWidth}px` }}>
      <Drawer
        variant={isNarrow ? 'temporary' : 'permanent'}
        open={isNarrow ? open : true}
        onClose={() => setOpen(false)}
        slotProps={{ paper: { sx: { width: sideWidth, p: 1.5 } } }}
      >
        <SideBar onGo={() => setOpen(false)} />
      </Drawer>
      <AppBar position="sticky" color="inherit" elevation={0} sx={{ borderBottom: 1, borderColor: 'divider' }}>
        <Toolbar variant="dense" sx={{ minHeight: 56 }}>
          {isNarrow ? (
            <IconButton aria-label="Open navigation" edge="start" onClick={() => setOpen(true)}>
              ☰
            </IconButton>
          ) : null}
          <Box sx={{ ml: 'auto' }}>
            <PortalSwitcher />
          </Box>
        </Toolbar>
      </AppBar>
      <Box component="main" sx={{ maxWidth: 1120, p: { xs: 2, md: 3 }, pb: { xs: 8, md: 8 } }}>
        {children}
      </Box>
    </Box>
  );
}

function SideBar({ onGo }: { readonly onGo: () => void }) {
  const { words, boot, plain } = useLook();
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
    <>
      <Brand />
      {plain ? (
        places.map(({ to, label }) => (
          <div key={to} className="x-line" onClick={() => navigate(to)}>
            {label}
          </div>
        ))
      ) : (
        <List component="nav" aria-label="Main" dense onClick={onGo}>
          {places.map(({ to, label, icon }) => (
            <ListItem key={to} disablePadding component="div">
              <ListItemButton
                component="a"
                href={to}
                selected={path.startsWith(to)}
                aria-current={path.startsWith(to) ? 'page' : undefined}
                onClick={follow(to)}
                sx={{ borderRadius: 1.5 }}
              >
                <ListItemIcon sx={{ minWidth: 32 }}>{icon}</ListItemIcon>
                <ListItemText primary={label} />
              </ListItemButton>
            </ListItem>
          ))}
        </List>
      )}
      <Stack sx={{ mt: 'auto', pt: 1, px: 1, alignItems: 'flex-start', borderTop: 1, borderColor: 'divider' }}>
        <Typography variant="caption" color="text.secondary">
          {boot.email}
        </Typography>
        <Press kind="quiet" onPress={() => void signOut()}>
          {words.signOut}
        </Press>
      </Stack>
    </>
  );
}

export function Brand() {
  return (
    <Stack direction="row" spacing={1.25} sx={{ alignItems: 'center', px: 1, py: 0.5, fontSize: 16, fontWeight: 700 }}>
      {logo}
      <span>EmailBison</span>
    </Stack>
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
  if (boot.portals.length < 2) return <b>{name}</b>;
  return (
    <MenuButton
      label={`${words.portal}: ${name}`}
      items={boot.portals.map((portal) => ({
        label: portal.name,
        hint: `#${portal.id}`,
        onPick: () => enter(portal.id),
      }))}
    >
      {entering ? 'Switching…' : name}
    </MenuButton>
  );
}
