import { useRef, useState } from 'react';
import type { ColumnView } from '../shapes.ts';
import { anchorOf, Floating, type Anchor } from './parts/floating.tsx';
import { useLook } from './look.tsx';

/** A text that can name columns: a slash offers them, a press on one writes it out. */
export function ReferenceInput({
  label,
  placeholder,
  value,
  columns,
  rows,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly columns: readonly ColumnView[];
  /** Lines of the box; one for a single field. */
  readonly rows: number;
  readonly onChange: (value: string) => void;
}) {
  const { plain } = useLook();
  const box = useRef<HTMLTextAreaElement>(null);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const started = /\/([^/\n]*)$/.exec(value);
  const typed = started?.[1]?.toLowerCase() ?? '';
  const offered =
    started && anchor
      ? columns.filter(({ name }) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed)
      : [];
  const pick = (name: string): void => {
    onChange(value.slice(0, value.lastIndexOf('/') + 1) + name);
    setAnchor(null);
    box.current?.focus();
  };
  return (
    <label className="field">
      <span>{label}</span>
      <textarea
        ref={box}
        rows={rows}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setAnchor(/\/[^/\n]*$/.test(event.target.value) ? anchorOf(event.target) : null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || (rows > 1 && !offered[0])) return;
          event.preventDefault();
          if (offered[0]) pick(offered[0].name);
        }}
      />
      {anchor && offered.length > 0 ? (
        <Floating anchor={anchor} label="Columns" onClose={() => setAnchor(null)} keepFocus>
          <div className="list" role={plain ? undefined : 'listbox'} aria-label={plain ? undefined : 'Columns'}>
            {offered.map(({ id, name }) => (
              <div
                key={id}
                className="option"
                role={plain ? undefined : 'option'}
                aria-selected={plain ? undefined : false}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(name)}
              >
                {name}
              </div>
            ))}
          </div>
        </Floating>
      ) : null}
    </label>
  );
}
