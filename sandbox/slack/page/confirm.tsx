import { useRef, type KeyboardEvent } from 'react';
import { textOf } from '../page-api/state.ts';
import { TextObject } from './blocks/inputs.tsx';
import { keepFocusInside, useEscape } from './parts/focus.ts';
import { Icon } from './parts/icons.tsx';
import type { Asking } from './store.ts';
import { Plain } from './text/text.tsx';
import { useShown, useStore } from './use-store.ts';

/** The "are you sure?" an element asks before anything is sent. */
export function ConfirmDialog() {
  const { asking } = useShown();
  return asking && <Question asking={asking} />;
}

function Question({ asking }: { readonly asking: Asking }) {
  const store = useStore();
  const panel = useRef<HTMLDivElement>(null);
  useEscape(() => store.answer(false), true);
  const { title, text, confirm, deny, style } = asking.confirm;
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab') keepFocusInside(panel.current, event);
  };
  return (
    <div className="veil veil-over" onKeyDown={press}>
      <div
        ref={panel}
        className="modal confirm"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="confirm-title"
        aria-describedby="confirm-text"
      >
        <header>
          <h2 id="confirm-title">
            <Plain text={textOf(title) || 'Are you sure?'} />
          </h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={() => store.answer(false)}>
            <Icon name="close" size={20} />
          </button>
        </header>
        <div className="modal-body" id="confirm-text">
          <TextObject text={text} />
        </div>
        <footer>
          <button type="button" className="button button-large" onClick={() => store.answer(false)}>
            <Plain text={textOf(deny) || 'Cancel'} />
          </button>
          <button
            type="button"
            autoFocus
            className={`button button-large ${style === 'danger' ? 'button-danger' : 'button-primary'}`}
            onClick={() => store.answer(true)}
          >
            <Plain text={textOf(confirm) || 'Yes'} />
          </button>
        </footer>
      </div>
    </div>
  );
}
