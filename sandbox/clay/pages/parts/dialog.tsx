import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Dialog as Parts } from 'radix-ui';
import { PlainButton, PlainDialog, PlainField } from '../../../pages/plain.tsx';
import { ToastContext, useAttempt, useToasts } from '../../../pages/toasts.ts';
import { Press, useLook } from '../look.tsx';

/** A window in front of the page. */
export function Dialog({
  title,
  onClose,
  children,
  wide,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  const { plain } = useLook();
  if (plain) {
    return (
      <PlainDialog title={title}>
        {children}
        <div className="x-actions">
          <PlainButton onPress={onClose}>✕</PlainButton>
        </div>
      </PlainDialog>
    );
  }
  return (
    <Parts.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Parts.Portal>
        <Parts.Overlay className="overlay" />
        <Parts.Content
          className={`dialog${wide ? ' wide' : ''}`}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            const field = document.querySelector<HTMLInputElement>('.dialog input');
            if (!field) return;
            event.preventDefault();
            field.focus();
          }}
        >
          <div className="dialog-head">
            <Parts.Title>{title}</Parts.Title>
            <Parts.Close className="button icon" aria-label="Close">
              ✕
            </Parts.Close>
          </div>
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

/** Asks for a name: a new folder's, a column's, a table's. */
export function NameDialog({
  title,
  label,
  initial = '',
  action,
  onClose,
  onSave,
}: {
  readonly title: string;
  readonly label: string;
  readonly initial?: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly onSave: (name: string) => Promise<unknown>;
}) {
  const { plain } = useLook();
  const [name, setName] = useState(initial);
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    setBusy(true);
    void attempt(async () => {
      await onSave(name.trim());
      onClose();
    }).finally(() => setBusy(false));
  };
  const field = (
    <input
      autoFocus
      value={name}
      onChange={(event) => setName(event.target.value)}
      onFocus={(event) => event.target.select()}
    />
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {plain ? (
          <PlainField label={label}>{field}</PlainField>
        ) : (
          <label className="field">
            <span>{label}</span>
            {field}
          </label>
        )}
        <div className="dialog-foot">
          <Press onPress={onClose}>Cancel</Press>
          <Press kind="primary" type="submit" disabled={busy || name.trim() === ''}>
            {action}
          </Press>
        </div>
      </form>
    </Dialog>
  );
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const { toasts, show } = useToasts();
  return (
    <ToastContext value={show}>
      {children}
      {/* Live: an open dialog hides from screen readers whatever is not. */}
      <div className="toasts" aria-live="polite">
        {toasts.map(({ id, text, tone }) => (
          <div key={id} className={`toast ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
