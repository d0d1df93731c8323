import { createContext, use, useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import { Refused } from './api.ts';
import { Press, useLook } from './look.tsx';

/** A window in front of the page, with one thing to do or to leave. */
export function Dialog({
  title,
  action,
  ready,
  onSend,
  onClose,
  children,
}: {
  readonly title: string;
  readonly action: string;
  /** Whether the action can be taken yet. */
  readonly ready: boolean;
  readonly onSend: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { plain, words } = useLook();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [onClose]);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await onSend();
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setProblem(error.message);
      setBusy(false);
    }
  };
  return (
    <div className="overlay">
      <form
        className="dialog"
        role={plain ? 'presentation' : 'dialog'}
        aria-modal={plain ? undefined : true}
        aria-label={plain ? undefined : title}
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (ready && !busy) void submit();
        }}
      >
        <h2>{title}</h2>
        {children}
        {problem ? <Problem>{problem}</Problem> : null}
        <div className="dialog-foot">
          <Press onPress={onClose}>{words.cancel}</Press>
          <Press kind="primary" type="submit" disabled={!ready || busy}>
            {action}
          </Press>
        </div>
      </form>
    </div>
  );
}

export function Problem({ children }: { readonly children: ReactNode }) {
  const { plain } = useLook();
  return (
    <p className="problem" role={plain ? undefined : 'alert'}>
      {children}
    </p>
  );
}

type Toast = { readonly id: number; readonly text: string; readonly bad: boolean };
const ToastContext = createContext<(text: string, bad?: boolean) => void>(() => undefined);
export const useToast = () => use(ToastContext);

/** Runs what a press asked for; what the server refused is shown, not thrown. */
export function useAttempt(): (work: () => Promise<unknown>) => Promise<void> {
  const toast = useToast();
  return async (work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message, true);
    }
  };
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const { plain } = useLook();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = (text: string, bad = false): void => {
    const toast = { id: Math.random(), text, bad };
    setToasts((shown) => [...shown, toast]);
    setTimeout(() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id)), bad ? 12_000 : 6_000);
  };
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts">
        {toasts.map(({ id, text, bad }) => (
          <div key={id} className={`toast${bad ? ' bad' : ''}`} role={plain ? undefined : bad ? 'alert' : 'status'}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
