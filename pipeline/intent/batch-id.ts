import type { Day } from '../vocabulary.ts';

/** `HADES-YYYYMMDD-NNN`: the New York day, and the batch's place in it from 1 (an atomic counter's). */
export function batchId(day: Day, number: number): string {
  return `HADES-${day.replaceAll('-', '')}-${String(number).padStart(3, '0')}`;
}

/** The Message-ID of the mail with that batch: the same batch is the same message. @param domain of the sender */
export function batchMessageId(batch: string, domain: string): string {
  return `<${batch.toLowerCase()}@${domain}>`;
}
