import { createContext, use, useEffect, useMemo, useState } from 'react';
import { DataGrid, useGridApiRef, type GridColDef } from '@mui/x-data-grid';
import type { ColumnView } from '../shapes.ts';
import { Cell } from './cell.tsx';
import { ColumnHead } from './column-head.tsx';
import type { GridProps } from './grid-props.ts';
import { anchorOf, pointAnchor } from './parts/floating.tsx';
import { useRows, type RowAt } from './use-table.ts';

/** A line of the grid is its place in the view; what stands in it comes from the server while it is in sight. */
type Line = { readonly id: number };

const RowsContext = createContext<RowAt>(() => undefined);

/** A table's rows and columns, of which only those in sight are in the document. */
export function Grid({ table, onColumnMenu, onAddColumn }: GridProps) {
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const rowAt = useRows(table, sight.first, sight.last);
  const grid = useGridApiRef();
  useEffect(
    () =>
      grid.current?.subscribeEvent('renderedRowsIntervalChange', ({ firstRowIndex, lastRowIndex }) =>
        setSight({ first: firstRowIndex, last: Math.max(firstRowIndex, lastRowIndex - 1) }),
      ),
    [grid],
  );
  const lines = useMemo(() => Array.from({ length: table.matching }, (_, id): Line => ({ id })), [table.matching]);
  const columns = useMemo(
    () => [numberColumn, ...table.columns.map((column, at) => columnOf(column, at, table.rows)), addColumn],
    [table.columns, table.rows],
  );
  const isOfTable = (field: string): boolean => table.columns.some(({ id }) => id === field);

  return (
    <RowsContext value={rowAt}>
      <DataGrid
        apiRef={grid}
        className="grid"
        aria-label={table.name}
        rows={lines}
        columns={columns}
        rowHeight={33}
        columnHeaderHeight={33}
        // Not turned page by page: the whole view is one list, and the server is asked for what is in sight of it.
        paginationMode="server"
        rowCount={table.matching}
        hideFooter
        disableColumnMenu
        disableColumnSorting
        disableRowSelectionOnClick
        onColumnHeaderClick={({ field }, event) => {
          if (field === addColumn.field) onAddColumn();
          else if (isOfTable(field)) onColumnMenu(field, anchorOf(event.currentTarget));
        }}
        onColumnHeaderContextMenu={({ field }, event) => {
          event.preventDefault();
          if (isOfTable(field)) onColumnMenu(field, pointAnchor(event.clientX, event.clientY));
        }}
      />
    </RowsContext>
  );
}

const numberColumn: GridColDef<Line> = {
  field: 'number',
  headerName: '',
  width: 58,
  align: 'right',
  renderCell: ({ row }) => <RowNumber index={row.id} />,
};

const addColumn: GridColDef<Line> = {
  field: 'add',
  headerName: '',
  width: 150,
  renderHeader: () => <button type="button">+ Add column</button>,
  renderCell: () => null,
};

const columnOf = (column: ColumnView, at: number, rows: number): GridColDef<Line> => ({
  field: column.id,
  headerName: column.name,
  width: 176,
  headerClassName: 'head',
  renderHeader: () => <ColumnHead column={column} rows={rows} />,
  renderCell: ({ row }) => <CellOf index={row.id} column={at} />,
});

function RowNumber({ index }: { readonly index: number }) {
  return <span className="number">{use(RowsContext)(index)?.number ?? ''}</span>;
}

function CellOf({ index, column }: { readonly index: number; readonly column: number }) {
  const row = use(RowsContext)(index);
  return row ? <Cell cell={row.cells[column] ?? null} /> : <span className="bone" />;
}
