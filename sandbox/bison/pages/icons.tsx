import type { ReactNode } from 'react';

const drawn = (path: ReactNode) => (
  <svg width="17" height="17" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
    {path}
  </svg>
);

/** Before the places of the side bar, drawn for this stand-in. */
export const icons = {
  campaigns: drawn(<path d="M2.5 9.5 17.5 3l-5 14-3-6zM9.5 11l8-8" strokeLinejoin="round" />),
  contacts: drawn(
    <>
      <circle cx="7.5" cy="7" r="3" />
      <path d="M2 16.500c.6-3 2.6-4.5 5.5-4.500s4.9 1.5 5.5 4.500M13 4.300a3 3 0 0 1 0 5.400M15 12.500c1.6.6 2.600 2 3 4" />
    </>,
  ),
  variables: drawn(<path d="M7 3C4.5 3 5.5 9 3 10c2.5 1 1.5 7 4 7M13 3c2.5 0 1.5 6 4 7-2.5 1-1.5 7-4 7" />),
  portals: drawn(<path d="M3 17V5.500L10 3v14M10 8l7 1.500V17M1.5 17h17M6 8v.1M6 12v.1M13.5 13v.1" />),
} as const;
