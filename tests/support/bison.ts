import { startBison, type BisonOptions, type BisonStats } from '../../sandbox/bison/index.ts';
import type { Client } from '../../pipeline/vocabulary.ts';
import type { Store } from '../../src/store/index.ts';
import { month } from './branded.ts';
import { lakeside } from './clients.ts';

/** What two clients have at the stand-in Bison when a test begins, and how each access is set up. */

export const accesses = ['API', 'web pages'] as const;
type Access = (typeof accesses)[number];

export const march = month('2027-03');
/** Monday, 1 February 2027, 8:59 in Chicago: a minute before the first window of March is due. */
export const beforeMonday = '2027-02-01T08:59:00-06:00';
export const successChannel = 'C03SUCCESS';
export const prairieChannel = 'C02PRAIRIE';
export const oldTitle = 'Evergreen, Last Upload: February 22–28';
export const newTitle = 'Evergreen, Last Upload: March 1–7';

const workspaces = {
  lakeside: { id: 7, name: 'Lakeside Insurance Group', token: 'token-lakeside' },
  prairie: { id: 9, name: 'Prairie Mutual Agency', token: 'token-prairie' },
} as const;

export const lakesideAtBison: Client = {
  ...lakeside,
  channel: 'C01LAKESIDE',
  target: 100,
  workspace: workspaces.lakeside.name,
};
export const prairieAtBison: Client = {
  ...lakeside,
  slug: 'prairie',
  name: 'Prairie Mutual',
  states: ['OK'],
  channel: prairieChannel,
  target: 100,
  workspace: workspaces.prairie.name,
};

const login = { email: 'ops@northwind.example', password: 'amber-hare-52' };

export type TestBison = {
  readonly environment: Readonly<Record<string, string>>;
  stats(): BisonStats;
  fault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Logins or tokens, as the command line would store them. */
  setUp(store: Store, access: Access): Promise<void>;
  close(): Promise<void>;
};

export async function startTestBison(options: Partial<BisonOptions> = {}): Promise<TestBison> {
  const bison = await startBison({
    workspaces: [
      { ...workspaces.lakeside, allowPersonalDomains: true },
      { ...workspaces.prairie, allowPersonalDomains: true },
    ],
    login,
    // Its own clock would sync in five minutes.
    waits: { syncMs: 1_500, workspaceSwitchMs: 0, ...options.waits },
    campaigns: {
      7: [
        { id: 41, name: oldTitle, leads: 40, tags: ['evergreen'] },
        { id: 42, name: 'Referral partners', status: 'paused', leads: 3 },
      ],
      9: [{ id: 44, name: oldTitle, leads: 20 }],
    },
    ...options,
  });
  return {
    environment: {
      BISON_URL: bison.url,
      SUCCESS_CHANNEL: successChannel,
      BISON_SYNC_POLL_SECONDS: '1',
      BISON_SYNC_SECONDS: '6',
    },
    stats: () => bison.stats(),
    async fault(fault) {
      const answer = await fetch(`${bison.url}/_control/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!answer.ok) throw new Error(`Bison knows no such fault: ${JSON.stringify(fault)}`);
    },
    async setUp(store, access) {
      if (access === 'web pages') {
        await store.credentials.set('bison', '', { username: login.email, secret: login.password, owner: null });
        return;
      }
      for (const { name, token } of Object.values(workspaces)) {
        await store.credentials.set('bison', name, { username: 'token', secret: token, owner: null });
      }
    },
    close: () => bison.close(),
  };
}
