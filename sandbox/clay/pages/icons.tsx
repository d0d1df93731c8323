import type { ReactNode } from 'react';
import type { ColumnKind } from '../shapes.ts';

/** Line drawings, so that the pages need nothing from elsewhere. */
const line = (drawing: ReactNode) => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    {drawing}
  </svg>
);

export const icons = {
  home: line(<path d="M2 7.2 8 2.5l6 4.7M3.6 6.2v7.3h8.8V6.2" />),
  archive: line(<path d="M2 3h12v3H2zM3 6v7.5h10V6M6.3 9h3.4" />),
  credits: line(
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8v6.4M9.8 6H7.2a1 1 0 0 0 0 2h1.6a1 1 0 0 1 0 2H6.2" />
    </>,
  ),
  folder: line(<path d="M1.8 4.2c0-.6.4-1 1-1h3l1.4 1.6h6c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.6 0-1-.4-1-1z" />),
  workbook: line(<path d="M2.5 2.5h11v11h-11zM2.5 6h11M6.2 6v7.5" />),
  people: line(
    <>
      <circle cx="6" cy="5.4" r="2.4" />
      <path d="M1.8 13c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.5 3.300a2.3 2.3 0 0 1 0 4.300M12 9.400c1.3.5 2.1 1.8 2.3 3.6" />
    </>,
  ),
  filter: line(<path d="M2 4h12M4.3 8h7.400M6.5 12h3" />),
  sort: line(<path d="M4.5 3v10M2.5 11l2 2 2-2M11.5 13V3M9.5 5l2-2 2 2" />),
  actions: line(<path d="M8.8 1.8 3.5 9h4l-.6 5.200L12.5 7h-4z" />),
  sparkle: line(<path d="M8 2l1.4 4.600L14 8l-4.6 1.400L8 14l-1.4-4.600L2 8l4.6-1.400z" />),
  file: line(<path d="M4 1.800h5.200L12.5 5v9.200H4zM9 2v3.300h3.300M6.2 9h4M6.2 11.500h4" />),
  export: line(<path d="M8 10V2.500M5.3 5 8 2.3 10.7 5M2.5 9.500v4h11v-4" />),
  import: line(<path d="M8 2.500V10M5.3 7.5 8 10.200l2.7-2.700M2.5 9.500v4h11v-4" />),
  mail: line(<path d="M1.8 3.500h12.400v9H1.800zM2 4l6 4.700L14 4" />),
  gear: line(
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.800v2M8 12.200v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.400M12.4 3.6 11 5M5 11l-1.4 1.4" />
    </>,
  ),
  search: line(
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="m10.3 10.3 3.4 3.4" />
    </>,
  ),
} as const;

export const kindMark: Readonly<Record<ColumnKind, ReactNode>> = {
  text: <span className="mark text">T</span>,
  formula: <span className="mark formula">ƒ</span>,
  enrichment: <span className="mark enrichment">✉</span>,
  field: <span className="mark field-mark">↳</span>,
};

/** Not the vendor's mark: a plain coil. */
export const logo = (
  <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden>
    <rect width="24" height="24" rx="7" fill="#17171c" />
    <path d="M17 8.200A6 6 0 1 0 17.3 15.4" fill="none" stroke="#ffd166" strokeWidth="2.6" strokeLinecap="round" />
    <circle cx="12" cy="12" r="2.2" fill="#ff7a59" />
  </svg>
);
