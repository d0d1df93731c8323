import type { Client } from '../../pipeline/vocabulary.ts';
import type { SeenMessage } from '../../sandbox/slack/client.ts';
import type { Store } from '../../src/store/index.ts';
import { bookOf, channel, noteFor, seen, startTestApp, type TestApp } from './app.ts';
import { lakeside } from './clients.ts';
import { startVendors, type Vendors } from './vendors.ts';

/** The app with vendors and clients of one ZIP each, every one of them for one pull of the test's. */
export type Pulls = {
  readonly it: TestApp;
  readonly vendors: Vendors;
  /** Types the command that pulls March 2027. */
  pull(slug: string): Promise<void>;
  counts(slug: string): ReturnType<Store['leads']['counts']>;
  /** What `/leadops why` answers. */
  why(slug: string): Promise<string>;
  /** The newest card of the client's run with these words, waited for. */
  card(name: string, pattern: string): Promise<SeenMessage>;
  close(): Promise<void>;
};

const cardWithinMs = 240_000;

/** A client whose target is met by its one ZIP: its pull ends by itself. */
const small = (slug: string, target: number): Client => ({
  ...lakeside,
  slug,
  name: `${slug[0]?.toUpperCase() ?? ''}${slug.slice(1)} Insurance`,
  states: ['TX'],
  channel,
  target,
});

/** @param targets of the clients by their slug */
export async function startPulls(targets: Readonly<Record<string, number>>): Promise<Pulls> {
  const vendors = await startVendors();
  const it = await startTestApp({
    clients: Object.entries(targets).map(([slug, target]) => ({ client: small(slug, target), zips: ['75035'] })),
    environment: vendors.environment,
  });
  await vendors.setUp(it.store);
  const { operator } = it.people;
  return {
    it,
    vendors,
    pull: (slug) => operator.say(channel, `/pull-leads ${slug} 2027-03`),
    counts: (slug) => it.store.leads.counts(bookOf({ slug })),
    why: (slug) => noteFor(operator, `/leadops why ${slug} 2027-03`),
    card: (name, pattern) =>
      seen(operator, new RegExp(`Lead pull · ${name}.*${pattern}`, 's'), { timeoutMs: cardWithinMs }),
    async close() {
      await it.close();
      await vendors.close();
    },
  };
}
