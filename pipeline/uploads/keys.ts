import type { Day, Month, RenewalWindow } from '../vocabulary.ts';

/** Keys of runs: one run of a key may be live. A dry run has a key of its own and blocks nothing. */
const aside = (key: string, dryRun: boolean) => (dryRun ? `${key}:preview` : key);

export const uploadKey = (client: string, month: Month, dryRun = false) => aside(`upload:${client}:${month}`, dryRun);

export const evergreenKey = (client: string, window: Pick<RenewalWindow, 'start'>, dryRun = false) =>
  aside(`evergreen:${client}:${window.start}`, dryRun);

/** A Monday of the calendar; by command PT5 alone, of a client or all. */
export const weeklyKey = (monday: Day, scope: 'all' | { readonly evergreen: string } = 'all', dryRun = false) =>
  aside(scope === 'all' ? `weekly:${monday}` : `weekly:${monday}:evergreen:${scope.evergreen}`, dryRun);

export const undoKey = (client: string, window: Pick<RenewalWindow, 'start'>) => `undo:${client}:${window.start}`;
