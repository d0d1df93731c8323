import { useCallback, useEffect, useRef, useState } from 'react';
import { get, Refused } from '../../pages/api.ts';
import { useLoad } from '../../pages/use-load.ts';
import type { RowsPage, TablePage } from '../shapes.ts';
import { onChanged } from './live.ts';

/** A table's page, asked for again whenever the server says the table has changed. */
export function useTable(id: string | null) {
  const { data, problem, reload } = useLoad<TablePage>(id === null ? null : `/api/tables/${id}`);
  useEffect(() => (id === null ? undefined : onChanged(id, () => void reload())), [id, reload]);
  return { table: data?.id === id ? data : null, problem, reload };
}

const pageSize = 100;

/** A row of the view, once it is here. */
export type RowAt = (index: number) => RowsPage['rows'][number] | undefined;

/**
 * The rows in sight, fetched by the page; what was there before stays in sight until the new is here.
 * `first` and `last` count rows of the view.
 */
export function useRows(table: TablePage, first: number, last: number): RowAt {
  const [pages, setPages] = useState<ReadonlyMap<number, RowsPage>>(new Map());
  const asked = useRef(new Map<number, number>());
  const { id, version } = table;
  const from = Math.floor(first / pageSize);
  const to = Math.floor(Math.max(first, last) / pageSize);

  const load = useCallback(
    async (page: number) => {
      asked.current.set(page, version);
      try {
        const rows = await get<RowsPage>(`/api/tables/${id}/rows?offset=${page * pageSize}&limit=${pageSize}`);
        setPages((known) => {
          if ((known.get(page)?.version ?? -1) > rows.version) return known;
          return new Map([...known].filter(([at]) => Math.abs(at - page) < 20)).set(page, rows);
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        asked.current.delete(page);
      }
    },
    [id, version],
  );

  useEffect(() => {
    for (let page = from; page <= to; page += 1) {
      if (asked.current.get(page) !== version) void load(page);
    }
  }, [from, to, version, load]);

  return (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];
}
