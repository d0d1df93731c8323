import { PlainButton, PlainRows } from '../../pages/plain.tsx';
import { Cell } from './cell.tsx';
import { ColumnHead } from './column-head.tsx';
import type { GridProps } from './grid-props.ts';
import { anchorOf, pointAnchor } from './parts/floating.tsx';
import { useRows } from './use-table.ts';

/** So many rows the redesign shows, and no more. */
const shown = 50;

/** The grid of the redesign: boxes in rows, and nothing has a role. */
export function PlainGrid({ table, onColumnMenu, onAddColumn }: GridProps) {
  const last = Math.min(shown, table.matching) - 1;
  const rowAt = useRows(table, 0, last);
  const heads = table.columns.map((column) => (
    <div
      key={column.id}
      onClick={(event) => onColumnMenu(column.id, anchorOf(event.currentTarget))}
      onContextMenu={(event) => {
        event.preventDefault();
        onColumnMenu(column.id, pointAnchor(event.clientX, event.clientY));
      }}
    >
      <ColumnHead column={column} rows={table.rows} />
    </div>
  ));
  const lines = Array.from({ length: last + 1 }, (_, index) => {
    const row = rowAt(index);
    return {
      key: index,
      cells: table.columns.map((_column, at) => (row ? <Cell cell={row.cells[at] ?? null} /> : '')),
    };
  });
  return (
    <div className="plain-grid">
      <PlainRows rows={[{ key: 'heads', cells: heads }, ...lines]} />
      <PlainButton kind="link" onPress={onAddColumn}>
        + Add column
      </PlainButton>
    </div>
  );
}
