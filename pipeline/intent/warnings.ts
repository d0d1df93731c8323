import { z } from 'zod';

/** What was odd about one of the vendor's answers although it could be used. */
export const Oddities = z.object({
  /** `search for signals`, `enrichment of contacts`: what was asked. */
  call: z.string(),
  unreadable: z.record(z.string(), z.number()).readonly().optional(),
  refusedFields: z.array(z.string()).readonly().optional(),
  missingFields: z.array(z.string()).readonly().optional(),
  /** Records that came back without anything in them. */
  empty: z.number().optional(),
  /** Companies with more people than the vendor shows. */
  cutOff: z.number().optional(),
});
export type Oddities = z.output<typeof Oddities>;

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** A sentence for each oddity, in the vendor's own names of fields; none of a person. */
export function warningsOf(oddities: readonly Oddities[]): readonly string[] {
  return [...new Set(oddities.flatMap(warningsOfCall))];
}

function warningsOfCall(odd: Oddities): readonly string[] {
  const at = `ZoomInfo, ${odd.call}:`;
  const refused = (odd.refusedFields ?? []).map(
    (field) => `${at} it no longer takes \`${field}\`; we asked again without it.`,
  );
  const missing = (odd.missingFields ?? []).map(
    (field) => `${at} no record had \`${field}\`; it may have been renamed.`,
  );
  const unreadable = Object.entries(odd.unreadable ?? {}).map(
    ([what, rows]) => `${at} ${plural(rows, 'row', 'rows')} could not be read (${what}).`,
  );
  const empty = odd.empty
    ? [`${at} ${plural(odd.empty, 'record', 'records')} came back empty. Look at the account's credits with ZoomInfo.`]
    : [];
  const cutOff = odd.cutOff
    ? [`${at} ${plural(odd.cutOff, 'company has', 'companies have')} more people than it shows (1,000).`]
    : [];
  return [...refused, ...missing, ...unreadable, ...empty, ...cutOff];
}
