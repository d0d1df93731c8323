import { useRef, useState, type DragEvent } from 'react';
import type { UploadView } from '../shapes.ts';
import { upload } from './api.ts';
import { TextField } from './controls.tsx';
import { useAttempt } from './dialog.tsx';
import { count, Press, useLook } from './look.tsx';
import { MapFields } from './map-fields.tsx';
import { Link } from './router.tsx';

/** Import new contacts: the file, the list's name, then where its columns go. */
export function Import() {
  const { words } = useLook();
  const attempt = useAttempt();
  const [file, setFile] = useState<UploadView | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [mapping, setMapping] = useState(false);

  const take = (chosen: File): void => {
    setBusy(true);
    void attempt(async () => setFile(await upload<UploadView>('/web/uploads', chosen))).finally(() => setBusy(false));
  };

  return (
    <>
      <p className="crumbs">
        <Link to="/contacts">{words.contacts}</Link>
      </p>
      <h1>{words.importNew}</h1>
      {file && mapping ? (
        <MapFields file={file} name={name.trim()} onBack={() => setMapping(false)} />
      ) : (
        <div className="card">
          <DropZone file={file} busy={busy} onFile={take} />
          <TextField label={words.listName} value={name} onChange={setName} />
          <p className="hint">
            Up to 50,000 contacts in a file. Personal domains (e.g. gmail.com) are skipped unless enabled on your
            instance: get in touch with support if you want to send to personal domains.
          </p>
          <div className="foot">
            <Press kind="primary" disabled={!file || busy || name.trim() === ''} onPress={() => setMapping(true)}>
              {words.proceed}
            </Press>
          </div>
        </div>
      )}
    </>
  );
}

function DropZone({
  file,
  busy,
  onFile,
}: {
  readonly file: UploadView | null;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}) {
  const { words, plain } = useLook();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <div
      className={`drop${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file ? (
        <p>
          <b>{file.file}</b> · {count(file.rows)} rows
        </p>
      ) : (
        <p>{busy ? 'Uploading…' : words.dropHere}</p>
      )}
      <Press onPress={() => input.current?.click()}>{words.browse}</Press>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label={plain ? undefined : 'CSV file'}
        className="unseen"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onFile(chosen);
        }}
      />
    </div>
  );
}
