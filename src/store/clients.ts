import { z } from 'zod';
import type { Client, Month, Zip } from '../../pipeline/vocabulary.ts';
import type { Clients } from '../../pipeline/ports/index.ts';
import { inBatches } from '../../pipeline/in-batches.ts';
import { all, may, type Db } from './db.ts';
import { makeAbsences } from './absences.ts';
import { makeMembers } from './members.ts';
import { makeMembership } from './membership.ts';

const ClientRow = z
  .object({
    slug: z.string(),
    name: z.string(),
    active: z.boolean(),
    states: z.array(z.string()),
    secondary_states: z.array(z.string()),
    tier: z.literal([100, 200]),
    target: z.number().nullable(),
    home_value_limit: z.number(),
    max_home_value_limit: z.number(),
    filters: z.record(z.string(), z.string()),
    channel: z.string(),
    workspace: z.string().nullable(),
    campaign_id: z.string().nullable(),
  })
  .transform((row): Client => ({
    slug: row.slug,
    name: row.name,
    active: row.active,
    states: row.states,
    secondaryStates: row.secondary_states,
    tier: row.tier,
    target: row.target,
    homeValueLimit: row.home_value_limit,
    maxHomeValueLimit: row.max_home_value_limit,
    filters: row.filters,
    channel: row.channel,
    workspace: row.workspace,
    campaignId: row.campaign_id,
  }));

type ZipEntry = { readonly zip: Zip; readonly kind: 'approved' | 'pre_approved' };
/** A month's own list, or the client's standing one. */
type ZipListMonth = Month | '*';

export type ClientStore = ReturnType<typeof makeClientStore>;

export function makeClientStore(db: Db) {
  return { ...makeClients(db), ...makeMembers(db), ...makeMembership(db), ...makeAbsences(db), ...makeKeeping(db) };
}

/** Clients as the workflows ask for them. */
function makeClients(db: Db): Clients {
  const everyone = async (): Promise<Client[]> => {
    const rows = await all((from, to) => db.from('clients').select('*').order('slug').range(from, to));
    return rows.map((row) => ClientRow.parse(row));
  };
  const entries = async (client: string, month: ZipListMonth): Promise<ZipEntry[]> => {
    const rows = await all((from, to) =>
      db
        .from('client_zip_lists')
        .select('zip,kind')
        .eq('client', client)
        .eq('month', month)
        .order('zip')
        .range(from, to),
    );
    // A check constraint keeps both columns to these forms.
    return rows.map((row) => ({ zip: row.zip as Zip, kind: row.kind as ZipEntry['kind'] }));
  };

  return {
    all: everyone,
    async zips(client, month) {
      const own = month ? await entries(client, month) : [];
      const list = own.length > 0 ? own : await entries(client, '*');
      return {
        approved: list.filter((entry) => entry.kind === 'approved').map((entry) => entry.zip),
        preApproved: list.filter((entry) => entry.kind === 'pre_approved').map((entry) => entry.zip),
      };
    },
    async homeValueLimit(client, month) {
      const row = may(
        await db
          .from('client_months')
          .select('home_value_limit')
          .eq('client', client.slug)
          .eq('month', month)
          .maybeSingle(),
      );
      return row?.home_value_limit ?? client.homeValueLimit;
    },
    async relaxHomeValueLimit(client, month, limit) {
      may(await db.rpc('relax_home_value', { p_client: client, p_month: month, p_limit: limit }));
    },
    async homesIn(states) {
      const rows = await all((from, to) =>
        db
          .from('zip_homes')
          .select('zip,homes')
          .in('state', [...states])
          .order('zip')
          .range(from, to),
      );
      // A check constraint keeps the column to five digits.
      return new Map(rows.map((row) => [row.zip as Zip, row.homes]));
    },
  };
}

/** Clients as people look them up and change them. */
function makeKeeping(db: Db) {
  return {
    async get(slug: string): Promise<Client | null> {
      const row = may(await db.from('clients').select('*').eq('slug', slug).maybeSingle());
      return row ? ClientRow.parse(row) : null;
    },

    async save(client: Client): Promise<void> {
      may(
        await db.from('clients').upsert({
          slug: client.slug,
          name: client.name,
          active: client.active,
          states: [...client.states],
          secondary_states: [...client.secondaryStates],
          tier: client.tier,
          target: client.target,
          home_value_limit: client.homeValueLimit,
          max_home_value_limit: client.maxHomeValueLimit,
          filters: { ...client.filters },
          channel: client.channel,
          workspace: client.workspace,
          campaign_id: client.campaignId,
          updated_at: new Date().toISOString(),
        }),
      );
    },

    /** Replaces the list of that month (or the standing one) as a whole. */
    async saveZips(client: string, month: ZipListMonth, list: readonly ZipEntry[]): Promise<void> {
      may(await db.from('client_zip_lists').delete().eq('client', client).eq('month', month));
      for (const some of inBatches(list, 1_000)) {
        may(await db.from('client_zip_lists').upsert(some.map((entry) => ({ client, month, ...entry }))));
      }
    },

    async saveHomes(rows: readonly { zip: string; state: string | null; homes: number }[]): Promise<void> {
      for (const some of inBatches(rows, 1_000)) may(await db.from('zip_homes').upsert([...some]));
    },
  };
}
