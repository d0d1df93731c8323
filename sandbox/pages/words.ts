/** How the pages write numbers and days. */
export const count = (n: number): string => n.toLocaleString('en-US');

export const day = (at: number): string =>
  new Date(at).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
