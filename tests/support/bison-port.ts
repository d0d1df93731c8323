import { readFileSync } from 'node:fs';
import type { Bison, Campaign, LeadList, Suppressed } from '../../pipeline/ports/bison.ts';
import { campaignId, listId, personId } from './branded.ts';

/** A workspace at Bison in memory, behind its port: quick, and every act of it written down. */
export type BisonInMemory = {
  readonly port: Bison;
  readonly campaigns: Map<string, { name: string; people: Set<string>; strangers: number }>;
  readonly lists: Map<string, { name: string; people: readonly string[] }>;
  readonly acts: string[];
  suppressed: Suppressed | null;
  /** Thrown by the next act of this name, before it is done or after. */
  readonly faults: Map<string, { readonly error: Error; readonly done: boolean }>;
};

export function makeBisonInMemory(): BisonInMemory {
  const campaigns: BisonInMemory['campaigns'] = new Map();
  const lists: BisonInMemory['lists'] = new Map();
  const acts: string[] = [];
  const faults: BisonInMemory['faults'] = new Map();
  const act = <T>(name: string, what: string, work: () => T): Promise<T> => {
    acts.push(`${name} ${what}`);
    const fault = faults.get(name);
    faults.delete(name);
    if (fault && !fault.done) return Promise.reject(fault.error);
    const done = work();
    return fault ? Promise.reject(fault.error) : Promise.resolve(done);
  };
  const campaignOf = (id: string): Campaign | null => {
    const found = campaigns.get(id);
    if (!found) return null;
    return {
      id: campaignId(id),
      name: found.name,
      status: 'active',
      totalLeads: found.people.size + found.strangers,
      settings: {},
      unreadable: [],
    };
  };
  const asList = (id: string, { name, people }: { name: string; people: readonly string[] }): LeadList => ({
    id: listId(id),
    name,
    createdAt: null,
    status: 'processed',
    processed: people.length,
    succeeded: people.length,
    failed: 0,
    errors: [],
  });
  const listOf = (id: string): LeadList | null => {
    const found = lists.get(id);
    return found ? asList(id, found) : null;
  };
  const isThere = <T>(value: T | null): value is T => value !== null;
  const port: Bison = {
    access: 'API',
    can: { detach: true, standing: true },
    workspace: () => Promise.resolve({ id: '7', name: 'Lakeside', personalDomains: true }),
    findLists: (_, name) =>
      Promise.resolve(
        [...lists.keys()]
          .map(listOf)
          .filter(isThere)
          .filter((list) => list.name === name),
      ),
    list: (_, { id }) => Promise.resolve(listOf(id)),
    prepareFields: () => Promise.resolve(),
    upload: (_, { name, csvPath }) =>
      act('upload', name, () => {
        const people = readFileSync(csvPath, 'utf8').trim().split('\n').slice(1);
        const id = `l${lists.size + 1}`;
        lists.set(id, { name, people });
        return asList(id, { name, people });
      }),
    findCampaigns: (_, words) =>
      Promise.resolve(
        [...campaigns.keys()]
          .map(campaignOf)
          .filter(isThere)
          .filter(({ name }) => name.toLowerCase().includes(words)),
      ),
    campaign: (_, { id }) => Promise.resolve(campaignOf(id)),
    attach: (_, { id }, list) =>
      act('attach', `${list.id} to ${id}`, () => {
        for (const person of lists.get(list.id)?.people ?? []) campaigns.get(id)?.people.add(person);
      }),
    standing: (_, { id }, emails) => {
      const there = emails.filter((email) => campaigns.get(id)?.people.has(email));
      return Promise.resolve({
        there: there.map(personId),
        contacted: 0,
        absent: emails.length - there.length,
      });
    },
    rename: (_, { campaign, to }) =>
      act('rename', to, () => {
        const found = campaigns.get(campaign.id);
        if (found) found.name = to;
        return { from: campaign.name, to, kept: [], changed: [], unconfirmed: [] };
      }),
    renamed: () => Promise.resolve(undefined),
    detach: (_, { id }, people) =>
      act('detach', `${people.length} from ${id}`, () => {
        for (const person of people) campaigns.get(id)?.people.delete(person);
      }),
    suppressed: () => Promise.resolve(bison.suppressed),
  };
  const bison: BisonInMemory = {
    port,
    campaigns,
    lists,
    acts,
    faults,
    suppressed: { unsubscribed: [], bounced: [] },
  };
  return bison;
}
