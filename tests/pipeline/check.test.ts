import { expect, test } from '@jest/globals';
import type { LoginCheck, LoginOutcome } from '../../pipeline/check-facts.ts';
import { Retryable } from '../../pipeline/errors.ts';
import { VendorSilent } from '../../pipeline/ports/logins.ts';
import { check, type CheckPorts } from '../../pipeline/workflows/check/check.ts';
import { contextOver } from '../support/run-context.ts';
import { sampleRun } from '../support/samples.ts';

const good: LoginOutcome = { state: 'ok', says: 'signed in', todo: '', type: null, mend: null };
const refused: LoginOutcome = {
  state: 'failed',
  says: 'sign-in refused',
  todo: 'Enter the right one.',
  type: 'AUTH',
  mend: 'update the login',
};
const known = ['cole:OK', 'cole:TX', 'clay', 'bison:Lakeside: North', 'zoominfo'].map((login) => ({
  login,
  name: `name of ${login}`,
}));

/** Looks at the logins, of which some do otherwise than well; answers what was told meanwhile, too. */
async function look(how: Readonly<Record<string, () => Promise<LoginOutcome>>>, login: string | null = null) {
  const told: (readonly LoginCheck[])[] = [];
  const looks = { asked: [] as string[], now: 0, most: 0 };
  const ports: CheckPorts = {
    logins: {
      all: () => Promise.resolve(known),
      async check(one) {
        looks.asked.push(one);
        looks.now += 1;
        looks.most = Math.max(looks.most, looks.now);
        await new Promise((turn) => setImmediate(turn));
        looks.now -= 1;
        return how[one]?.() ?? good;
      },
    },
    notices: {
      // Made of it what a row would: what is changed later does not change it.
      facts: (_run, facts) => {
        told.push((JSON.parse(JSON.stringify(facts)) as { check: { logins: LoginCheck[] } }).check.logins);
        return Promise.resolve();
      },
    },
  };
  const run = sampleRun({ workflow: 'check', client: null, month: null });
  const summary = await check(contextOver(ports, run), { login });
  return { summary, told, looks };
}

test('every login is looked at, three at a time, and each is told when it is known', async () => {
  const { summary, told, looks } = await look({});
  expect(looks).toMatchObject({ asked: known.map(({ login }) => login), most: 3 });
  expect(summary.outcome).toBe('All 5 logins sign in.');
  expect(told.map((logins) => logins.filter(({ state }) => state === 'waiting').length)).toEqual([5, 4, 3, 2, 1, 0]);
});

test('one that is refused and one that does not answer stop none of the others, and are named', async () => {
  const { summary } = await look({
    'cole:TX': () => Promise.resolve(refused),
    clay: () => Promise.reject(new VendorSilent('5XX', 'clay answered 503')),
  });
  expect(summary.outcome).toBe('2 of 5 logins do not sign in: name of cole:TX; name of clay.');
  const byLogin = new Map(summary.check?.logins.map((one) => [one.login, one]));
  expect(byLogin.get('cole:TX')).toMatchObject({ ...refused, name: 'name of cole:TX' });
  expect(byLogin.get('clay')).toMatchObject({ state: 'failed', type: '5XX', mend: 'check again' });
  expect(byLogin.get('clay')?.says).toBe('does not answer (clay answered 503)');
  expect(byLogin.get('zoominfo')).toMatchObject({ state: 'ok' });
});

test('a database that is away is no login’s fault: the run stops as any other', async () => {
  const away = new Retryable('NETWORK', 'the database does not answer');
  await expect(look({ clay: () => Promise.reject(away) })).rejects.toBe(away);
});

test('asked for one, it looks at that one; asked for a vendor, at all of it; one that is gone is said', async () => {
  const one = await look({}, 'bison:Lakeside: North');
  expect(one.looks.asked).toEqual(['bison:Lakeside: North']);
  expect(one.summary.outcome).toBe('name of bison:Lakeside: North signs in.');
  expect((await look({}, 'cole')).looks.asked).toEqual(['cole:OK', 'cole:TX']);
  await expect(look({}, 'cole:ZZ')).rejects.toThrow(/"cole:ZZ" is not there any more/);
});
