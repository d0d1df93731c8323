import { useCallback, useEffect, useRef, useState } from 'react';
import { get, Refused } from './api.ts';

export type Loaded<T> = {
  readonly data: T | null;
  readonly problem: string | null;
  readonly reload: () => Promise<void>;
};

/**
 * What the server says at a path; nothing where there is no path yet. Of another path, only the data stays on the page until
 * the new is there. Asked again every `everyMs` while `again` says so.
 */
export function useLoad<T>(
  path: string | null,
  { everyMs = 400, again = () => false }: { readonly everyMs?: number; readonly again?: (data: T) => boolean } = {},
): Loaded<T> {
  const [said, setSaid] = useState<{ path: string; data: T | null; problem: string | null }>();
  const current = useRef(path);
  const times = useRef({ asked: 0, answered: 0 });
  const reload = useCallback(async () => {
    current.current = path;
    if (path === null) return;
    const asked = (times.current.asked += 1);
    // An answer that comes after another path was asked for is too late, and so is one that a later one overtook.
    const isLate = () => current.current !== path || asked < times.current.answered;
    try {
      const data = await get<T>(path);
      if (isLate()) return;
      times.current.answered = asked;
      setSaid({ path, data, problem: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isLate()) return;
      const { message } = error;
      // What was there and can only not be asked for again stays on the page.
      setSaid((before) =>
        before?.path === path && before.data !== null ? before : { path, data: null, problem: message },
      );
    }
  }, [path]);
  useEffect(() => void reload(), [reload]);
  const data = said?.data ?? null;
  const askAgain = data !== null && said?.path === path && again(data);
  useEffect(() => {
    if (!askAgain) return;
    const timer = setTimeout(() => void reload(), everyMs);
    return () => clearTimeout(timer);
  }, [askAgain, everyMs, reload, said]);
  return { data, problem: said?.problem ?? null, reload };
}
