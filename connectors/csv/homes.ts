import { InvalidInput } from '../../pipeline/errors.ts';
import { fiveDigits } from '../../pipeline/normalise/zip.ts';
import type { Zip } from '../../pipeline/vocabulary.ts';
import { columnsNamed, firstFilled } from './columns.ts';
import { refuseProblems, type Problem } from './problems.ts';
import type { CsvFile } from './read.ts';

const zipNames = ['zip', 'zipcode', 'zip5', 'zcta', 'zcta5', 'zcta5ce20', 'postalcode', 'geoid', 'geographicareaname'];
/** Owner-occupied homes before homes of any kind; occupied units count tenants and are not asked. */
const homesNames = [
  ...['owneroccupied', 'owneroccupiedhomes', 'owneroccupiedunits', 'owneroccupiedhousingunits', 'ownerhomes'],
  ...['ownerunits', 'owners', 'homeowners', 'homes', 'numberofhomes', 'homecount', 'b25003002e', 'b250030e02'],
];

export type Homes = {
  /** Owner-occupied homes per ZIP. */
  readonly homes: ReadonlyMap<Zip, number>;
  /** ZIPs whose cell was blank, here with 0 homes: post office boxes and single buildings, counted nowhere. */
  readonly blank: number;
};

/**
 * The reference table of homes per ZIP that a person imports: any CSV with a ZIP column and a column of owner-occupied
 * homes, a Census download (American Community Survey, B25003) included.
 *
 * @throws InvalidInput when a column is missing, or naming the lines that hold no ZIP or no whole number
 */
export function readHomes(csv: CsvFile): Homes {
  const zipColumns = columnsNamed(csv.headers, zipNames);
  const homesColumns = columnsNamed(csv.headers, homesNames).slice(0, 1);
  const missing = [
    ...(zipColumns.length === 0 ? ['ZIP'] : []),
    ...(homesColumns.length === 0 ? ['Owner Occupied Homes'] : []),
  ];
  if (missing.length > 0) {
    throw new InvalidInput(`The homes table lacks the column ${missing.join(' and the column ')}`, {
      todo: 'It needs a column ZIP and a column Homes (or Owner Occupied, Owner Occupied Units).',
    });
  }

  const problems: Problem[] = csv.unreadable.map(({ fileLine }) => ({ fileLine, what: 'the line cannot be read' }));
  const homes = new Map<Zip, number>();
  let blank = 0;
  for (const { fileLine, values } of csv.records) {
    const zipCell = firstFilled(values, zipColumns).trim();
    // Census writes `ZCTA5 75034` and `860Z200US75034`.
    const zip = fiveDigits(zipCell.replace(/^(?:ZCTA5 |\w*US)(?=\d{5}$)/, ''));
    const cell = firstFilled(values, homesColumns).replaceAll(',', '').trim();
    // Census marks "no estimate" by a dash or a large negative number.
    const none = cell === '' || /^-\d*$/.test(cell);
    if (!zip) problems.push({ fileLine, what: `"${zipCell}" is no ZIP` });
    else if (!none && !/^\d+(?:\.0+)?$/.test(cell))
      problems.push({ fileLine, what: `"${cell}" is no number of homes` });
    else if (homes.has(zip)) problems.push({ fileLine, what: `ZIP ${zip} is there twice` });
    else homes.set(zip, none ? 0 : Number(cell));
    if (none) blank += 1;
  }
  refuseProblems(problems, 'The homes table');
  return { homes, blank };
}
