import { useRef, useState } from 'react';
import { offered, textOf } from '../../page-api/state.ts';
import type { Block, Json } from '../../types.ts';
import { Icon } from '../parts/icons.tsx';
import { Popover } from '../parts/popover.tsx';
import { Plain } from '../text/text.tsx';
import { useActing } from './acting.ts';

type Props = { readonly block: Block; readonly element: Json };

export function ActionButton({ block, element }: Props) {
  const { act } = useActing();
  const [busy, setBusy] = useState(false);
  const { style, url, accessibility_label: label } = element;
  const click = async () => {
    if (typeof url === 'string') window.open(url, '_blank', 'noopener');
    setBusy(true);
    await act({ blockId: block.block_id, actionId: String(element['action_id']) }).finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      className={`button ${typeof style === 'string' ? `button-${style}` : ''}`}
      aria-label={typeof label === 'string' ? label : undefined}
      aria-busy={busy}
      disabled={busy}
      onClick={() => void click()}
    >
      <span className="button-words">
        <Plain text={textOf(element['text'])} />
      </span>
      {busy && <span className="spinner" aria-hidden="true" />}
    </button>
  );
}

export function OverflowMenu({ block, element }: Props) {
  const { act } = useActing();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const choose = (value: unknown) => {
    setOpen(false);
    void act({ blockId: block.block_id, actionId: String(element['action_id']) }, value);
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="button button-icon"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <Popover anchor={anchor} align="end" onClose={() => setOpen(false)}>
          <ul role="menu" className="options">
            {offered(element).map((option) => (
              <li key={String(option['value'])} role="none">
                <button type="button" role="menuitem" className="option" onClick={() => choose(option['value'])}>
                  <Plain text={textOf(option['text'])} />
                </button>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </>
  );
}
