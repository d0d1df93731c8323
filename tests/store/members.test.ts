import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Day, Role } from '../../pipeline/vocabulary.ts';
import { engines, openTestStore, type TestStore } from '../support/store.ts';

jest.setTimeout(60_000);
const day = (text: string) => text as Day; // a real day, written here
const before = day('2027-01-31');
const first = day('2027-02-01');
const last = day('2027-02-05');
const after = day('2027-02-06');

describe.each(engines)('members, on %s', (engine) => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore(engine);
    await give('UBOSS', 'admin', '*');
  });
  afterAll(() => it.close());

  const give = (slackId: string, role: Role, client: string, backup: string | null = null) =>
    it.store.clients.setMember({ slackId, role, client, backup }, false);
  const role = (slackId: string, scope: string, on: Day = first) => it.store.clients.role(slackId, scope, on);
  const away = (slackId: string, backup: string | null) =>
    it.store.clients.saveAbsence({ slackId, from: first, to: last, backup, setBy: 'test' });

  test('a role for one client is none for another, and none for all of them', async () => {
    await give('UONE', 'approver', 'lakeside');
    expect(await role('UONE', 'lakeside')).toBe('approver');
    expect(await role('UONE', 'prairie')).toBeNull();
    expect(await role('UONE', '*')).toBeNull();
    expect(await it.store.clients.highestRole('UONE', first)).toBe('approver');
    expect(await role('UBOSS', 'prairie')).toBe('admin');
    expect(await role('UBOSS', '*')).toBe('admin');
  });

  test('a role is lowered as well as raised, and the backup stays where none is named', async () => {
    expect(await give('UDOWN', 'approver', '*', 'UONE')).toBeNull();
    expect(await give('UDOWN', 'operator', '*')).toBe('approver');
    expect(await role('UDOWN', 'lakeside')).toBe('operator');
    const rows = await it.store.clients.members();
    expect(rows.find(({ slackId }) => slackId === 'UDOWN')).toMatchObject({ role: 'operator', backup: 'UONE' });
  });

  test('who is removed has no role at once, of that client or any', async () => {
    await give('UGONE', 'approver', 'lakeside');
    await give('UGONE', 'operator', '*');
    expect(await it.store.clients.removeMember('UGONE', 'lakeside', false)).toEqual([
      { client: 'lakeside', role: 'approver' },
    ]);
    expect(await role('UGONE', 'lakeside')).toBe('operator');
    await it.store.clients.removeMember('UGONE', null, false);
    expect(await role('UGONE', 'lakeside')).toBeNull();
    expect(await it.store.clients.removeMember('UGONE', null, false)).toEqual([]);
  });

  test('the last admin for all stays, unless there are others by the settings', async () => {
    expect(await it.store.clients.removeMember('UBOSS', null, false)).toBe('last admin');
    expect(await give('UBOSS', 'operator', '*')).toBe('last admin');
    expect(await role('UBOSS', '*')).toBe('admin');
    await give('UNEXT', 'admin', '*');
    // Two who remove each other in the same moment: one of them stays.
    const both = await Promise.all([
      it.store.clients.removeMember('UBOSS', null, false),
      it.store.clients.removeMember('UNEXT', null, false),
    ]);
    expect(both.filter((answer) => answer === 'last admin')).toHaveLength(1);
    await it.store.clients.saveMember({ slackId: 'UBOSS', role: 'admin', client: '*', backup: null });
    await it.store.clients.removeMember('UNEXT', null, false);
    expect(await it.store.clients.removeMember('UBOSS', null, true)).toEqual([{ client: '*', role: 'admin' }]);
    await give('UBOSS', 'admin', '*');
  });

  test('a backup has the role from the first day away to the last, for those clients, and then no more', async () => {
    await give('UAWAY', 'approver', 'lakeside', 'UBACK');
    expect(await role('UBACK', 'lakeside')).toBeNull();
    await away('UAWAY', null);
    expect(await Promise.all([before, first, last, after].map((on) => role('UBACK', 'lakeside', on)))).toEqual([
      null,
      'approver',
      'approver',
      null,
    ]);
    expect(await role('UBACK', 'prairie')).toBeNull();
    expect(await role('UBACK', '*')).toBeNull();
    expect(await role('UAWAY', 'lakeside')).toBe('approver');
    expect(await it.store.clients.actingFor('UAWAY', first)).toBe('UBACK');
    expect(await it.store.clients.actingFor('UAWAY', after)).toBe('UAWAY');
    const called = async (on: Day) =>
      (await it.store.clients.approversOf('lakeside', on)).filter(({ slackId }) => /UAWAY|UBACK/.test(slackId));
    expect(await called(before)).toEqual([{ slackId: 'UAWAY', insteadOf: null }]);
    expect(await called(first)).toEqual([{ slackId: 'UBACK', insteadOf: 'UAWAY' }]);
    expect(await it.store.clients.endAbsence('UAWAY')).toBe(true);
    expect(await role('UBACK', 'lakeside')).toBeNull();
    expect(await it.store.clients.endAbsence('UAWAY')).toBe(false);
  });

  test('a backup named for the time stands in instead, passes nothing on, and a removed one stands in no more', async () => {
    await give('UTRIP', 'admin', '*', 'UUSUAL');
    await give('UUSUAL', 'operator', 'lakeside', 'UTHIRD');
    await away('UTRIP', 'UOTHER');
    expect(await role('UOTHER', '*')).toBe('admin');
    expect(await role('UUSUAL', '*')).toBeNull();
    await away('UTRIP', null);
    await away('UUSUAL', null);
    expect(await role('UUSUAL', '*')).toBe('admin');
    expect(await role('UTHIRD', '*')).toBeNull();
    expect(await role('UTHIRD', 'lakeside')).toBe('operator');
    await it.store.clients.removeMember('UUSUAL', null, false);
    expect(await role('UUSUAL', '*')).toBeNull();
  });
});
