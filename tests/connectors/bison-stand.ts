import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeBisonApi, makeBisonWeb } from '../../connectors/bison/index.ts';
import type { SessionDeps } from '../../connectors/auth/session.ts';
import type { BrowserHost } from '../../connectors/browser/chromium.ts';
import type { Turn } from '../../connectors/browser/login.ts';
import { writeCsv } from '../../connectors/csv/write.ts';
import { uploadFields, type Bison, type Upload } from '../../pipeline/ports/bison.ts';
import { startBison, type BisonStats } from '../../sandbox/bison/index.ts';
import { folder, makeSessionDeps, type TestSessionDeps } from './session-deps.ts';

/** A stand-in Bison with two clients' workspaces, and both accesses to it. */

const Lead = z.object({
  data: z.object({
    first_name: z.string(),
    last_name: z.string(),
    custom_variables: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
});

export const lakeside = 'Lakeside Insurance Group';
export const prairie = 'Prairie Mutual Agency';
export const title = 'Evergreen, Last Upload: January 22–31';
export const listName = '(February 1st - 7th renewals)';

/** Monday, 4 January 2027, 9:00 in Chicago. */
export const monday = Date.parse('2027-01-04T15:00:00Z');

export type BisonStand = Awaited<ReturnType<typeof openBison>>;

export async function openBison() {
  let now = monday;
  const login = { email: 'ops@northwind.example', password: 'grey-otter-23' };
  const bison = await startBison({
    workspaces: [
      {
        id: 7,
        name: lakeside,
        token: 'token-lakeside',
        allowPersonalDomains: true,
        customVariables: ['date of birth', 'city'],
      },
      { id: 9, name: prairie, token: 'token-prairie', allowPersonalDomains: false },
    ],
    superAdminToken: 'token-admin',
    login,
    now: () => now,
    waits: { workspaceSwitchMs: 150 },
    campaigns: {
      7: [
        ...Array.from({ length: 16 }, (_, n) => ({ name: `Referral partners ${n + 1}`, leads: n })),
        { name: title, leads: 40, tags: ['evergreen'] },
        { name: 'EVERGREEN, last upload: January 15 - 21', status: 'paused' as const },
      ],
      9: [{ name: 'Evergreen, Last Upload: January 22—31', leads: 3 }],
    },
  });
  const control = async (deed: string, body: object = {}) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${bison.url}/_control/${deed}`, init);
    if (!answer.ok) throw new Error(`${deed}: ${answer.status}`);
  };
  return {
    bison,
    login,
    stats: (): BisonStats => bison.stats(),
    fault: (fault: object) => control('fault', fault),
    reset: async () => {
      now = monday;
      await control('reset');
    },
    /** Somebody at Lakeside, as Bison has them. */
    async lead(email: string) {
      const headers = { authorization: 'Bearer token-lakeside' };
      const answer: unknown = await (await fetch(`${bison.url}/api/leads/${email}`, { headers })).json();
      const { data } = Lead.parse(answer);
      const variables = Object.fromEntries(data.custom_variables.map(({ name, value }) => [name, value]));
      return { ...data, variables };
    },
    /** Milliseconds of Bison's own clock. */
    pass: (milliseconds: number) => void (now += milliseconds),
    campaign: (name = title) => {
      const found = bison.stats().campaigns.find((one) => one.name === name);
      if (!found) throw new Error(`no campaign "${name}"`);
      return found;
    },
  };
}

export const accesses = ['API', 'web pages'] as const;
export type Access = (typeof accesses)[number];

/** One access to an address, as the port shows it to a run: a session stays open from one call to the next. */
export function bisonBy(
  access: Access,
  browser: BrowserHost,
  {
    url,
    tokens,
    login,
    more,
  }: {
    url: string;
    tokens?: Readonly<Record<string, string>>;
    login?: { email: string; password: string };
    more?: Partial<Omit<SessionDeps, 'browser' | 'lanes'>>;
  },
): { readonly port: Bison; readonly sessions: TestSessionDeps } {
  const sessions = makeSessionDeps(browser, more);
  if (access === 'API') {
    const known = tokens ?? { [lakeside]: 'token-lakeside', [prairie]: 'token-prairie' };
    const token = (workspace: string) => Promise.resolve(known[workspace] ?? 'none');
    return { sessions, port: makeBisonApi({ url, log: sessions.log, token, retries: { times: 3, firstMs: 1 } }) };
  }
  const turn = nobodyElse();
  const { email, password } = login ?? { email: 'ops@northwind.example', password: 'grey-otter-23' };
  const credentials = () => Promise.resolve({ username: email, secret: password });
  return {
    sessions,
    port: makeBisonWeb({
      ...sessions,
      lanes: {
        run: (vendor, login, identity, work, signal) => sessions.lanes.run(vendor, login, identity, work, signal, turn),
      },
      url,
      login: () => Promise.resolve({ login: 'bison', bound: false, credentials }),
    }),
  };
}

/** The turn of a run beside which no other waits. */
function nobodyElse(): Turn {
  return {
    signal: new AbortController().signal,
    waits: () => undefined,
    stands: () => undefined,
    goesOn: () => Promise.resolve(),
    leaves: () => undefined,
  };
}

export type Person = Readonly<Partial<Record<(typeof uploadFields)[number], string>>> & { readonly Email: string };

export function people(count: number, host = 'home.example.org', first = 0): readonly Person[] {
  return Array.from({ length: count }, (_, n) => ({
    Email: `ann${first + n}@${host}`,
    'First name': `Ann${first + n}`,
  }));
}

/** A CSV of ours with these people, ready to be handed in. */
export function uploadOf(name: string, rows: readonly Person[]): Upload {
  const whole = {
    'First name': 'Ann',
    'Last name': 'Lowe',
    DOB: '1970-01-31',
    'Street address': '12 Elm St',
    City: 'Frisco',
    State: 'TX',
    ZIP: '07034',
    'Renewal Date': '2027-02-03',
    Cellphone: '+14695550100',
    'Home Value': '450000',
  };
  const csvPath = join(folder(), 'list.csv');
  writeFileSync(
    csvPath,
    writeCsv(
      uploadFields,
      rows.map((row) => {
        const cells: Person = { ...whole, ...row };
        return uploadFields.map((field) => cells[field] ?? '');
      }),
    ),
  );
  return { name, csvPath, rows: rows.length };
}
