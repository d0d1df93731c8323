import { useState } from 'react';
import type { Mapping, TablePage, Upload } from '../shapes.ts';
import { count } from '../../pages/words.ts';
import { Press, useLook } from './look.tsx';
import { Select } from './parts/select.tsx';

/** The last look before rows are taken: the first rows of the file, or where each of its columns goes. */
export function ImportReview({
  upload,
  table,
  busy,
  onFinish,
}: {
  readonly upload: Upload;
  readonly table: TablePage | null;
  readonly busy: boolean;
  readonly onFinish: (mapping: readonly Mapping[]) => void;
}) {
  const { words } = useLook();
  const [mapping, setMapping] = useState<readonly Mapping[]>(() =>
    // By the name, letter for letter: `Home Value` finds no `Home_Value` and becomes a column of its own.
    upload.headers.map((name, header) => ({
      header,
      to: targets(table).find((column) => column.name === name)?.id ?? 'new',
    })),
  );
  return (
    <>
      <p className="import-file">
        <b>{upload.file}</b> {count(upload.rows)} rows · {upload.headers.length} columns
      </p>
      <div className="import-scroll">
        {table ? (
          <Map upload={upload} table={table} mapping={mapping} onChange={setMapping} />
        ) : (
          <Preview upload={upload} />
        )}
      </div>
      <div className="dialog-foot">
        <Press kind="primary" disabled={busy} onPress={() => onFinish(mapping)}>
          {table ? words.addToTable : words.completeImport}
        </Press>
      </div>
    </>
  );
}

const targets = (table: TablePage | null) => table?.columns.filter(({ kind }) => kind === 'text') ?? [];

function Preview({ upload }: { readonly upload: Upload }) {
  return (
    <table className="preview">
      <thead>
        <tr>
          {upload.headers.map((header, index) => (
            <th key={index}>{header}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {upload.sample.map((record, row) => (
          <tr key={row}>
            {upload.headers.map((_, index) => (
              <td key={index}>{record[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Map({
  upload,
  table,
  mapping,
  onChange,
}: {
  readonly upload: Upload;
  readonly table: TablePage;
  readonly mapping: readonly Mapping[];
  readonly onChange: (mapping: readonly Mapping[]) => void;
}) {
  return (
    <table className="preview map">
      <thead>
        <tr>
          <th>Column in your CSV</th>
          <th>Column in {table.name}</th>
        </tr>
      </thead>
      <tbody>
        {mapping.map(({ header, to }, index) => {
          const name = upload.headers[header] ?? '';
          const choices = [
            ...targets(table).map((column) => ({ value: column.id, label: column.name })),
            { value: 'new', label: `New column: ${name}` },
            { value: 'none', label: 'Do not import' },
          ];
          const choose = (value: string): void =>
            onChange(
              mapping.map((each, at) => (at === index ? { header, to: value === 'none' ? null : value } : each)),
            );
          return (
            <tr key={header}>
              <td>
                <b>{name}</b>
                <span className="hint">{upload.sample[0]?.[header]}</span>
              </td>
              <td>
                <Select label={`Map ${name}`} value={to ?? 'none'} choices={choices} onChange={choose} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
