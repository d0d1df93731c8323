import { type ReactNode } from 'react';
import type { Page } from '../shapes.ts';
import { count, Press, useLook } from './look.tsx';

export type Row = { readonly key: number | string; readonly cells: readonly ReactNode[] };

/** A table. In the redesign, boxes in rows. */
export function Table({
  heads,
  rows,
  empty,
  numbers = [],
}: {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  readonly empty: string;
  /** Columns of numbers stand to the right. */
  readonly numbers?: readonly number[];
}) {
  const { plain } = useLook();
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  if (plain) {
    return (
      <div className="boxes">
        {rows.map(({ key, cells }) => (
          <div key={key} className="box-row">
            {cells.map((cell, index) => (
              <div key={index}>{cell}</div>
            ))}
          </div>
        ))}
      </div>
    );
  }
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head, index) => (
            <th key={head} scope="col" className={numbers.includes(index) ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={index} className={numbers.includes(index) ? 'number' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where one is in a long table, and the way on. */
export function Pager({ page, onTurn }: { readonly page: Page<unknown>; readonly onTurn: (page: number) => void }) {
  if (page.total === 0) return null;
  return (
    <nav className="pager" aria-label="Pagination">
      <span>
        Page {count(page.page)} of {count(page.lastPage)} · {count(page.total)} in all
      </span>
      <Press disabled={page.page <= 1} onPress={() => onTurn(page.page - 1)}>
        Previous
      </Press>
      <Press disabled={page.page >= page.lastPage} onPress={() => onTurn(page.page + 1)}>
        Next
      </Press>
    </nav>
  );
}
