/** Purposes of a run's messages; each exists once a run. */
export const purposes = {
  card: 'card',
  gap: 'gap report',
  file: 'file',
  monday: 'evergreen uploads completed',
} as const;
