import { useState } from 'react';
import type { Crumb, Entry, FolderPage, WorkbookPage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt, useToast } from '../../pages/toasts.ts';
import { NameDialog } from './parts/dialog.tsx';
import { icons } from './icons.tsx';
import { useLook } from './look.tsx';
import { MenuButton } from './parts/menu.tsx';
import { Link, navigate } from '../../pages/router.tsx';
import { useLoad } from '../../pages/use-load.ts';

type Asking = 'folder' | 'workbook' | { readonly rename: Entry; readonly kind: 'folders' | 'workbooks' } | null;

/** A folder of the workspace, or its home: folders first, then workbooks. Names repeat freely. */
export function Home({ folderId }: { readonly folderId: string | null }) {
  const { words, boot } = useLook();
  const { data: page, problem, reload } = useLoad<FolderPage>(`/api/folders/${folderId ?? 'home'}`);
  const [asking, setAsking] = useState<Asking>(null);
  const attempt = useAttempt();
  const toast = useToast();
  const base = `/workspaces/${boot.workspace}`;
  if (problem)
    return (
      <p className="empty" role="alert">
        {problem}
      </p>
    );

  const archive = ({ id, name }: Entry): Promise<void> =>
    attempt(async () => {
      await send('PATCH', `/api/workbooks/${id}`, { archived: true });
      toast(`“${name}” was moved to the archive.`, 'good');
      await reload();
    });

  return (
    <>
      <header className="page-head">
        <div>
          <Crumbs crumbs={page?.crumbs ?? []} base={base} />
          <h1>{page?.crumbs.at(-1)?.name ?? 'Home'}</h1>
        </div>
        <MenuButton
          label={words.make}
          kind="primary"
          items={[
            { label: words.folder, icon: icons.folder, onPick: () => setAsking('folder') },
            { label: words.workbook, icon: icons.workbook, onPick: () => setAsking('workbook') },
          ]}
        >
          {words.make} <span aria-hidden>▾</span>
        </MenuButton>
      </header>
      <table className="files" aria-label="Files">
        <thead>
          <tr>
            <th>Name</th>
            <th>Type</th>
            <th>Last updated</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {page?.folders.map((folder) => (
            <File
              key={folder.id}
              entry={folder}
              kind={words.folder}
              path={`${base}/home/${folder.id}`}
              menu={[{ label: 'Rename', onPick: () => setAsking({ rename: folder, kind: 'folders' }) }]}
            />
          ))}
          {page?.workbooks.map((workbook) => (
            <File
              key={workbook.id}
              entry={workbook}
              kind={words.workbook}
              path={`${base}/workbooks/${workbook.id}`}
              menu={[
                { label: 'Rename', onPick: () => setAsking({ rename: workbook, kind: 'workbooks' }) },
                { label: 'Delete', danger: true, onPick: () => void archive(workbook) },
              ]}
            />
          ))}
        </tbody>
      </table>
      {page && page.folders.length + page.workbooks.length === 0 ? (
        <p className="empty">This folder is empty.</p>
      ) : null}
      {asking === 'folder' ? (
        <NameDialog
          title={`New ${words.folder.toLowerCase()}`}
          label="Name"
          action="Create"
          initial="New folder"
          onClose={() => setAsking(null)}
          onSave={async (name) => {
            await send<Crumb>('POST', '/api/folders', { parentId: folderId, name });
            await reload();
          }}
        />
      ) : null}
      {asking === 'workbook' ? (
        <NameDialog
          title={`New ${words.workbook.toLowerCase()}`}
          label="Name"
          action="Create"
          initial="New workbook"
          onClose={() => setAsking(null)}
          onSave={async (name) => {
            const made = await send<WorkbookPage>('POST', '/api/workbooks', { folderId, name });
            navigate(`${base}/workbooks/${made.id}`);
          }}
        />
      ) : null}
      {asking !== null && typeof asking === 'object' ? (
        <NameDialog
          title="Rename"
          label="Name"
          action="Save"
          initial={asking.rename.name}
          onClose={() => setAsking(null)}
          onSave={async (name) => {
            await send('PATCH', `/api/${asking.kind}/${asking.rename.id}`, { name });
            await reload();
          }}
        />
      ) : null}
    </>
  );
}

function File({
  entry,
  kind,
  path,
  menu,
}: {
  readonly entry: Entry;
  readonly kind: string;
  readonly path: string;
  readonly menu: Parameters<typeof MenuButton>[0]['items'];
}) {
  const { words } = useLook();
  return (
    <tr>
      <td>
        <span className={`file-icon ${kind === words.folder ? 'is-folder' : 'is-workbook'}`}>
          {kind === words.folder ? icons.folder : icons.workbook}
        </span>
        <Link to={path}>{entry.name}</Link>
      </td>
      <td>{kind}</td>
      <td>{ago(entry.updatedAt)}</td>
      <td>
        <MenuButton label={`More options for ${entry.name}`} kind="icon" items={menu}>
          ⋯
        </MenuButton>
      </td>
    </tr>
  );
}

export function Crumbs({ crumbs, base }: { readonly crumbs: readonly Crumb[]; readonly base: string }) {
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      <Link to={`${base}/home`}>Home</Link>
      {crumbs.map(({ id, name }) => (
        <span key={id}>
          {' '}
          / <Link to={`${base}/home/${id}`}>{name}</Link>
        </span>
      ))}
    </nav>
  );
}

export function ago(time: number): string {
  const minutes = Math.floor((Date.now() - time) / 60_000);
  if (minutes < 1) return 'Just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 1_440 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1_440)} d ago`;
}
