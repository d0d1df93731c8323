import type { Kind } from './enrich.ts';

/** `GET /_control/stats`. A record is `person:<id>` or `company:<id>`. */
export type ZoominfoStats = {
  /** Calls by path, refused ones included. */
  readonly requests: Readonly<Record<string, number>>;
  /** Calls that were not carried out, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly credits: { readonly limit: number; readonly charged: number; readonly remaining: number };
  /** Credits by record. */
  readonly charged: Readonly<Record<string, number>>;
  /** Records that were paid for more than once. */
  readonly repeated: readonly string[];
  /** Enrichments that were charged and never answered. */
  readonly lostAnswers: number;
  /** Records an enrichment answered with nothing in them. */
  readonly emptyRecords: number;
  readonly tokens: number;
};

export type Ledger = {
  request(path: string): void;
  refuse(reason: string): void;
  token(): void;
  /** Takes a credit for a record; false when none is left. */
  charge(kind: Kind, id: string): boolean;
  lost(): void;
  empty(): void;
  remaining(): number;
  stats(): ZoominfoStats;
  reset(): void;
};

export function makeLedger(limit: number): Ledger {
  const fresh = () => ({
    requests: new Map<string, number>(),
    refused: new Map<string, number>(),
    charged: new Map<string, number>(),
    lostAnswers: 0,
    emptyRecords: 0,
    tokens: 0,
  });
  let books = fresh();
  const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const spent = () => [...books.charged.values()].reduce((sum, count) => sum + count, 0);
  return {
    request: (path) => add(books.requests, path),
    refuse: (reason) => add(books.refused, reason),
    token: () => void (books.tokens += 1),
    charge(kind, id) {
      if (spent() >= limit) return false;
      add(books.charged, `${kind}:${id}`);
      return true;
    },
    lost: () => void (books.lostAnswers += 1),
    empty: () => void (books.emptyRecords += 1),
    remaining: () => limit - spent(),
    stats: () => ({
      requests: Object.fromEntries(books.requests),
      refused: Object.fromEntries(books.refused),
      credits: { limit, charged: spent(), remaining: limit - spent() },
      charged: Object.fromEntries(books.charged),
      repeated: [...books.charged].filter(([, count]) => count > 1).map(([record]) => record),
      lostAnswers: books.lostAnswers,
      emptyRecords: books.emptyRecords,
      tokens: books.tokens,
    }),
    reset: () => void (books = fresh()),
  };
}
