import { useCallback, useEffect, useState } from 'react';
import { get, Refused } from './api.ts';

export type Loaded<T> = {
  readonly page: T | null;
  readonly problem: string | null;
  readonly again: () => Promise<void>;
};

/** What an address answers, kept until the address changes (`null`: nothing yet); `again` asks once more. */
export function usePage<T>(path: string | null): Loaded<T> {
  const [state, setState] = useState<{ path: string | null; page: T | null; problem: string | null }>({
    path,
    page: null,
    problem: null,
  });
  const again = useCallback(async () => {
    if (path === null) return;
    try {
      const page = await get<T>(path);
      setState({ path, page, problem: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setState((before) =>
        before.path === path && before.page ? before : { path, page: null, problem: error.message },
      );
    }
  }, [path]);
  useEffect(() => void again(), [again]);
  return state.path === path ? { ...state, again } : { page: null, problem: null, again };
}
