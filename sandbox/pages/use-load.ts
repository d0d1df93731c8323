import { useCallback, useEffect, useState } from 'react';
import { get, Refused } from './api.ts';

export type Loaded<T> = { readonly data: T | null; readonly problem: string | null; readonly reload: () => void };

/** What the server says at a path; asked again every `everyMs` while `again` says so. */
export function useLoad<T>(
  path: string,
  { everyMs = 400, again = () => false }: { readonly everyMs?: number; readonly again?: (data: T) => boolean } = {},
): Loaded<T> {
  const [said, setSaid] = useState<{ path: string; data: T | null; problem: string | null }>();
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    let isCurrent = true;
    get<T>(path).then(
      (data) => isCurrent && setSaid({ path, data, problem: null }),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (isCurrent) setSaid({ path, data: null, problem: error.message });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [path, round]);
  // Of another path, only the data may stay on the page until the new is there.
  const data = said?.data ?? null;
  const askAgain = data !== null && said?.path === path && again(data);
  useEffect(() => {
    if (!askAgain) return;
    const timer = setTimeout(reload, everyMs);
    return () => clearTimeout(timer);
  }, [askAgain, everyMs, reload, said]);
  return { data, problem: said?.problem ?? null, reload };
}
