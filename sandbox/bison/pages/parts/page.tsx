import type { ReactNode } from 'react';
import Breadcrumbs from '@mui/material/Breadcrumbs';
import MuiChip from '@mui/material/Chip';
import MuiLink from '@mui/material/Link';
import MuiTab from '@mui/material/Tab';
import MuiTabs from '@mui/material/Tabs';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { follow, navigate } from '../../../pages/router.tsx';
import { count } from '../../../pages/words.ts';
import { useLook } from '../look.tsx';

/** A link within the app. In the redesign it only looks like one. */
export function Link({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const { plain } = useLook();
  if (plain) {
    return (
      <span className="x-link" onClick={() => navigate(to)}>
        {children}
      </span>
    );
  }
  return (
    <MuiLink href={to} underline="hover" onClick={follow(to)}>
      {children}
    </MuiLink>
  );
}

/** The way here, and the title with what stands beside it. */
export function Title({
  children,
  crumbs,
  beside,
}: {
  readonly children: ReactNode;
  readonly crumbs?: readonly ReactNode[];
  readonly beside?: ReactNode;
}) {
  const { plain } = useLook();
  return (
    <>
      {crumbs && !plain ? (
        <Breadcrumbs sx={{ fontSize: 13 }}>
          {crumbs.map((crumb, index) => (
            <span key={index}>{crumb}</span>
          ))}
        </Breadcrumbs>
      ) : null}
      {crumbs && plain ? <div>{crumbs}</div> : null}
      <Stack direction="row" useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1.5, minHeight: 40 }}>
        <Typography variant="h5" component="h1" sx={{ fontWeight: 650, mr: 'auto' }}>
          {children}
        </Typography>
        {beside}
      </Stack>
    </>
  );
}

export function Card({ children }: { readonly children: ReactNode }) {
  return (
    <Paper variant="outlined" sx={{ mt: 2, p: { xs: 2, md: 2.5 }, borderRadius: 2.5, overflow: 'hidden' }}>
      {children}
    </Paper>
  );
}

export function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <Typography variant="body2" color="text.secondary" sx={{ py: 1 }}>
      {children}
    </Typography>
  );
}

/** The parts of a place, each with an address. */
export function Tabs({
  here,
  tabs,
}: {
  readonly here: string;
  readonly tabs: readonly { readonly to: string; readonly label: string }[];
}) {
  const { plain } = useLook();
  if (plain) {
    return (
      <div className="x-tabs">
        {tabs.map(({ to, label }) => (
          <Link key={to} to={to}>
            {label}
          </Link>
        ))}
      </div>
    );
  }
  return (
    <MuiTabs value={here} sx={{ mt: 1, borderBottom: 1, borderColor: 'divider' }}>
      {tabs.map(({ to, label }) => (
        <MuiTab key={to} value={to} label={label} component="a" href={to} onClick={follow(to)} />
      ))}
    </MuiTabs>
  );
}

const colours: Readonly<Record<string, 'success' | 'warning' | 'error'>> = {
  active: 'success',
  processed: 'success',
  verified: 'success',
  processing: 'warning',
  paused: 'warning',
  bounced: 'error',
  unsubscribed: 'error',
};

/** A state in a colour: a list's, a campaign's, a contact's. */
export function State({ state }: { readonly state: string }) {
  const label = state.charAt(0).toUpperCase() + state.slice(1);
  return <MuiChip size="small" label={label} color={colours[state.toLowerCase()] ?? 'default'} />;
}

export type Figure = { readonly label: string; readonly value: number | string };

/** A row of large figures with their labels. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <Stack component="dl" direction="row" useFlexGap sx={{ m: 0, flexWrap: 'wrap', columnGap: 6, rowGap: 2 }}>
      {figures.map(({ label, value }) => (
        <div key={label}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {label}
          </Typography>
          <Typography component="dd" variant="h6" sx={{ m: 0 }}>
            {typeof value === 'number' ? count(value) : value}
          </Typography>
        </div>
      ))}
    </Stack>
  );
}
