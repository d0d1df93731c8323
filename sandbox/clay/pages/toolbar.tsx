import { useState } from 'react';
import type { TablePage } from '../shapes.ts';
import { get, send } from '../../pages/api.ts';
import { useAttempt, useToast } from '../../pages/toasts.ts';
import { FiltersButton } from './filters.tsx';
import { icons } from './icons.tsx';
import { count } from '../../pages/words.ts';
import { Press, useLook } from './look.tsx';
import { MenuButton } from './parts/menu.tsx';
import type { Task } from './task.ts';

/** Above the grid: the view, how many rows it has, its filters; imports, exports, enrichments. */
export function Toolbar({
  table,
  onChanged,
  onTask,
}: {
  readonly table: TablePage;
  readonly onChanged: () => Promise<void>;
  readonly onTask: (task: Task) => void;
}) {
  const { words } = useLook();
  const [exporting, setExporting] = useState(false);
  const attempt = useAttempt();
  const toast = useToast();

  const download = (): Promise<void> => {
    setExporting(true);
    return attempt(async () => {
      toast('Preparing your export…', 'good');
      const { exportId } = await send<{ exportId: string }>('POST', `/api/tables/${table.id}/exports`);
      while (!(await get<{ ready: boolean }>(`/api/exports/${exportId}`)).ready) await pause(200);
      location.assign(`/exports/${exportId}/download`);
    }).finally(() => setExporting(false));
  };
  const soon = { disabled: true } as const;

  return (
    <div className="toolbar">
      <Press kind="ghost">
        Default view <span aria-hidden>▾</span>
      </Press>
      <span className="divider" />
      <span className="counts">
        {count(table.matching)}/{count(table.rows)} {words.rows}
      </span>
      <span className="counts">{table.columns.length} columns</span>
      <span className="divider" />
      <FiltersButton table={table} onChanged={onChanged} />
      <Press kind="ghost" disabled>
        {icons.sort} Sort
      </Press>
      {table.importing ? (
        <span className="busy" role="status">
          Importing… {count(table.rows)} {words.rows}
        </span>
      ) : null}
      {exporting ? (
        <span className="busy" role="status">
          Exporting…
        </span>
      ) : null}
      <span className="spring" />
      <MenuButton
        label={words.actions}
        items={[
          {
            label: words.importMenu,
            icon: icons.import,
            items: [
              { label: words.importFromCsv, onPick: () => onTask({ kind: 'import' }) },
              { label: 'Import from CRM', ...soon },
              { label: 'Webhook', ...soon },
            ],
          },
          {
            label: words.exportMenu,
            icon: icons.export,
            items: [
              { label: words.downloadCsv, onPick: () => void download() },
              { label: 'Send to Google Sheets', ...soon },
              { label: 'Add to CRM', ...soon },
            ],
          },
          { label: 'Run history', icon: icons.sort, ...soon },
        ]}
      >
        {icons.actions} {words.actions}
      </MenuButton>
      <Press kind="primary" onPress={() => onTask({ kind: 'enrichment' })}>
        {icons.sparkle} {words.addEnrichment}
      </Press>
    </div>
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
