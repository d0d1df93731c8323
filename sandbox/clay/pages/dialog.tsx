import { createContext, use, useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import { Refused } from './api.ts';
import { Press, useLook } from './look.tsx';

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
  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [onClose]);
  return (
    <div className="overlay">
      <div
        className={`dialog${wide ? ' wide' : ''}`}
        role={plain ? undefined : 'dialog'}
        aria-modal={plain ? undefined : true}
        aria-label={plain ? undefined : title}
      >
        <div className="dialog-head">
          <h2>{title}</h2>
          <Press kind="icon" label="Close" onPress={onClose}>
            ✕
          </Press>
        </div>
        {children}
      </div>
    </div>
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
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{label}</span>
          <input
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        </label>
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

type Toast = { readonly id: number; readonly text: string; readonly tone: 'good' | 'bad' };
const ToastContext = createContext<(text: string, tone: Toast['tone']) => void>(() => undefined);
export const useToast = () => use(ToastContext);

/** Runs what a press asked for; what the server refused is shown, not thrown. */
export function useAttempt(): (work: () => Promise<unknown>) => Promise<void> {
  const toast = useToast();
  return async (work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message, 'bad');
    }
  };
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = (text: string, tone: Toast['tone']): void => {
    const toast = { id: Math.random(), text, tone };
    setToasts((shown) => [...shown, toast]);
    setTimeout(() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id)), tone === 'bad' ? 12_000 : 5_000);
  };
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts">
        {toasts.map(({ id, text, tone }) => (
          <div key={id} className={`toast ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
