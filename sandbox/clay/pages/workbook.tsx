import { useEffect, useState, type ReactNode } from 'react';
import type { Crumb, TablePage, WorkbookPage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { BottomBar } from './bottom-bar.tsx';
import { useAttempt, useToast } from '../../pages/toasts.ts';
import { NameDialog } from './parts/dialog.tsx';
import { Crumbs } from './home.tsx';
import { icons, logo } from './icons.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { Press, useLook } from './look.tsx';
import { Link, navigate } from '../../pages/router.tsx';
import { TableView } from './table-view.tsx';
import { useLoad } from '../../pages/use-load.ts';
import { useTable } from './use-table.ts';

/** A workbook: its tables as tabs at the bottom, one of them open. */
export function Workbook({ id, tableId }: { readonly id: string; readonly tableId: string | null }) {
  const { boot } = useLook();
  const { data: page, problem, reload } = useLoad<WorkbookPage>(`/api/workbooks/${id}`);
  const { table, problem: tableProblem, reload: reloadTable } = useTable(tableId);
  const expectImport = useImportNews(table);
  const [importing, setImporting] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const base = `/workspaces/${boot.workspace}`;
  const open = (table: string, replace = false): void => navigate(`${base}/workbooks/${id}/tables/${table}`, replace);
  const first = page?.tables[0]?.id;

  // An address without a table opens the first one.
  useEffect(() => {
    if (tableId === null && first !== undefined) open(first, true);
  });

  if (problem) return <Notice text={problem} />;
  if (!page)
    return (
      <div className="loading" role="status">
        Loading…
      </div>
    );
  if (page.archived) return <Archived page={page} onRestored={reload} />;

  const changed = async (): Promise<void> => {
    await Promise.all([reload(), reloadTable()]);
  };
  const imported = async (into: string): Promise<void> => {
    await changed();
    expectImport(into);
    open(into);
  };
  return (
    <div className="workbook">
      <header className="workbook-head">
        <Link to={`${base}/home`} className="home-link">
          {logo}
        </Link>
        <div>
          <Crumbs crumbs={page.crumbs} base={base} />
          <h1>
            <button type="button" className="title" title="Rename" onClick={() => setRenaming(true)}>
              {page.name}
            </button>
          </h1>
        </div>
      </header>
      {table ? (
        <TableView key={table.id} table={table} workbookId={id} onChanged={changed} onImported={imported} />
      ) : null}
      {tableProblem ? <Notice text="This table does not exist." /> : null}
      {tableId !== null && !table && !tableProblem ? (
        <div className="loading" role="status">
          Loading…
        </div>
      ) : null}
      {page.tables.length === 0 && tableId === null ? <FirstTable onImport={() => setImporting(true)} /> : null}
      <BottomBar
        tables={page.tables}
        active={tableId}
        table={table}
        onOpen={open}
        onImport={() => setImporting(true)}
        onChanged={changed}
      />
      {importing ? (
        <ImportDialog workbookId={id} table={null} onClose={() => setImporting(false)} onDone={imported} />
      ) : null}
      {renaming ? (
        <NameDialog
          title="Rename workbook"
          label="Name"
          action="Save"
          initial={page.name}
          onClose={() => setRenaming(false)}
          onSave={async (name) => {
            await send<Crumb>('PATCH', `/api/workbooks/${id}`, { name });
            await reload();
          }}
        />
      ) : null}
    </div>
  );
}

/** Says when an import that was started here has ended, well or not. Rows beyond the table's limit are not mentioned. */
function useImportNews(table: TablePage | null): (tableId: string) => void {
  const toast = useToast();
  const [expected, setExpected] = useState<string | null>(null);
  useEffect(() => {
    if (table === null || table.id !== expected || table.importing) return;
    setExpected(null);
    toast(table.importError ?? 'Import complete', table.importError ? 'bad' : 'good');
  }, [table, expected, toast]);
  return setExpected;
}

function FirstTable({ onImport }: { readonly onImport: () => void }) {
  return (
    <section className="first-table">
      <h2>Start with a table</h2>
      <p>Bring in a list, find people or companies, or start from scratch.</p>
      <button type="button" className="card" onClick={onImport}>
        {icons.file}
        <b>Upload a list</b>
        <span>Start from a CSV file of people or companies</span>
      </button>
    </section>
  );
}

function Archived({ page, onRestored }: { readonly page: WorkbookPage; readonly onRestored: () => Promise<void> }) {
  const attempt = useAttempt();
  return (
    <Notice text={`“${page.name}” is in the archive. You cannot edit it unless you restore it.`}>
      <Press
        kind="primary"
        onPress={() =>
          void attempt(async () => {
            await send('PATCH', `/api/workbooks/${page.id}`, { archived: false });
            await onRestored();
          })
        }
      >
        Restore
      </Press>
    </Notice>
  );
}

function Notice({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  const { boot } = useLook();
  return (
    <section className="notice">
      <p role="alert">{text}</p>
      {children}
      <Link to={`/workspaces/${boot.workspace}/home`}>Back to home</Link>
    </section>
  );
}
