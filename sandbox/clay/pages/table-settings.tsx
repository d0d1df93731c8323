import { useState } from 'react';
import type { TablePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { NameDialog } from './parts/dialog.tsx';
import { Floating, type Anchor } from './parts/floating.tsx';
import { Press, useLook } from './look.tsx';
import { Select, Switch } from './parts/select.tsx';

/** What the arrow on a table's tab opens. */
export function TableSettings({
  table,
  anchor,
  onClose,
  onChanged,
}: {
  readonly table: TablePage;
  readonly anchor: Anchor;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words } = useLook();
  const [renaming, setRenaming] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const attempt = useAttempt();
  const change = (patch: unknown): Promise<void> =>
    attempt(async () => {
      await send('PATCH', `/api/tables/${table.id}`, patch);
      await onChanged();
    });
  if (renaming) {
    return (
      <NameDialog
        title="Rename table"
        label="Name"
        action="Save"
        initial={table.name}
        onClose={onClose}
        onSave={async (name) => {
          await send('PATCH', `/api/tables/${table.id}`, { name });
          await onChanged();
        }}
      />
    );
  }
  const remove = (): Promise<void> =>
    attempt(async () => {
      await send('DELETE', `/api/tables/${table.id}`);
      onClose();
      await onChanged();
    });
  return (
    <Floating anchor={anchor} label={words.tableSettings} onClose={onClose}>
      <div className="settings">
        <h3>{table.name}</h3>
        <Switch label={words.autoUpdate} on={table.autoUpdate} onChange={(on) => void change({ autoUpdate: on })} />
        <p className="hint">Run enrichments automatically whenever rows are added. Uses credits.</p>
        <Switch
          label={words.autoDedupe}
          on={table.dedupeColumnId !== null || choosing}
          onChange={(on) => {
            setChoosing(on);
            if (!on) void change({ dedupeColumnId: null });
          }}
        />
        <p className="hint">Keep the oldest row of each value and delete the others.</p>
        {choosing || table.dedupeColumnId !== null ? (
          <Select
            label="Dedupe column"
            placeholder="Choose a column"
            value={table.dedupeColumnId}
            choices={table.columns
              .filter(({ kind }) => kind === 'text')
              .map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => void change({ dedupeColumnId: id })}
          />
        ) : null}
        <div className="settings-foot">
          <Press kind="ghost" onPress={() => setRenaming(true)}>
            Rename table
          </Press>
          <Press kind="ghost" onPress={() => void remove()}>
            Delete table
          </Press>
        </div>
      </div>
    </Floating>
  );
}
