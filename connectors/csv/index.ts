import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { asDiskError } from '../../pipeline/disk-full.ts';
import type { Csv, ExportFile } from '../../pipeline/ports/index.ts';
import { inTurns } from '../../pipeline/turns.ts';
import { readCsv } from './read.ts';
import { toRawLeads } from './raw-leads.ts';
import { csvParts } from './write.ts';

/** What the pipeline reads and writes as CSV, on files. Clay's results are read by who knows Clay's headers. */
export const csvFiles: Omit<Csv, 'readResults'> = {
  async readExport(path): Promise<ExportFile> {
    const csv = await inTurns(readCsv(await readFile(path)));
    const { leads, quarantined, headerStyle, dropped } = await inTurns(toRawLeads(csv));
    const unreadable = quarantined.map(({ line }) => ({ line }));
    return { leads, unreadable, sha256: csv.sha256, rows: leads.length + unreadable.length, headerStyle, dropped };
  },

  async write(path, headers, rows) {
    // A stream takes part after part as long as its buffer holds them: between two of them others are served.
    const parts = async function* () {
      for (const part of csvParts(headers, rows)) {
        yield part;
        await setImmediate();
      }
    };
    await pipeline(Readable.from(parts()), createWriteStream(path)).catch((error: unknown) => {
      throw asDiskError(error, 'The file was not written.');
    });
  },

  async readOwn(path) {
    const rows: Record<string, string>[] = [];
    // Nothing to recover in what we wrote: a strict reader takes every line break in a value for what it is.
    const parser = createReadStream(path).pipe(parse({ columns: true }));
    for await (const row of parser) rows.push(row as Record<string, string>);
    return rows;
  },
};
