import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { all, json, must, type Db } from './db.ts';
import type { Cipher } from './secrets.ts';

/**
 * Every column that holds a sealed text, with what names its row (unique, never null). A new sealed column must get its
 * line here; a rotation of keys passes over columns that are not listed.
 */
const sealedColumns = [
  { table: 'site_credentials', key: ['site', 'state'], column: 'secret_encrypted' },
  { table: 'site_credentials', key: ['site', 'state'], column: 'totp_encrypted' },
  { table: 'site_credentials', key: ['site', 'state'], column: 'session_encrypted' },
  { table: 'slack_inbox', key: ['id'], column: 'payload' },
  { table: 'sealed_keys', key: ['purpose'], column: 'sealed' },
] as const;

type Place = { readonly table: string; readonly key: readonly string[]; readonly column: string };
type Found = { readonly where: Readonly<Record<string, string | number>>; readonly sealed: string };

export type SealedStanding = {
  /** Texts that another key than the current one sealed. */
  readonly old: number;
  /** Texts in all. */
  readonly all: number;
  /** Which no key of the ring opens: their places, such as `site_credentials cole/TX`. */
  readonly lost: readonly string[];
};

export type SealedStore = {
  /** Changes nothing. */
  standing(): Promise<SealedStanding>;
  /**
   * Seals with the current key whatever another one of the ring sealed. Each text is changed only where it is still the one that
   * was read, so that an app may work meanwhile and a stop in the middle loses nothing: what is left, the next call
   * does. Answers how many were sealed anew, and how it stands then: `old` is not 0 where a process goes on
   * sealing with the old key.
   *
   * @throws InvalidInput where a text is opened by no key of the ring; those before it are sealed anew, none is lost
   */
  reseal(): Promise<SealedStanding & { readonly anew: number }>;
};

const looks = 5;

export function makeSealedStore(db: Db, cipher: Cipher): SealedStore {
  const places: readonly Place[] = sealedColumns;
  const standing = async () => {
    const standing: { old: number; all: number; lost: Set<string> } = { old: 0, all: 0, lost: new Set() };
    for (const place of places) {
      for (const { where, sealed } of await read(db, place)) {
        standing.all++;
        if (!cipher.isCurrent(sealed)) standing.old++;
        if (!opens(cipher, sealed)) standing.lost.add(`${place.table} ${Object.values(where).join('/')}`);
      }
    }
    return { ...standing, lost: [...standing.lost] };
  };
  return {
    standing,
    async reseal() {
      let anew = 0;
      // An app may seal with the old key for a moment before it knows the new one; a second look finds those texts.
      for (let look = 1; ; look++) {
        for (const place of places) {
          for (const found of await read(db, place)) {
            if (cipher.isCurrent(found.sealed)) continue;
            if (await replace(db, place, found, cipher.seal(cipher.open(found.sealed)))) anew++;
          }
        }
        const now = await standing();
        if (now.old === 0 || look === looks) return { ...now, anew };
      }
    },
  };
}

function opens(cipher: Cipher, sealed: string): boolean {
  try {
    cipher.open(sealed);
    return true;
  } catch {
    return false;
  }
}

const Texts = z.array(z.record(z.string(), z.union([z.string(), z.number()])));

async function read(db: Db, { table, key, column }: Place): Promise<Found[]> {
  const rows = await all((from, to) => {
    let query = anyTable(db, table)
      .select([...key, column].join(','))
      .not(column, 'is', null);
    for (const part of key) query = query.order(part);
    return query.range(from, to);
  });
  return Texts.parse(rows).map(({ [column]: sealed, ...where }) => ({ where, sealed: String(sealed) }));
}

/** Answers whether the text was still the one that was read. */
async function replace(db: Db, { table, column }: Place, { where, sealed }: Found, anew: string): Promise<boolean> {
  return must(
    await db.rpc('replace_sealed', {
      p_table: table,
      p_key: json(where),
      p_column: column,
      p_old: sealed,
      p_new: anew,
    }),
  );
}

/** The generated types know tables by name; here a name is data, and zod looks at what comes back. */
function anyTable(db: Db, table: string) {
  return (db as unknown as SupabaseClient).from(table);
}
