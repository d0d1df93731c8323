import { readFile, writeFile } from 'node:fs/promises';
import type { Csv, ExportFile } from '../../pipeline/ports/index.ts';
import { parse } from 'csv-parse/sync';
import { readCsv } from './read.ts';
import { toRawLeads } from './raw-leads.ts';
import { writeCsv } from './write.ts';

/** What the pipeline reads and writes as CSV, on files. Clay's results are read by who knows Clay's headers. */
export const csvFiles: Omit<Csv, 'readResults'> = {
  async readExport(path): Promise<ExportFile> {
    const csv = readCsv(await readFile(path));
    const { leads, quarantined, headerStyle, dropped } = toRawLeads(csv);
    const unreadable = quarantined.map(({ line }) => ({ line }));
    return { leads, unreadable, sha256: csv.sha256, rows: leads.length + unreadable.length, headerStyle, dropped };
  },

  async write(path, headers, rows) {
    await writeFile(path, writeCsv(headers, rows));
  },

  async readOwn(path) {
    // Nothing to recover in what we wrote: a strict reader takes every line break in a value for what it is.
    return parse<Record<string, string>>(await readFile(path), { columns: true });
  },
};
