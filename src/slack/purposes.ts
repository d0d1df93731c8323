import type { Announcement } from '../../pipeline/ports/index.ts';
import type { AlertPurpose, ApproverPurpose, CallPurpose, NotePurpose } from '../../pipeline/purposes.ts';

/** Purposes of a run's messages; each exists once a run. */
export const purposes = {
  card: 'card',
  gap: 'gap report',
  file: 'file',
  monday: 'evergreen uploads completed',
} as const;

/** Every purpose a run's message can have in its row. */
export type MessagePurpose =
  | (typeof purposes)[keyof typeof purposes]
  | Announcement['kind']
  | ApproverPurpose
  | `thread: ${'late' | 'ended' | `gave up ${number}` | NotePurpose | CallPurpose}`
  | `alert: ${AlertPurpose}`
  | `owner: ${string}`;
