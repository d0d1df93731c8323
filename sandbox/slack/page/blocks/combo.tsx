import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icons.tsx';
import { Popover } from '../parts/popover.tsx';
import { Plain } from '../text/text.tsx';

export type Choice = {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly group?: string;
  /** A user whose picture stands before the label. */
  readonly avatar?: string;
};

type Props = {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly Choice[];
  readonly several: boolean;
  readonly most: number;
  readonly placeholder: string;
  /** Given when someone else does the searching. */
  readonly onQuery: ((query: string) => void) | undefined;
  readonly onChange: (chosen: readonly Choice[]) => void;
};

/** A select menu with search, as Slack's: arrows and Enter choose, Escape closes, Backspace takes the last token away. */
export function Combo(props: Props) {
  const { choices, chosen, several, most, onQuery, onChange } = props;
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const anchor = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const found = onQuery ? choices : choices.filter((each) => matches(each, query));
  const isChosen = (choice: Choice) => chosen.some((each) => each.value === choice.value);

  const type = (text: string) => {
    setQuery(text);
    setActive(0);
    setOpen(true);
    onQuery?.(text);
  };
  const close = () => {
    setOpen(false);
    setQuery('');
  };
  const pick = (choice: Choice) => {
    if (!several) {
      onChange([choice]);
      close();
      return;
    }
    if (isChosen(choice)) onChange(chosen.filter((each) => each.value !== choice.value));
    else if (chosen.length < most) onChange([...chosen, choice]);
    input.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const current = found[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Enter' && open && current) {
      event.preventDefault();
      event.stopPropagation();
      pick(current);
    } else if (event.key === 'Backspace' && query === '' && several) {
      onChange(chosen.slice(0, -1));
    }
  };

  const single = several ? undefined : chosen[0];
  return (
    <div className={`combo ${several ? 'combo-several' : ''}`} ref={anchor} onClick={() => input.current?.focus()}>
      {several &&
        chosen.map((choice) => (
          <span key={choice.value} className="token">
            {choice.label}
            <button type="button" aria-label={`Remove ${choice.label}`} onClick={() => pick(choice)}>
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
      <input
        ref={input}
        id={props.id}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        autoComplete="off"
        className={single && query === '' ? 'combo-chosen' : ''}
        placeholder={single?.label ?? (chosen.length > 0 ? '' : props.placeholder)}
        value={query}
        onChange={(event) => type(event.target.value)}
        onClick={() => setOpen(true)}
        onKeyDown={press}
      />
      <Icon name="down" size={16} />
      {open && (
        <Popover anchor={anchor} onClose={close}>
          <Options id={listId} found={found} active={active} isChosen={isChosen} several={several} pick={pick} />
        </Popover>
      )}
    </div>
  );
}

const matches = (choice: Choice, query: string) =>
  `${choice.label} ${choice.hint ?? ''}`.toLowerCase().includes(query.trim().toLowerCase());

function Options(props: {
  readonly id: string;
  readonly found: readonly Choice[];
  readonly active: number;
  readonly several: boolean;
  readonly isChosen: (choice: Choice) => boolean;
  readonly pick: (choice: Choice) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [props.active]);
  return (
    <ul id={props.id} ref={list} role="listbox" aria-multiselectable={props.several} className="options">
      {props.found.length === 0 && <li className="options-none">No matches</li>}
      {props.found.map((choice, index) => (
        <li key={choice.value} role="none">
          {choice.group !== undefined && choice.group !== props.found[index - 1]?.group && (
            <div className="options-group">{choice.group}</div>
          )}
          <div
            role="option"
            aria-selected={props.isChosen(choice)}
            data-active={index === props.active || undefined}
            className="option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.pick(choice)}
          >
            {choice.avatar && <Avatar user={choice.avatar} size={20} />}
            <span className="option-words">
              <Plain text={choice.label} />
              {choice.hint && <small>{choice.hint}</small>}
            </span>
            {props.isChosen(choice) && <Icon name="check" size={16} />}
          </div>
        </li>
      ))}
    </ul>
  );
}
