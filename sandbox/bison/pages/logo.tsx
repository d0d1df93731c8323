/** A horned head, drawn for this stand-in. */
export const logo = (
  <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden>
    <rect width="26" height="26" rx="7" fill="#4338ca" />
    <path
      d="M5 7c1 4 3 5 5 5l-1 3c0 4 2 6 4 6s4-2 4-6l-1-3c2 0 4-1 5-5-1 2-3 2.5-5 2.5h-6C8 9.500 6 9 5 7z"
      fill="#fff"
    />
  </svg>
);
