import { useId, useState, type ReactNode, type SubmitEvent } from 'react';
import Alert from '@mui/material/Alert';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MuiDialog from '@mui/material/Dialog';
import Stack from '@mui/material/Stack';
import { Refused } from '../../../pages/api.ts';
import { PlainDialog } from '../../../pages/plain.tsx';
import { ToastContext, useToasts } from '../../../pages/toasts.ts';
import { useLook } from '../look.tsx';
import { Press } from './press.tsx';

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
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
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
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (ready && !busy) void submit();
  };
  const buttons = (
    <>
      <Press onPress={onClose}>{words.cancel}</Press>
      <Press kind="primary" type="submit" disabled={!ready || busy}>
        {action}
      </Press>
    </>
  );
  if (plain) {
    return (
      <PlainDialog title={title}>
        <form onSubmit={onSubmit} role="presentation">
          {children}
          {problem ? <Problem>{problem}</Problem> : null}
          <div className="x-actions">{buttons}</div>
        </form>
      </PlainDialog>
    );
  }
  return (
    <MuiDialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <form onSubmit={onSubmit}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          {/* Room for the label that stands on the first field's upper edge. */}
          <Stack spacing={2} sx={{ pt: 1 }}>
            {children}
            {problem ? <Problem>{problem}</Problem> : null}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>{buttons}</DialogActions>
      </form>
    </MuiDialog>
  );
}

export function Problem({ children }: { readonly children: ReactNode }) {
  const { plain } = useLook();
  return plain ? (
    <p className="problem">{children}</p>
  ) : (
    <Alert severity="error" sx={{ mt: 2 }}>
      {children}
    </Alert>
  );
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const { plain } = useLook();
  const { toasts, show } = useToasts();
  return (
    <ToastContext value={show}>
      {children}
      {plain ? (
        <div className="x-toasts">
          {toasts.map(({ id, text }) => (
            <div key={id} className="x-toast">
              {text}
            </div>
          ))}
        </div>
      ) : (
        <Stack spacing={1} sx={{ position: 'fixed', right: 20, bottom: 20, zIndex: 'snackbar' }}>
          {toasts.map(({ id, text, tone }) => (
            <Alert
              key={id}
              variant="filled"
              severity={tone === 'bad' ? 'error' : 'success'}
              role={tone === 'bad' ? 'alert' : 'status'}
            >
              {text}
            </Alert>
          ))}
        </Stack>
      )}
    </ToastContext>
  );
}
