import { useRef, useState, type DragEvent } from 'react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { upload } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { count } from '../../pages/words.ts';
import type { UploadView } from '../shapes.ts';
import { useLook } from './look.tsx';
import { MapFields } from './map-fields.tsx';
import { TextField } from './parts/fields.tsx';
import { Card, Hint, Link, Title } from './parts/page.tsx';
import { Press } from './parts/press.tsx';

/** Import new contacts: the file, the list's name, then where its columns go. */
export function Import() {
  const { words } = useLook();
  const attempt = useAttempt();
  const [file, setFile] = useState<UploadView | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [mapping, setMapping] = useState(false);

  const take = (chosen: File): void => {
    const form = new FormData();
    form.append('file', chosen.name);
    form.append('csv', chosen);
    setBusy(true);
    void attempt(async () => setFile(await upload<UploadView>('/web/uploads', form))).finally(() => setBusy(false));
  };

  return (
    <>
      <Title crumbs={[<Link to="/contacts">{words.contacts}</Link>]}>{words.importNew}</Title>
      {file && mapping ? (
        <MapFields file={file} name={name.trim()} onBack={() => setMapping(false)} />
      ) : (
        <Card>
          <DropZone file={file} busy={busy} onFile={take} />
          <TextField label={words.listName} value={name} onChange={setName} />
          <Hint>
            Up to 50,000 contacts in a file. Personal domains (e.g. gmail.com) are skipped unless enabled on your
            instance: get in touch with support if you want to send to personal domains.
          </Hint>
          <Box sx={{ textAlign: 'right' }}>
            <Press kind="primary" disabled={!file || busy || name.trim() === ''} onPress={() => setMapping(true)}>
              {words.proceed}
            </Press>
          </Box>
        </Card>
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
    <Paper
      variant="outlined"
      sx={{
        mb: 2,
        p: 4,
        textAlign: 'center',
        borderStyle: 'dashed',
        bgcolor: over ? 'action.hover' : 'background.default',
      }}
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
        style={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onFile(chosen);
        }}
      />
    </Paper>
  );
}
