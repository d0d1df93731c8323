import { useRef, useState } from 'react';
import type { Mapping, TablePage, Upload } from '../shapes.ts';
import { send, upload } from '../../pages/api.ts';
import { useAttempt } from '../../pages/toasts.ts';
import { Dialog } from './parts/dialog.tsx';
import { icons } from './icons.tsx';
import { ImportReview } from './import-review.tsx';
import { Press, useLook } from './look.tsx';
import { Select } from './parts/select.tsx';

const delimiters = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
];

/** A CSV becomes a new table, or rows of `table`. The older Clay asks for delimiter and place in between. */
export function ImportDialog({
  workbookId,
  table,
  onClose,
  onDone,
}: {
  readonly workbookId: string;
  readonly table: TablePage | null;
  readonly onClose: () => void;
  readonly onDone: (tableId: string) => Promise<void>;
}) {
  const { words, look } = useLook();
  const attempt = useAttempt();
  const [file, setFile] = useState<File | null>(null);
  const [uploaded, setUploaded] = useState<Upload | null>(null);
  const [busy, setBusy] = useState(false);
  const [delimiter, setDelimiter] = useState(',');
  const [asked, setAsked] = useState(look !== 'older');
  const [place, setPlace] = useState<'new' | 'current'>(look === 'older' ? 'new' : 'current');
  const target = place === 'current' ? table : null;

  const during = (work: () => Promise<unknown>): void => {
    setBusy(true);
    void attempt(work).finally(() => setBusy(false));
  };
  const take = (chosen: File, mark: string): void => {
    setFile(chosen);
    setDelimiter(mark);
    during(async () => {
      const query = new URLSearchParams({ name: chosen.name, delimiter: mark });
      setUploaded(await upload<Upload>(`/api/uploads?${query.toString()}`, chosen));
    });
  };
  const finish = (mapping: readonly Mapping[]): void =>
    during(async () => {
      const path = target ? `/api/tables/${target.id}/import` : `/api/workbooks/${workbookId}/tables`;
      const { tableId } = await send<{ tableId: string }>('POST', path, { uploadId: uploaded?.uploadId, mapping });
      onClose();
      await onDone(tableId);
    });

  return (
    <Dialog title={words.importFromCsv} onClose={onClose} wide>
      {!uploaded ? <DropZone busy={busy} file={file} onFile={(chosen) => take(chosen, delimiter)} /> : null}
      {uploaded && !asked ? (
        <div className="import-options">
          <label className="field">
            <span>Delimiter</span>
          </label>
          <Select
            label="Delimiter"
            value={delimiter}
            choices={delimiters}
            onChange={(mark) => file && take(file, mark)}
          />
          {table ? (
            <fieldset>
              <legend>Where should the rows go?</legend>
              <label>
                <input type="radio" name="place" checked={place === 'new'} onChange={() => setPlace('new')} /> Create
                new table
              </label>
              <label>
                <input type="radio" name="place" checked={place === 'current'} onChange={() => setPlace('current')} />{' '}
                Add to current table
              </label>
            </fieldset>
          ) : null}
          <div className="dialog-foot">
            <Press kind="primary" disabled={busy} onPress={() => setAsked(true)}>
              Continue
            </Press>
          </div>
        </div>
      ) : null}
      {uploaded && asked ? <ImportReview upload={uploaded} table={target} busy={busy} onFinish={finish} /> : null}
    </Dialog>
  );
}

function DropZone({
  busy,
  file,
  onFile,
}: {
  readonly busy: boolean;
  readonly file: File | null;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      {icons.file}
      {busy ? (
        <p role="status">Uploading {file?.name}…</p>
      ) : (
        <>
          <p>Drag a CSV file here, or</p>
          <Press onPress={() => input.current?.click()}>Choose file</Press>
        </>
      )}
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label="CSV file"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
        }}
      />
    </div>
  );
}
