import { useEffect, useState } from 'react';
import type { SeenFile } from '../../page-api/reading.ts';
import { useStore } from '../use-store.ts';
import { FileCard } from './file-card.tsx';

/** Every file of this person's channels, newest first. */
export function FilesView() {
  const { person } = useStore();
  const [files, setFiles] = useState<readonly SeenFile[] | null>(null);
  useEffect(() => {
    void person.files().then((found) => setFiles(found.toReversed()));
  }, [person]);
  return (
    <main className="main" aria-label="Files">
      <header className="pane-header">
        <h1>Files</h1>
      </header>
      <div className="files-list">
        {files?.length === 0 && <p className="nothing">No files yet. What the app uploads is listed here.</p>}
        {files?.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
      </div>
    </main>
  );
}
