import { useState } from 'react';
import { isObject } from '../../blocks/rules.ts';
import type { Block, Json } from '../../types.ts';

/** A `data_table`: its first row is the head, the rest comes in pages of `page_size` (Slack's default: 5). */
export function DataTable({ block }: { readonly block: Block }) {
  const [page, setPage] = useState(0);
  const rows = (Array.isArray(block['rows']) ? block['rows'] : []) as readonly (readonly Json[])[];
  const [head = [], ...body] = rows;
  const size = typeof block['page_size'] === 'number' ? block['page_size'] : 5;
  const pages = Math.max(1, Math.ceil(body.length / size));
  const headColumn = typeof block['row_header_column_index'] === 'number' ? block['row_header_column_index'] : 0;
  return (
    <div className="data-table">
      <table>
        <caption>{String(block['caption'])}</caption>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" className={isNumber(body[0]?.[index]) ? 'number' : ''}>
                {cellText(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.slice(page * size, (page + 1) * size).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) =>
                column === headColumn ? (
                  <th key={column} scope="row">
                    {cellText(cell)}
                  </th>
                ) : (
                  <td key={column} className={isNumber(cell) ? 'number' : ''}>
                    {cellText(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div className="data-table-pages">
          <button type="button" className="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button type="button" className="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </div>
      )}
    </div>
  );
}

const isNumber = (cell: Json | undefined) => cell?.['type'] === 'raw_number';

/** The words of a cell; rich text cells give the text of their runs. */
function cellText(cell: unknown): string {
  if (Array.isArray(cell)) return cell.map(cellText).join('');
  if (!isObject(cell)) return '';
  if (typeof cell['text'] === 'string') return cell['text'];
  return cellText(cell['elements'] ?? []);
}
