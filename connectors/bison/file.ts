import { readFile } from 'node:fs/promises';
import { InvalidInput } from '../../pipeline/errors.ts';
import { leadLimit, uploadFields, type Upload } from '../../pipeline/ports/bison.ts';
import { inTurns } from '../../pipeline/turns.ts';
import { readCsv } from '../csv/read.ts';

/**
 * Checks the file of an upload before it is sent.
 * @throws InvalidInput where it is not what `Upload` promises; nothing was sent
 */
export async function readUpload({ name, csvPath, rows }: Upload): Promise<Buffer> {
  if (name.trim() === '') throw new InvalidInput('A list needs a name; nothing was uploaded');
  const bytes = await readFile(csvPath);
  const { headers, records, unreadable } = await inTurns(readCsv(bytes));
  if (headers.join('|') !== uploadFields.join('|')) {
    throw new InvalidInput(`The file for "${name}" has other columns than Bison is to get; nothing was uploaded`, {
      todo: `Write exactly these headers: ${uploadFields.join(', ')}.`,
    });
  }
  const found = records.length + unreadable.length;
  if (found !== rows || unreadable.length > 0) {
    throw new InvalidInput(
      `The file for "${name}" holds ${found} rows, ${unreadable.length} of them unreadable, and ${rows} were announced; nothing was uploaded`,
    );
  }
  if (rows > leadLimit) {
    throw new InvalidInput(
      `${rows} leads in one file; Bison takes ${leadLimit.toLocaleString('en-US')}. Nothing was uploaded`,
      { todo: 'Split it into several lists.' },
    );
  }
  if (rows === 0) throw new InvalidInput(`The file for "${name}" holds no lead; nothing was uploaded`);
  return bytes;
}
