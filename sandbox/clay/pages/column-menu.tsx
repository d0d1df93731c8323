import type { ColumnView, TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import type { Anchor } from './parts/floating.tsx';
import { count } from '../../pages/words.ts';
import { useLook } from './look.tsx';
import { Menu, type MenuItem } from './parts/menu.tsx';
import type { Task } from './task.ts';

/** What a press on a column's header, right or left, opens. */
export function ColumnMenu({
  table,
  column,
  anchor,
  onClose,
  onTask,
  onChanged,
}: {
  readonly table: TablePage;
  readonly column: ColumnView;
  readonly anchor: Anchor;
  readonly onClose: () => void;
  readonly onTask: (task: Task) => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words } = useLook();
  const attempt = useAttempt();
  const at = table.columns.findIndex(({ id }) => id === column.id);
  const path = `/api/tables/${table.id}/columns/${column.id}`;
  const act = (work: () => Promise<unknown>): void =>
    void attempt(async () => {
      await work();
      await onChanged();
    });
  const kinds = (after: string | null): readonly MenuItem[] => [
    { label: 'Text', onPick: () => onTask({ kind: 'text', after }) },
    { label: words.formula, onPick: () => onTask({ kind: 'formula', after }) },
    { label: 'Enrichment', onPick: () => onTask({ kind: 'enrichment' }) },
    { label: 'Number', disabled: true },
    { label: 'Date', disabled: true },
  ];
  const runs: readonly MenuItem[] = column.counts
    ? [
        {
          label: `Run ${count(left(table, column))} rows that have not run or have errors`,
          onPick: () => act(() => send('POST', `${path}/run`, { rows: 'unfinished' })),
        },
        {
          label: 'Force run all rows in this view',
          onPick: () => act(() => send('POST', `${path}/run`, { rows: 'all' })),
        },
      ]
    : [{ label: 'Run all rows in this view', onPick: () => act(() => send('POST', `${path}/run`, { rows: 'all' })) }];
  const items: readonly MenuItem[] = [
    { label: words.renameColumn, onPick: () => onTask({ kind: 'rename', columnId: column.id }) },
    ...(column.kind === 'enrichment' || column.kind === 'formula' ? [{ label: words.runColumn, items: runs }] : []),
    { label: words.insertLeft, items: kinds(table.columns[at - 1]?.id ?? null) },
    { label: words.insertRight, items: kinds(column.id) },
    { label: 'Sort A → Z', disabled: true },
    { label: 'Hide column', disabled: true },
    { label: words.deleteColumn, danger: true, onPick: () => act(() => send('DELETE', path)) },
  ];
  return <Menu anchor={anchor} items={items} onClose={onClose} label={`${column.name} options`} />;
}

/** Of all rows: never run, or ended in an error. The run itself takes those of the view. */
function left({ rows }: TablePage, { counts }: ColumnView): number {
  if (!counts) return 0;
  return rows + counts.error - Object.values(counts).reduce((sum, each) => sum + each, 0);
}
