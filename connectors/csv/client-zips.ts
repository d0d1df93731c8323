import { InvalidInput } from '../../pipeline/errors.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { columnsNamed, firstFilled } from './columns.ts';
import { refuseProblems, type Problem } from './problems.ts';
import type { CsvFile } from './read.ts';

const clientNames = ['client', 'clientname', 'name', 'territory', 'agency', 'agencyname', 'workspace'];
const zipNames = ['zip', 'zipcode', 'zipcodes', 'zips', 'zip5', 'postalcode', 'postalcodes', 'postcode', 'postal'];

/** A client as the list spells it, and its ZIPs, each once, in the list's order. */
export type ClientZips = { readonly client: string; readonly zips: readonly Zip[] };

/**
 * A client's ZIP list (docs/sop.md#zip-lists). One ZIP a line, or several in one cell with commas, semicolons or spaces
 * between. Clients in the order in which they first appear.
 *
 * @throws InvalidInput when a column is missing, or naming the lines that hold no ZIP or no client
 */
export function readClientZips(csv: CsvFile): readonly ClientZips[] {
  const clientColumns = columnsNamed(csv.headers, clientNames);
  const zipColumns = columnsNamed(csv.headers, zipNames);
  const missing = [...(clientColumns.length === 0 ? ['Client'] : []), ...(zipColumns.length === 0 ? ['ZIP'] : [])];
  if (missing.length > 0) {
    throw new InvalidInput(`The ZIP list lacks the column ${missing.join(' and the column ')}`, {
      todo: 'It needs one column Client (or Name, Territory, Agency, Workspace) and one ZIP (or ZipCode, Postal Code).',
    });
  }

  const problems: Problem[] = csv.unreadable.map(({ fileLine }) => ({ fileLine, what: 'the line cannot be read' }));
  const zipsOf = new Map<string, { client: string; zips: Set<Zip> }>();
  for (const { fileLine, values } of csv.records) {
    const client = firstFilled(values, clientColumns).trim();
    const cells = firstFilled(values, zipColumns)
      .split(/[,;|\s]+/)
      .filter((cell) => cell !== '');
    if (client === '') problems.push({ fileLine, what: 'no client' });
    if (cells.length === 0) problems.push({ fileLine, what: 'no ZIP' });
    const key = client.toLowerCase();
    const entry = zipsOf.get(key) ?? { client, zips: new Set<Zip>() };
    zipsOf.set(key, entry);
    for (const cell of cells) {
      const zip = fiveDigits(cell);
      if (zip) entry.zips.add(zip);
      else problems.push({ fileLine, what: `"${cell}" is no ZIP` });
    }
  }
  refuseProblems(problems, 'The ZIP list');
  return [...zipsOf.values()].map(({ client, zips }) => ({ client, zips: [...zips] }));
}
