import { useState } from 'react';
import type { TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { ColumnMenu } from './column-menu.tsx';
import { NameDialog } from './parts/dialog.tsx';
import { EnrichmentPanel } from './enrichment-panel.tsx';
import type { Anchor } from './parts/floating.tsx';
import { FormulaPanel } from './formula-panel.tsx';
import { Grid } from './grid.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { useLook } from './look.tsx';
import { PlainGrid } from './plain-grid.tsx';
import type { Task } from './task.ts';
import { Toolbar } from './toolbar.tsx';

/** One table: its toolbar, its grid, and what the person is doing with it at the side. */
export function TableView({
  table,
  workbookId,
  onChanged,
  onImported,
}: {
  readonly table: TablePage;
  readonly workbookId: string;
  readonly onChanged: () => Promise<void>;
  readonly onImported: (tableId: string) => Promise<void>;
}) {
  const { plain } = useLook();
  const [task, setTask] = useState<Task | null>(null);
  const [menu, setMenu] = useState<{ readonly columnId: string; readonly anchor: Anchor } | null>(null);
  const close = (): void => setTask(null);
  const column = menu ? table.columns.find(({ id }) => id === menu.columnId) : undefined;
  const named = task && 'columnId' in task ? table.columns.find(({ id }) => id === task.columnId) : undefined;

  const TableGrid = plain ? PlainGrid : Grid;

  return (
    <div className="table-view">
      <Toolbar table={table} onChanged={onChanged} onTask={setTask} />
      <div className="table-body">
        <TableGrid
          table={table}
          onColumnMenu={(columnId, anchor) => setMenu({ columnId, anchor })}
          onAddColumn={() => setTask({ kind: 'enrichment' })}
        />
        {task?.kind === 'formula' ? (
          <FormulaPanel table={table} after={task.after} onClose={close} onChanged={onChanged} />
        ) : null}
        {task?.kind === 'enrichment' ? <EnrichmentPanel table={table} onClose={close} onChanged={onChanged} /> : null}
      </div>
      {menu && column ? (
        <ColumnMenu
          table={table}
          column={column}
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
          onTask={setTask}
          onChanged={onChanged}
        />
      ) : null}
      {task?.kind === 'import' ? (
        <ImportDialog workbookId={workbookId} table={table} onClose={close} onDone={onImported} />
      ) : null}
      {named ? (
        <NameDialog
          title="Rename column"
          label="Column name"
          action="Save"
          initial={named.name}
          onClose={close}
          onSave={async (name) => {
            await send('PATCH', `/api/tables/${table.id}/columns/${named.id}`, { name });
            await onChanged();
          }}
        />
      ) : null}
      {task?.kind === 'text' ? (
        <NameDialog
          title="New column"
          label="Column name"
          action="Save"
          onClose={close}
          onSave={async (name) => {
            await send('POST', `/api/tables/${table.id}/columns/text`, { after: task.after, name });
            await onChanged();
          }}
        />
      ) : null}
    </div>
  );
}
