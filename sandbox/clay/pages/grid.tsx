import { useLayoutEffect, useRef, useState, type MouseEvent } from 'react';
import { cellStates, type CellView, type ColumnView, type RowsPage, type TablePage } from '../shapes.ts';
import { unfinished } from './bottom-bar.tsx';
import { anchorOf, pointAnchor, type Anchor } from './parts/floating.tsx';
import { kindMark } from './icons.tsx';
import { count } from '../../pages/words.ts';
import { useLook } from './look.tsx';
import { useRows } from './use-table.ts';

const rowHeight = 33;
const overscan = 6;

/** The rows, of which only those in sight are in the document. */
export function Grid({
  table,
  onColumnMenu,
  onAddColumn,
}: {
  readonly table: TablePage;
  readonly onColumnMenu: (columnId: string, anchor: Anchor) => void;
  readonly onAddColumn: () => void;
}) {
  const { plain } = useLook();
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 600 });
  const look = (): void => {
    if (box.current) setSight({ top: box.current.scrollTop, height: box.current.clientHeight });
  };
  useLayoutEffect(() => {
    const watch = new ResizeObserver(look);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(sight.top / rowHeight) - overscan);
  const last = Math.min(table.matching - 1, Math.ceil((sight.top + sight.height) / rowHeight) + overscan);
  const rowAt = useRows(table, first, last);
  const indices = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);

  return (
    <div
      ref={box}
      className="grid"
      role={plain ? undefined : 'grid'}
      aria-label={plain ? undefined : table.name}
      aria-rowcount={plain ? undefined : table.matching + 1}
      aria-colcount={plain ? undefined : table.columns.length + 1}
      onScroll={look}
    >
      <div className="grid-head" role={plain ? undefined : 'row'}>
        <div className="cell number" role="presentation" />
        {table.columns.map((column) => (
          <Header
            key={column.id}
            column={column}
            rows={table.rows}
            onMenu={(anchor) => onColumnMenu(column.id, anchor)}
          />
        ))}
        <div className="cell add" role="presentation">
          <button type="button" onClick={onAddColumn}>
            + Add column
          </button>
        </div>
      </div>
      <div className="grid-rows" role="presentation" style={{ height: table.matching * rowHeight }}>
        {indices.map((index) => (
          <Row key={index} index={index} row={rowAt(index)} columns={table.columns} />
        ))}
      </div>
    </div>
  );
}

function Header({
  column,
  rows,
  onMenu,
}: {
  readonly column: ColumnView;
  readonly rows: number;
  readonly onMenu: (anchor: Anchor) => void;
}) {
  const { plain } = useLook();
  const open = (event: MouseEvent<HTMLElement>, atPointer: boolean): void => {
    event.preventDefault();
    onMenu(atPointer ? pointAnchor(event.clientX, event.clientY) : anchorOf(event.currentTarget));
  };
  return (
    <div
      className={`cell head kind-${column.kind}`}
      role={plain ? undefined : 'columnheader'}
      aria-label={plain ? undefined : column.name}
      title={column.name}
      onContextMenu={(event) => open(event, true)}
      onClick={(event) => open(event, false)}
    >
      {kindMark[column.kind]}
      <span className="head-name">{column.name}</span>
      <Progress column={column} rows={rows} />
      <span className="caret" aria-hidden>
        ▾
      </span>
    </div>
  );
}

/** How far a column has run: of all rows, the part whose cells will not change by themselves. */
function Progress({ column: { counts, busy, name }, rows }: { readonly column: ColumnView; readonly rows: number }) {
  if (busy) return <span className="spinner" role="progressbar" aria-label={`${name} is running`} />;
  if (!counts || rows === 0) return null;
  const done = counts.success + counts.error + counts.empty;
  const percent = Math.floor((100 * done) / rows);
  const detail = cellStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${count(counts[state])} ${state}`)
    .join('\n');
  return (
    <span
      className="progress"
      role="progressbar"
      aria-label={`${name} progress`}
      aria-valuenow={percent}
      title={detail}
    >
      {unfinished(counts) > 0 ? <span className="spinner" /> : null}
      {percent}%
    </span>
  );
}

function Row({
  index,
  row,
  columns,
}: {
  readonly index: number;
  readonly row: RowsPage['rows'][number] | undefined;
  readonly columns: readonly ColumnView[];
}) {
  const { plain } = useLook();
  return (
    <div
      className="row"
      role={plain ? undefined : 'row'}
      aria-rowindex={plain ? undefined : index + 2}
      style={{ top: index * rowHeight }}
    >
      <div className="cell number" role={plain ? undefined : 'rowheader'}>
        {row?.number ?? ''}
      </div>
      {columns.map(({ id, kind }, at) => (
        <div key={id} className={`cell kind-${kind}`} role={plain ? undefined : 'gridcell'}>
          {row ? <Cell cell={row.cells[at] ?? null} /> : <span className="bone" />}
        </div>
      ))}
      <div className="cell add" role="presentation" />
    </div>
  );
}

const stateText = {
  queued: 'Queued',
  running: 'Running',
  retry: 'Retrying',
  rate_limited: 'Rate limited',
  error: 'Error',
  empty: 'No data',
};

function Cell({ cell }: { readonly cell: CellView }) {
  if (cell === null) return <span className="never">Click to run</span>;
  if (typeof cell === 'string') return cell;
  if (cell.state === 'success')
    return (
      <>
        <i className="dot success" aria-hidden />
        {cell.text}
      </>
    );
  return <span className={`state is-${cell.state}`}>{stateText[cell.state]}</span>;
}
