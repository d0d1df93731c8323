import { useId, useState, type ReactNode } from 'react';
import { useLook } from './look.tsx';

export type Choice = { readonly value: string; readonly label: string; readonly group?: string };

export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  autoFocus,
  hint,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search';
  readonly autoFocus?: boolean;
  readonly hint?: ReactNode;
}) {
  const { plain } = useLook();
  const Box = plain ? 'div' : 'label';
  return (
    <Box className="field">
      <span className="field-label">{label}</span>
      <input
        type={type}
        value={value}
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
      />
      {hint ? <span className="hint">{hint}</span> : null}
    </Box>
  );
}

/** A choice among many. In the redesign, a list of its own making. */
export function Pick({
  label,
  labelledBy,
  value,
  choices,
  onChange,
}: {
  /** Said to a screen reader; or the id of the element that says it. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  const { plain } = useLook();
  const [open, setOpen] = useState(false);
  const groups = [...new Set(choices.map(({ group }) => group ?? ''))];
  const option = ({ value: each, label: shown }: Choice) => (
    <option key={each} value={each}>
      {shown}
    </option>
  );
  if (plain) {
    return (
      <div className="picker">
        <div className="picker-shown" onClick={() => setOpen(!open)}>
          {choices.find((choice) => choice.value === value)?.label}
        </div>
        {open ? (
          <div className="picker-list">
            {choices.map((choice) => (
              <div
                key={choice.value}
                onClick={() => {
                  setOpen(false);
                  onChange(choice.value);
                }}
              >
                {choice.label}
              </div>
            ))}
          </div>
        ) : null}
      </div>
    );
  }
  return (
    <select
      aria-label={label}
      aria-labelledby={labelledBy}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {groups.map((group) => {
        const members = choices.filter((choice) => (choice.group ?? '') === group).map(option);
        return group === '' ? members : <optgroup key={group} label={group} children={members} />;
      })}
    </select>
  );
}

export function Switch({
  label,
  hint,
  on,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { plain } = useLook();
  const id = useId();
  return (
    <div className="switch-row">
      <div>
        <div className="field-label" id={id}>
          {label}
        </div>
        <div className="hint">{hint}</div>
      </div>
      <button
        type="button"
        className={`switch${on ? ' on' : ''}`}
        role={plain ? 'presentation' : 'switch'}
        aria-checked={plain ? undefined : on}
        aria-labelledby={plain ? undefined : id}
        onClick={() => onChange(!on)}
      />
    </div>
  );
}

export function Radios({
  legend,
  name,
  value,
  choices,
  onChange,
}: {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <fieldset className="radios">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />{' '}
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
