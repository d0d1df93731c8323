import { useState } from 'react';
import { anchorOf, Floating, type Anchor } from './floating.tsx';
import { useLook } from './look.tsx';

export type Choice = { readonly value: string; readonly label: string };

/** A list to choose one from, with a search where it is long. */
export function Select({
  label,
  value,
  choices,
  onChange,
  placeholder = 'Select…',
}: {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}) {
  const { plain } = useLook();
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [search, setSearch] = useState('');
  const chosen = choices.find((choice) => choice.value === value);
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(search.toLowerCase()));
  const close = (): void => {
    setAnchor(null);
    setSearch('');
  };
  return (
    <>
      <button
        type="button"
        className={plain ? 'x-pick' : 'select'}
        role={plain ? 'presentation' : 'combobox'}
        aria-label={plain ? undefined : label}
        aria-expanded={plain ? undefined : anchor !== null}
        onClick={(event) => setAnchor(anchor ? null : anchorOf(event.currentTarget))}
      >
        <span className={chosen ? '' : 'placeholder'}>{chosen?.label ?? placeholder}</span>
        <span aria-hidden className="caret">
          ▾
        </span>
      </button>
      {anchor ? (
        <Floating anchor={anchor} onClose={close} minWidth={anchor.right - anchor.left}>
          {choices.length > 7 ? (
            <input
              className="list-search"
              autoFocus
              placeholder="Search"
              aria-label="Search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          ) : null}
          <div className="list" role={plain ? undefined : 'listbox'} aria-label={plain ? undefined : label}>
            {shown.map((choice) => (
              <div
                key={choice.value}
                className="option"
                role={plain ? undefined : 'option'}
                aria-selected={plain ? undefined : choice.value === value}
                onClick={() => {
                  close();
                  onChange(choice.value);
                }}
              >
                {choice.label}
              </div>
            ))}
          </div>
        </Floating>
      ) : null}
    </>
  );
}

export function Switch({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { plain } = useLook();
  return (
    <div className="switch-row">
      <span aria-hidden={!plain}>{label}</span>
      <button
        type="button"
        className={`switch${on ? ' on' : ''}`}
        role={plain ? 'presentation' : 'switch'}
        aria-checked={plain ? undefined : on}
        aria-label={plain ? undefined : label}
        onClick={() => onChange(!on)}
      />
    </div>
  );
}
