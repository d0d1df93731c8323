import type { ArchivePage } from '../shapes.ts';
import { send } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { ago } from './home.tsx';
import { icons } from './icons.tsx';
import { Press } from './look.tsx';
import { useLoad } from '../../pages/use-load.ts';

/** Deleted workbooks, until somebody restores them. */
export function Archive() {
  const { data: page, reload } = useLoad<ArchivePage>('/api/archive');
  const attempt = useAttempt();
  return (
    <>
      <header className="page-head">
        <h1>Archive</h1>
      </header>
      <table className="files" aria-label="Archived files">
        <thead>
          <tr>
            <th>Name</th>
            <th>Deleted</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {page?.workbooks.map(({ id, name, updatedAt }) => (
            <tr key={id}>
              <td>
                <span className="file-icon is-workbook">{icons.workbook}</span>
                {name}
              </td>
              <td>{ago(updatedAt)}</td>
              <td>
                <Press
                  onPress={() =>
                    void attempt(async () => {
                      await send('PATCH', `/api/workbooks/${id}`, { archived: false });
                      await reload();
                    })
                  }
                >
                  Restore
                </Press>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {page?.workbooks.length === 0 ? <p className="empty">The archive is empty.</p> : null}
    </>
  );
}
