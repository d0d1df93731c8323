import type { Client } from '../../pipeline/vocabulary.ts';
import type { SeenMessage } from '../../sandbox/slack/client.ts';
import type { Store } from '../../src/store/index.ts';
import { bookOf, channel, noteFor, seen, startTestApp, type TestApp, type TestSlack, type TestOptions } from './app.ts';
import { month } from './branded.ts';
import { cleanedLeads, rawLeads } from './cleaned-leads.ts';
import { lakeside } from './clients.ts';
import { startVendors, tinyWorld, type Vendors } from './vendors.ts';

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

const zip = '75035';
/** Whole dollars: no home of Cole's is worth so little. */
const lowLimit = 1_000;

type Stretch = 'whole' | 'raw' | 'raw and gap' | 'refinement';

/** How far a client's pull goes: each test pays for the part that it is about. */
const stretches: Readonly<
  Record<Stretch, { readonly target: number; readonly cleaned?: number; readonly raw?: number }>
> = {
  /** From Cole to the gap; the one ZIP meets the target. */
  whole: { target: 10 },
  /**
   * Cole's part: every home that comes is worth more than the client's limit, so nothing goes to Clay, and the target is
   * met by a lead of another ZIP.
   */
  raw: { target: 1, cleaned: 1 },
  /** The same, and a question at the end: the target is far away. */
  'raw and gap': { target: 5_000, cleaned: 40 },
  /** Clay's part: Cole's rows are here already. */
  refinement: { target: 1, raw: 12 },
};

const clientOf = (slug: string, { target, cleaned }: { target: number; cleaned?: number }): Client => ({
  ...lakeside,
  slug,
  name: `${slug[0]?.toUpperCase() ?? ''}${slug.slice(1)} Insurance`,
  states: ['TX'],
  channel,
  target,
  ...(cleaned !== undefined && { homeValueLimit: lowLimit }),
});

/**
 * @param pulls how far they go, by the slug of their client
 * @param options business time at the start, and settings of the test's own
 */
export async function startPulls(pulls: Readonly<Record<string, Stretch>>, options: WorldOptions = {}): Promise<Pulls> {
  const { it, vendors } = await startPullWorld(startTestApp, pulls, options);
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

type WorldOptions = Pick<TestOptions, 'start' | 'environment'>;

/**
 * The vendors, the clients and their rows, around an app or (`startTestSlack`) without one.
 * @param start what is started in their midst
 */
export async function startPullWorld<World extends TestSlack>(
  start: (options: TestOptions) => Promise<World>,
  pulls: Readonly<Record<string, Stretch>>,
  options: WorldOptions = {},
): Promise<{ readonly it: World; readonly vendors: Vendors }> {
  const vendors = await startVendors(tinyWorld);
  const clients = Object.entries(pulls).map(([slug, name]) => ({ slug, stretch: stretches[name] }));
  const it = await start({
    clients: clients.map(({ slug, stretch }) => ({ client: clientOf(slug, stretch), zips: [zip] })),
    ...options,
    environment: { ...vendors.environment, ...options.environment },
  });
  await vendors.setUp(it.store);
  for (const { slug, stretch } of clients) {
    const of = { client: slug, month: month('2027-03') };
    if (stretch.cleaned !== undefined)
      await cleanedLeads(it.store, { ...of, count: stretch.cleaned, zip: '75070', homeValue: `$${lowLimit}` });
    if (stretch.raw !== undefined) await rawLeads(it.store, { ...of, count: stretch.raw, zip });
  }
  return { it, vendors };
}
