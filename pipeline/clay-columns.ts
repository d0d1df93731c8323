import { monthTitle } from './month.ts';
import { wholeDollars } from './normalise/money.ts';
import { tidy } from './normalise/text.ts';
import type { InPieces } from './turns.ts';
import type { Day, Month } from './vocabulary.ts';

/** The three formula columns of the SOP (PT2.3), as LeadOps computes them. */
export type ClayColumns = {
  /** Whole dollars. */
  readonly numericHomeValue: number;
  /** `August 3rd` */
  readonly readablePurchaseDate: string;
  /** 1–31. */
  readonly purchaseDay: number;
};

/** The same as Clay exported them: text, whatever its formulas made. */
export type ClayCells = Readonly<Record<keyof ClayColumns, string>>;

/** `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st` … */
export function ordinal(number: number): string {
  const teens = number % 100 >= 11 && number % 100 <= 13;
  const suffix = teens ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}

export function clayColumns(lead: { readonly homeValue: number; readonly purchaseDate: Day }): ClayColumns {
  const day = Number(lead.purchaseDate.slice(8, 10));
  const month = lead.purchaseDate.slice(0, 7) as Month; // the first seven characters of a day are its month
  return {
    numericHomeValue: lead.homeValue,
    readablePurchaseDate: `${monthTitle(month).split(' ').at(0) ?? ''} ${ordinal(day)}`,
    purchaseDay: day,
  };
}

/** Whether a cell says the same as our value, however it is written: `$850,000` is 850000, `03` is 3; 850001 is not. */
const says: { readonly [Column in keyof ClayColumns]: (cell: string, value: ClayColumns[Column]) => boolean } = {
  // Cents are not rounded away: Clay was given whole dollars, so a formula that answers 900,000.40 is wrong.
  numericHomeValue: (cell, value) => wholeDollars(cell) === value && !/\.\d*[1-9]/.test(cell),
  readablePurchaseDate: (cell, value) => tidy(cell).toLowerCase() === value.toLowerCase(),
  purchaseDay: (cell, value) => /^0?\d{1,2}(?:\.0+)?$/.test(tidy(cell)) && Number(tidy(cell)) === value,
};

type ClayMismatch = {
  readonly leadId: string;
  readonly column: keyof ClayColumns;
  readonly expected: string;
  readonly got: string;
};

export type ClayComparison = {
  readonly compared: number;
  /** Rows in which at least one column differs. */
  readonly rows: number;
  /** The first differences of each column, for the message that fails the step. */
  readonly examples: readonly ClayMismatch[];
};

/**
 * Compares every row's three columns with ours. A generated formula can be wrong, and is wrong for some rows only
 * (the 11th, a leap day), so nothing is sampled.
 */
export function* compareClayColumns(
  rows: Iterable<{ readonly leadId: string; readonly expected: ClayColumns; readonly got: ClayCells }>,
  examplesPerColumn = 3,
): InPieces<ClayComparison> {
  const perColumn: Record<keyof ClayColumns, ClayMismatch[]> = {
    numericHomeValue: [],
    readablePurchaseDate: [],
    purchaseDay: [],
  };
  let compared = 0;
  let wrong = 0;
  for (const { leadId, expected, got } of rows) {
    yield;
    compared += 1;
    const differs = (
      [
        ['numericHomeValue', says.numericHomeValue(got.numericHomeValue, expected.numericHomeValue)],
        ['readablePurchaseDate', says.readablePurchaseDate(got.readablePurchaseDate, expected.readablePurchaseDate)],
        ['purchaseDay', says.purchaseDay(got.purchaseDay, expected.purchaseDay)],
      ] as const
    ).filter(([, same]) => !same);
    if (differs.length > 0) wrong += 1;
    for (const [column] of differs) {
      const examples = perColumn[column];
      if (examples.length < examplesPerColumn) {
        examples.push({ leadId, column, expected: String(expected[column]), got: got[column] });
      }
    }
  }
  return { compared, rows: wrong, examples: Object.values(perColumn).flat() };
}
