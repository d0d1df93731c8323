/** One page, in Laravel's shape: 15 rows whatever `per_page` says (docs/vendors.md#bison-paging). */
export function paged<Row>(
  rows: readonly Row[],
  present: (row: Row) => unknown,
  { query, url, perPage }: { readonly query: URLSearchParams; readonly url: string; readonly perPage: number },
): unknown {
  const total = rows.length;
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const asked = Number(query.get('page') ?? 1);
  const page = Number.isInteger(asked) && asked >= 1 ? asked : 1;
  const first = (page - 1) * perPage;
  const shown = rows.slice(first, first + perPage);
  const to = (number: number) => {
    const others = new URLSearchParams(query);
    others.set('page', String(number));
    return `${url}?${others.toString()}`;
  };
  return {
    data: shown.map(present),
    links: {
      first: to(1),
      last: to(lastPage),
      prev: page > 1 ? to(page - 1) : null,
      next: page < lastPage ? to(page + 1) : null,
    },
    meta: {
      current_page: page,
      from: shown.length > 0 ? first + 1 : null,
      last_page: lastPage,
      path: url,
      per_page: perPage,
      to: shown.length > 0 ? first + shown.length : null,
      total,
    },
  };
}
