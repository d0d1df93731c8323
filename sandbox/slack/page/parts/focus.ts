import { useEffect, type KeyboardEvent } from 'react';

/** Escape anywhere on the page. `above`: heard before those underneath, and kept from them. */
export function useEscape(close: () => void, above = false): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      if (above) event.stopPropagation();
      close();
    };
    document.addEventListener('keydown', pressed, above);
    return () => document.removeEventListener('keydown', pressed, above);
  }, [close, above]);
}

/** Tab stays inside a dialog: after its last control comes its first. */
export function keepFocusInside(panel: HTMLElement | null, event: KeyboardEvent): void {
  const all = [
    ...(panel?.querySelectorAll<HTMLElement>('button:not(:disabled), input, textarea, select, a[href]') ?? []),
  ];
  const [first, last] = [all[0], all.at(-1)];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}
