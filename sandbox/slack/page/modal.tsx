import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { textOf } from '../page-api/state.ts';
import type { SeenView } from '../page-api/reading.ts';
import { ActingContext } from './blocks/acting.ts';
import { Blocks } from './blocks/blocks.tsx';
import { Avatar } from './parts/avatar.tsx';
import { Icon } from './parts/icons.tsx';
import { keepFocusInside, useEscape } from './parts/focus.ts';
import { Plain } from './text/text.tsx';
import { useShown, useStore } from './use-store.ts';

/** What a person has entered in each open view, kept while another modal lies on top of it. */
type Entered = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The modal on top of the stack. */
export function Modals() {
  const { modals } = useShown();
  const [entered, setEntered] = useState<Entered>({});
  const top = modals.at(-1);
  if (!top) return null;
  return (
    <Modal
      key={top.id}
      view={top}
      entered={entered[top.id] ?? {}}
      enter={(key, value) => setEntered((all) => ({ ...all, [top.id]: { ...all[top.id], [key]: value } }))}
    />
  );
}

function Modal(props: {
  readonly view: SeenView;
  readonly entered: Readonly<Record<string, unknown>>;
  readonly enter: (key: string, value: unknown) => void;
}) {
  const { view, entered, enter } = props;
  const store = useStore();
  const { workspace, failures } = useShown();
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const panel = useRef<HTMLFormElement>(null);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('.modal-body input, .modal-body textarea')?.focus();
  }, []);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('.has-error input, .has-error textarea')?.focus();
  }, [errors]);

  const submit = async () => {
    setBusy(true);
    store.fail(view.id, null);
    const answer = await store.person.submit({ ...entered }).finally(() => setBusy(false));
    setErrors(answer.outcome === 'errors' ? answer.errors : {});
    if (answer.outcome === 'failed') store.fail(view.id, answer.error);
  };
  useEscape(() => void store.person.close(true));
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab') keepFocusInside(panel.current, event);
  };
  const target = { id: view.id };
  const acting = {
    person: store.person,
    target,
    choices: view.choices,
    entered,
    enter,
    errors,
    act: async (which: Parameters<typeof store.act>[1], value?: unknown) => {
      // The app sees the whole form with every action.
      await store.person.fill({ ...entered });
      await store.act(target, which, value);
    },
  };
  return (
    <div className="veil" onKeyDown={press}>
      <form
        ref={panel}
        className="modal"
        role="dialog"
        aria-modal="true"
        aria-labelledby="modal-title"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header>
          <Avatar user={workspace.app.botUser} size={28} />
          <h2 id="modal-title">
            <Plain text={textOf(view.title)} />
          </h2>
          <button
            type="button"
            className="icon-button"
            aria-label="Close"
            onClick={() => void store.person.close(true)}
          >
            <Icon name="close" size={20} />
          </button>
        </header>
        {failures[view.id] !== undefined && (
          <p className="modal-trouble" role="alert">
            <Icon name="warning" size={16} /> {failures[view.id]}
          </p>
        )}
        <div className="modal-body" tabIndex={-1}>
          <ActingContext value={acting}>
            <Blocks blocks={view.blocks} />
          </ActingContext>
        </div>
        <footer>
          <button type="button" className="button button-large" onClick={() => void store.person.close()}>
            <Plain text={textOf(view.close) || (view.submit ? 'Cancel' : 'Close')} />
          </button>
          {view.submit && (
            <button
              type="submit"
              className="button button-large button-primary"
              disabled={busy || view.submitDisabled}
              aria-busy={busy}
            >
              <span className="button-words">
                <Plain text={textOf(view.submit)} />
              </span>
              {busy && <span className="spinner" aria-hidden="true" />}
            </button>
          )}
        </footer>
      </form>
    </div>
  );
}
