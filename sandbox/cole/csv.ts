import type { Defect, Household } from '../households/household.ts';
import { columnsOf, type HeaderStyle } from './columns.ts';

export type FileShape = {
  readonly style: HeaderStyle;
  readonly fields: readonly string[];
  readonly headers: boolean;
  readonly delimiter: ',' | '\t';
  /** `Cell Phone Number` instead of `Cell_Phone_Number` in the SOP's style. */
  readonly spaced: boolean;
  /** A byte-order mark in front. */
  readonly mark: boolean;
};

/** The file as text: lines end in CRLF, every record is one line, broken ones included. */
export function fileOf(households: readonly Household[], shape: FileShape): string {
  const columns = columnsOf(shape.style, shape.fields, shape.spaced);
  const lines = households.map((household) =>
    line(
      columns.map(([, value]) => value(household)),
      shape.delimiter,
      household.defect,
    ),
  );
  if (shape.headers)
    lines.unshift(
      line(
        columns.map(([name]) => name),
        shape.delimiter,
        null,
      ),
    );
  return (shape.mark ? '\ufeff' : '') + lines.map((text) => `${text}\r\n`).join('');
}

/**
 * One record. An open quote never closes and no quote follows it in its line, so that a strict reader swallows the
 * record after it; a stray one stands in the middle of a value; a short row ends after a third of its columns.
 */
function line(values: readonly string[], delimiter: string, defect: Defect | null): string {
  const cells = values.map((value) => quoted(value, delimiter));
  const victim = values.findIndex((value) => /^\d+ \S/.test(value));
  if (defect === 'short row') return cells.slice(0, Math.ceil(cells.length / 3)).join(delimiter);
  if (defect === null || victim < 0) return cells.join(delimiter);
  const bare = values.slice(victim).map((value) => value.replaceAll(/[",\t]/g, ''));
  if (defect === 'open quote') return [...cells.slice(0, victim), `"${bare.join(delimiter)}`].join(delimiter);
  return cells.with(victim, bare[0]?.replace(' ', ' "') ?? '').join(delimiter);
}

function quoted(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
