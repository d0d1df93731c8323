import { cellStates, type ColumnView } from '../shapes.ts';
import { count } from '../../pages/words.ts';
import { unfinished } from './bottom-bar.tsx';
import { kindMark } from './icons.tsx';

/** What a column's head shows: its kind, its name, and how far it has run. */
export function ColumnHead({ column, rows }: { readonly column: ColumnView; readonly rows: number }) {
  return (
    <span className="head-inside" title={column.name}>
      <span className="head-kind" aria-hidden>
        {kindMark[column.kind]}
      </span>
      <span className="head-name">{column.name}</span>
      <Progress column={column} rows={rows} />
      <span className="caret" aria-hidden>
        ▾
      </span>
    </span>
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
