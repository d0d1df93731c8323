import type { ReactNode } from 'react';
import { DataGrid } from '@mui/x-data-grid/DataGrid';
import MuiTable from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { PlainRows } from '../../../pages/plain.tsx';
import { count } from '../../../pages/words.ts';
import type { Page } from '../../shapes.ts';
import { useLook } from '../look.tsx';
import { Hint } from './page.tsx';
import { Press } from './press.tsx';

export type Row = { readonly key: number | string; readonly cells: readonly ReactNode[] };

/** A short table, all of it on the page. In the redesign, boxes in rows. */
export function Table({
  heads,
  rows,
  empty,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  readonly empty: string;
}) {
  const { plain } = useLook();
  if (rows.length === 0) return <Hint>{empty}</Hint>;
  if (plain) return <PlainRows rows={rows} />;
  return (
    <TableContainer>
      <MuiTable size="small">
        <TableHead>
          <TableRow>
            {heads.map((head) => (
              <TableCell key={head}>{head}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ key, cells }) => (
            <TableRow key={key}>
              {cells.map((cell, index) => (
                <TableCell key={index}>{cell}</TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </MuiTable>
    </TableContainer>
  );
}

export type Column<Row> = {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** In parts of what is left, 1 where it does not say. */
  readonly share?: number;
};

const rowHeight = 44;
const headHeight = 48;
const footHeight = 53;
const tallest = 560;

/** A listing that is turned page by page; of a long page only the rows in sight are in the document. */
export function Listing<Row extends { readonly id: number }>({
  columns,
  page,
  empty,
  onTurn,
}: {
  readonly columns: readonly Column<Row>[];
  readonly page: Page<Row>;
  readonly empty: string;
  readonly onTurn: (page: number) => void;
}) {
  const { plain } = useLook();
  if (page.total === 0) return <Hint>{empty}</Hint>;
  if (plain) {
    return (
      <>
        <PlainRows rows={page.rows.map((row) => ({ key: row.id, cells: columns.map(({ cell }) => cell(row)) }))} />
        <div className="x-actions">
          <span>
            {count(page.page)} / {count(page.lastPage)}
          </span>
          <Press disabled={page.page <= 1} onPress={() => onTurn(page.page - 1)}>
            Previous
          </Press>
          <Press disabled={page.page >= page.lastPage} onPress={() => onTurn(page.page + 1)}>
            Next
          </Press>
        </div>
      </>
    );
  }
  return (
    <DataGrid
      sx={{ height: Math.min(tallest, headHeight + footHeight + 2 + page.rows.length * rowHeight), border: 0 }}
      rows={page.rows}
      columns={columns.map(({ head, cell, isNumber, share = 1 }) => ({
        field: head,
        headerName: head,
        flex: share,
        minWidth: 130,
        sortable: false,
        align: isNumber ? 'right' : 'left',
        headerAlign: isNumber ? 'right' : 'left',
        renderCell: ({ row }: { readonly row: Row }) => cell(row),
      }))}
      rowHeight={rowHeight}
      columnHeaderHeight={headHeight}
      paginationMode="server"
      rowCount={page.total}
      paginationModel={{ page: page.page - 1, pageSize: page.perPage }}
      pageSizeOptions={[page.perPage]}
      onPaginationModelChange={(model) => onTurn(model.page + 1)}
      disableColumnMenu
      disableRowSelectionOnClick
      hideFooterSelectedRowCount
    />
  );
}
