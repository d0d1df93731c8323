import { startClay } from '../../sandbox/clay/index.ts';
import type { ClayStats } from '../../sandbox/clay/server/stats.ts';
import { startCole, type ColeStats } from '../../sandbox/cole/index.ts';
import { startDebounce } from '../../sandbox/debounce/index.ts';
import { homesOf, makeWorld, placeOf, verdictOf, type World } from '../../sandbox/households/index.ts';
import type { Store } from '../../src/store/index.ts';

const zips = ['75035', '75070', '75013', '75025', '75033', '74012', '74011', '74133', '74137', '74136'];
const worldOf = (homes: number): World =>
  makeWorld({ seed: 'journey', recordsPerHome: 0.07, zips: Object.fromEntries(zips.map((zip) => [zip, { homes }])) });

/** Ten ZIPs with a hundred rows a month each: a pull of three of them is a few hundred rows. */
export const smallWorld = worldOf(1_500);

/** The same ZIPs with some thirty rows each, for what is the same however many there are. */
export const tinyWorld = worldOf(500);

export type Vendors = {
  readonly world: World;
  readonly environment: { readonly COLE_URL: string; readonly CLAY_URL: string };
  readonly cole: { stats(): ColeStats };
  readonly clay: { stats(): Promise<ClayStats> };
  readonly debounce: { readonly url: string; stats(): Promise<{ readonly requests: number }> };
  fault(vendor: 'cole' | 'clay', fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Logins and homes, as the command line would store them. */
  setUp(store: Store): Promise<void>;
  close(): Promise<void>;
};

const coleLogins = [
  { state: 'TX', username: 'northwind-tx', password: 'blue-heron-41' },
  { state: 'OK', username: 'northwind-ok', password: 'red-cedar-57' },
] as const;
const clayLogin = { email: 'ops@northwind.example', password: 'grey-otter-23' };

/** The stand-ins of Cole, Clay and DeBounce over a small world, in this process. */
export async function startVendors(
  world: World = smallWorld,
  waits: { readonly download?: number; readonly validationRowsPerSecond?: number } = {},
): Promise<Vendors> {
  const key = 'debounce-test-key';
  const debounce = await startDebounce({ key, verdict: (email) => verdictOf(email, world.seed) });
  const cole = await startCole({
    logins: coleLogins,
    world,
    today: () => '2027-01-15',
    waits: { download: waits.download ?? 0 },
  });
  const clay = await startClay({
    login: clayLogin,
    debounce: { url: debounce.url, key },
    waits: { validationRowsPerSecond: waits.validationRowsPerSecond ?? 0 },
  });
  const urls = { cole: cole.url, clay: clay.url };
  const stats = async (url: string): Promise<unknown> => (await fetch(`${url}/_control/stats`)).json();
  return {
    world,
    environment: { COLE_URL: cole.url, CLAY_URL: clay.url },
    cole,
    clay: { stats: async () => (await stats(clay.url)) as ClayStats },
    debounce: { url: debounce.url, stats: async () => (await stats(debounce.url)) as { requests: number } },
    async fault(vendor, fault) {
      const answer = await fetch(`${urls[vendor]}/_control/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!answer.ok) throw new Error(`${vendor} knows no such fault: ${JSON.stringify(fault)}`);
    },
    async setUp(store) {
      for (const { state, username, password } of coleLogins) {
        await store.credentials.set('cole', state, { username, secret: password, owner: null });
      }
      await store.credentials.set('clay', '', { username: clayLogin.email, secret: clayLogin.password, owner: null });
      await store.clients.saveHomes(
        Object.keys(world.zips).flatMap((zip) => {
          const place = placeOf(zip);
          return place ? [{ zip, state: place.state, homes: homesOf(world, place) }] : [];
        }),
      );
    },
    async close() {
      await Promise.all([cole.close(), clay.close(), debounce.close()]);
    },
  };
}
