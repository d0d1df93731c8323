import type { CellView } from '../shapes.ts';

const stateText = {
  queued: 'Queued',
  running: 'Running',
  retry: 'Retrying',
  rate_limited: 'Rate limited',
  error: 'Error',
  empty: 'No data',
};

export function Cell({ cell }: { readonly cell: CellView }) {
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
