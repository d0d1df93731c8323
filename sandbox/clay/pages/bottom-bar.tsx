import { useState } from 'react';
import { cellStates, type CellCounts, type Crumb, type TablePage } from '../shapes.ts';
import { anchorOf, type Anchor } from './parts/floating.tsx';
import { icons } from './icons.tsx';
import { count } from '../../pages/words.ts';
import { useLook } from './look.tsx';
import { MenuButton } from './parts/menu.tsx';
import { TableSettings } from './table-settings.tsx';

/** Below the grid: the workbook's tables, what is running in the open one, its settings. */
export function BottomBar({
  tables,
  active,
  table,
  onOpen,
  onImport,
  onChanged,
}: {
  readonly tables: readonly Crumb[];
  readonly active: string | null;
  readonly table: TablePage | null;
  readonly onOpen: (id: string) => void;
  readonly onImport: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { words, plain } = useLook();
  const [settings, setSettings] = useState<Anchor | null>(null);
  const soon = { disabled: true } as const;
  return (
    <footer className="bottom-bar">
      <div className="tabs" role={plain ? undefined : 'tablist'} aria-label="Tables">
        {tables.map(({ id, name }) => (
          <span key={id} className={`tab${id === active ? ' active' : ''}`} role="presentation">
            <button
              type="button"
              role={plain ? 'presentation' : 'tab'}
              aria-selected={plain ? undefined : id === active}
              onClick={() => onOpen(id)}
            >
              <span className="tab-icon" aria-hidden>
                {icons.workbook}
              </span>
              {name}
            </button>
            {id === active ? (
              <button
                type="button"
                className="tab-settings"
                aria-label={plain ? undefined : words.tableSettings}
                title={words.tableSettings}
                aria-haspopup="dialog"
                aria-expanded={settings !== null}
                onClick={(event) => setSettings(settings ? null : anchorOf(event.currentTarget))}
              >
                ▾
              </button>
            ) : null}
          </span>
        ))}
      </div>
      <MenuButton
        label={words.addTable}
        kind="ghost"
        items={[
          { label: words.importFromCsv, icon: icons.file, onPick: onImport },
          { label: 'Find people', icon: icons.people, ...soon },
          { label: 'Find companies', icon: icons.search, ...soon },
          { label: 'Import from CRM', icon: icons.import, ...soon },
        ]}
      >
        {words.addTable}
      </MenuButton>
      <span className="spring" />
      {table ? <RunStatus table={table} /> : null}
      {settings && table ? (
        <TableSettings table={table} anchor={settings} onClose={() => setSettings(null)} onChanged={onChanged} />
      ) : null}
    </footer>
  );
}

/** How the cells of each enrichment stand, and whether rows added later will run. */
function RunStatus({ table }: { readonly table: TablePage }) {
  const { words } = useLook();
  return (
    <div className="run-status">
      {table.columns.map(({ id, name, counts }) =>
        counts ? (
          <span key={id} role="status" aria-label={`${name} run status`} className="run">
            <i
              className={`dot ${unfinished(counts) > 0 ? 'running' : counts.error > 0 ? 'error' : 'success'}`}
              aria-hidden
            />
            {name}: {statusText(table, counts)}
          </span>
        ) : null,
      )}
      <span className="auto">
        {words.autoUpdate} {table.autoUpdate ? 'on' : 'off'}
      </span>
    </div>
  );
}

export const unfinished = (counts: CellCounts): number =>
  counts.running + counts.queued + counts.retry + counts.rate_limited;

/** `12,345 success · 120 error · 300 running · 50 empty`: of all rows, whatever the view's filters. */
export function statusText(table: Pick<TablePage, 'rows'>, counts: CellCounts): string {
  const ran = cellStates.reduce((sum, state) => sum + counts[state], 0);
  const parts = cellStates.filter((state) => counts[state] > 0).map((state) => `${count(counts[state])} ${state}`);
  if (table.rows > ran) parts.push(`${count(table.rows - ran)} not run`);
  return parts.join(' · ');
}
