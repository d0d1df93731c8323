import type { UploadFacts } from '../../pipeline/uploads/facts.ts';
import { number } from '../kit.ts';

/** `02/01–02/07`. */
export function windowDays({ start, end }: { readonly start: string; readonly end: string }): string {
  return `${day(start)}–${day(end)}`;
}

const day = (text: string) => `${text.slice(5, 7)}/${text.slice(8, 10)}`;

/** Leads that Bison took, or as many as were sent where it does not say. */
export const takenOf = (facts: Pick<UploadFacts, 'lists'>): number =>
  facts.lists.reduce((sum, { accepted, sent }) => sum + (accepted ?? sent), 0);

/** The SOP's message of PT4, and below it whatever did not go as planned. */
export function refinedDataUploaded(facts: UploadFacts, client: string, by: string): string[] {
  const windows = [...new Map(facts.lists.map(({ window }) => [window.index, window])).values()];
  const count = `${windows.length} Renewal ${windows.length === 1 ? 'Window' : 'Windows'}`;
  return [
    '✅ Refined Data Uploaded',
    `👤 Client: ${client}`,
    `📅 ${count}:`,
    ...windows.map((window) => `Week ${window.index} ${windowDays(window)}`),
    `📊 Records Exported: ${number(takenOf(facts))} (Target: ${number(facts.target)})`,
    `👤 Uploaded by: ${by}`,
  ];
}
