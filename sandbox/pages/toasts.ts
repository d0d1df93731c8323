import { createContext, use, useState } from 'react';
import { Refused } from './api.ts';

export type Tone = 'good' | 'bad';
export type Toast = { readonly id: number; readonly text: string; readonly tone: Tone };

/** Shows a message for a while; each stand-in draws its own. */
export const ToastContext = createContext<(text: string, tone?: Tone) => void>(() => undefined);
export const useToast = () => use(ToastContext);

/** What is shown just now, and the way to show more. */
export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = (text: string, tone: Tone = 'good'): void => {
    const toast = { id: Math.random(), text, tone };
    setToasts((shown) => [...shown, toast]);
    setTimeout(() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id)), tone === 'bad' ? 12_000 : 6_000);
  };
  return { toasts, show };
}

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
