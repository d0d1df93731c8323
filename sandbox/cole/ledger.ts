import { exportKey, sliceKey, type Query } from './query.ts';
import type { HeaderStyle } from './columns.ts';
import type { Violation } from './watch.ts';

/** One file somebody asked for. */
export type ExportEntry = {
  readonly login: string;
  readonly zips: readonly string[];
  /** Purchase month 1–12, `null` for all. */
  readonly month: number | null;
  /** What else narrowed the list; `''` for a whole ZIP. */
  readonly slice: string;
  /** Equal for two exports of the same records (fields do not matter). */
  readonly exportKey: string;
  /** What the page said. */
  readonly shown: number;
  /** Rows in the file; a fault can make it differ from `shown`. */
  records: number;
  readonly style: HeaderStyle;
  /** Machine time, ISO. */
  readonly at: string;
  /** The whole file left the server. */
  completed: boolean;
};

export type ColeStats = {
  readonly signIns: number;
  readonly failedSignIns: number;
  readonly searches: number;
  /** Files asked for, whether they arrived or not. */
  readonly exports: number;
  readonly exportsByLogin: Readonly<Record<string, number>>;
  readonly exportsCompleted: number;
  /** The most records of one export. */
  readonly maxExport: number;
  readonly exportsRefused: number;
  /** Rows of the files that left whole. */
  readonly rowsExported: number;
  readonly rowsByLogin: Readonly<Record<string, number>>;
  readonly rowsByZip: Readonly<Record<string, number>>;
  /** ZIP × month × slice that left whole more than once. */
  readonly zipsPulledTwice: number;
  /** Records that left whole more than once, under whatever slices. */
  readonly householdsPulledTwice: number;
  readonly exportList: readonly ExportEntry[];
  readonly concurrentSessionViolations: number;
  readonly violations: readonly Violation[];
};

export type Ledger = {
  signedIn(): void;
  signInFailed(): void;
  searched(): void;
  refused(): void;
  /** How many files the login has asked for. */
  exportsOf(login: string): number;
  asked(login: string, query: Query, shown: number, style: HeaderStyle): ExportEntry;
  /** @param ids of the households that left, by ZIP */
  delivered(entry: ExportEntry, ids: readonly { readonly zip: string; readonly id: string }[]): void;
  stats(violations: readonly Violation[]): ColeStats;
  reset(): void;
};

export function makeLedger(): Ledger {
  const counts = { signIns: 0, failedSignIns: 0, searches: 0, exportsRefused: 0, householdsPulledTwice: 0 };
  let entries: ExportEntry[] = [];
  const seen = new Set<string>();
  const rowsByZip: Record<string, number> = {};

  return {
    signedIn: () => void (counts.signIns += 1),
    signInFailed: () => void (counts.failedSignIns += 1),
    searched: () => void (counts.searches += 1),
    refused: () => void (counts.exportsRefused += 1),
    exportsOf: (login) => entries.filter((entry) => entry.login === login).length,
    asked(login, query, shown, style) {
      const entry: ExportEntry = {
        login,
        zips: query.zips,
        month: query.filters.month,
        slice: sliceKey(query),
        exportKey: exportKey(query),
        shown,
        records: 0,
        style,
        at: new Date().toISOString(),
        completed: false,
      };
      entries.push(entry);
      return entry;
    },
    delivered(entry, ids) {
      entry.completed = true;
      for (const { zip, id } of ids) {
        rowsByZip[zip] = (rowsByZip[zip] ?? 0) + 1;
        if (seen.has(id)) counts.householdsPulledTwice += 1;
        seen.add(id);
      }
    },
    stats(violations) {
      const whole = entries.filter(({ completed }) => completed);
      return {
        ...counts,
        exports: entries.length,
        exportsByLogin: sums(entries.map(({ login }) => [login, 1])),
        exportsCompleted: whole.length,
        maxExport: entries.reduce((most, { records }) => Math.max(most, records), 0),
        rowsExported: whole.reduce((sum, { records }) => sum + records, 0),
        rowsByLogin: sums(whole.map(({ login, records }) => [login, records])),
        rowsByZip,
        zipsPulledTwice: repeats(whole),
        exportList: entries,
        concurrentSessionViolations: violations.length,
        violations,
      };
    },
    reset() {
      Object.assign(counts, { signIns: 0, failedSignIns: 0, searches: 0, exportsRefused: 0, householdsPulledTwice: 0 });
      entries = [];
      seen.clear();
      for (const zip of Object.keys(rowsByZip)) Reflect.deleteProperty(rowsByZip, zip);
    },
  };
}

function repeats(whole: readonly ExportEntry[]): number {
  const parts = whole.flatMap(({ zips, month, slice }) =>
    zips.map((zip) => [`${zip}|${month ?? 'any'}|${slice}`, 1] as const),
  );
  return Object.values(sums(parts)).filter((times) => times > 1).length;
}

function sums(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const [key, value] of pairs) totals[key] = (totals[key] ?? 0) + value;
  return totals;
}
