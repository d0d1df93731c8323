import type { SeenFile } from '../../page-api/reading.ts';
import { Icon } from '../parts/icons.tsx';

/** A file in a message or in the list of files: its picture or first lines, its name, and the way to download it. */
export function FileCard({ file }: { readonly file: SeenFile }) {
  const extension = (file.name.split('.').at(-1) ?? '').toUpperCase();
  return (
    <figure className="file">
      <figcaption>
        <span className={`file-kind kind-${extension.toLowerCase()}`} aria-hidden="true">
          {extension.slice(0, 4)}
        </span>
        <span className="file-words">
          <b>{file.title}</b>
          <small>
            {file.name} · {sizeOf(file.size)}
          </small>
        </span>
        <a className="button" href={file.href} download={file.name} aria-label={`Download ${file.name}`}>
          <Icon name="download" size={16} /> Download
        </a>
      </figcaption>
      {file.mimetype.startsWith('image/') && <img src={file.href} alt={file.title} />}
      {file.preview !== null &&
        (extension === 'CSV' ? <TablePreview text={file.preview} /> : <pre>{file.preview}</pre>)}
    </figure>
  );
}

/** The first rows of a CSV. A preview only: a quoted comma is good enough split as one. */
function TablePreview({ text }: { readonly text: string }) {
  const [head = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .slice(0, 5)
    .map((line) => line.split(','));
  return (
    <div className="file-table">
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index}>{unquoted(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{unquoted(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const unquoted = (cell: string) => cell.replace(/^"|"$/g, '');

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
