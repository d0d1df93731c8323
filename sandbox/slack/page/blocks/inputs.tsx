import { useState, type ComponentProps } from 'react';
import { offered, textOf } from '../../page-api/state.ts';
import { isObject } from '../../blocks/rules.ts';
import type { Block, Json } from '../../types.ts';
import { Mrkdwn, Plain } from '../text/text.tsx';
import { useElement } from './acting.ts';

type Props = { readonly block: Block; readonly element: Json };

const nativeTypes: Readonly<Record<string, ComponentProps<'input'>['type']>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
};

/** Text of one line or many, e-mail, URL, number: sent on Enter where the block dispatches, with the modal otherwise. */
export function TextInput({ block, element }: Props) {
  const { id, value, dispatches, keep, send } = useElement(block, element);
  const [typed, setTyped] = useState(typeof value === 'string' ? value : '');
  const type = String(element['type']);
  const isNumber = type === 'number_input';
  const most = element['max_length'];
  const shared = {
    id,
    value: typed,
    className: 'field',
    placeholder: textOf(element['placeholder']),
    autoFocus: element['focus_on_load'] === true,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      keep(event.target.value);
    },
    ...(typeof most === 'number' ? { maxLength: most } : {}),
  };
  if (element['multiline'] === true || type === 'rich_text_input') return <textarea rows={4} {...shared} />;
  return (
    <input
      {...shared}
      type={nativeTypes[type] ?? 'text'}
      inputMode={isNumber ? 'decimal' : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && dispatches) {
          event.preventDefault();
          void send(typed);
        }
      }}
    />
  );
}

/** Days, times and instants, with the browser's own calendar. */
export function DateInput({ block, element }: Props) {
  const { id, value, set } = useElement(block, element);
  const type = String(element['type']);
  if (type === 'datetimepicker') {
    const local = typeof value === 'number' ? new Date(value * 1000).toISOString().slice(0, 16) : '';
    return (
      <input
        id={id}
        className="field field-date"
        type="datetime-local"
        value={local}
        onChange={(event) => set(Math.floor(Date.parse(`${event.target.value}Z`) / 1000))}
      />
    );
  }
  return (
    <input
      id={id}
      className="field field-date"
      type={nativeTypes[type]}
      value={typeof value === 'string' ? value : ''}
      aria-label={textOf(element['placeholder']) || undefined}
      onChange={(event) => set(event.target.value === '' ? null : event.target.value)}
    />
  );
}

/** Checkboxes and radio buttons. */
export function ChoiceList({ block, element }: Props) {
  const { id, value, set } = useElement(block, element);
  const several = element['type'] === 'checkboxes';
  const chosen = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  const toggle = (one: string, on: boolean) => {
    if (several) set(on ? [...chosen, one] : chosen.filter((each) => each !== one));
    else set(one);
  };
  return (
    <div className="choices" role={several ? 'group' : 'radiogroup'} id={id}>
      {offered(element).map((option) => {
        const one = String(option['value']);
        return (
          <label key={one} className="choice">
            <input
              type={several ? 'checkbox' : 'radio'}
              name={id}
              checked={chosen.includes(one)}
              onChange={(event) => toggle(one, event.target.checked)}
            />
            <span>
              <TextObject text={option['text']} />
              {isObject(option['description']) && (
                <small>
                  <TextObject text={option['description']} />
                </small>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}

/** A text object, formatted or plain as it says. */
export function TextObject({ text }: { readonly text: unknown }) {
  if (!isObject(text)) return null;
  return text['type'] === 'mrkdwn' ? <Mrkdwn text={textOf(text)} /> : <Plain text={textOf(text)} />;
}
