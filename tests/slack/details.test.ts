import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeLinks } from '../../src/links.ts';
import type { Person } from '../../sandbox/slack/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { march } from '../support/bison.ts';
import { cleanedLeads } from '../support/cleaned-leads.ts';
import { lakeside } from '../support/clients.ts';
import { lookInto } from '../support/store.ts';

const exportKey = `exports/lakeside/${march}/1.csv`;

let it: TestApp;
let run: string;
let evidenceKey: string;
let treeKey: string;
beforeAll(async () => {
  it = await startTestApp({
    clients: [
      { client: lakeside, zips: ['75034'] },
      { client: { ...lakeside, slug: 'prairie', name: 'Prairie Mutual' }, zips: ['73034'] },
    ],
  });
  const { store } = it;
  await store.clients.saveMember({ slackId: 'U04OUTSIDER', role: 'admin', client: 'prairie', backup: null });
  await cleanedLeads(store, { client: 'lakeside', month: march, count: 2, fileKey: exportKey });
  run = (await store.runs.recent({ client: 'lakeside', limit: 1 }))[0]?.id ?? '';
  evidenceKey = `evidence/${run}/sign-in.png`;
  treeKey = `evidence/${run}/sign-in.yaml`;
  await store.runs.error(run, {
    step: 'sign in',
    type: 'AUTH',
    message: 'refused',
    screenshot: evidenceKey,
    tree: treeKey,
  });
  for (const key of [exportKey, evidenceKey, treeKey]) {
    const path = await store.files.temporary('kept');
    await writeFile(path, 'rows of people');
    await store.files.keep(key, path, 'text/csv');
  }
});
afterAll(() => it.close());

/** What a person reads in the details of the run. */
async function details(person: Person): Promise<string> {
  const home = await person.waitFor('the run on Home', async () => {
    const view = await person.home();
    return view && JSON.stringify(view.blocks).includes(run) ? view : undefined;
  });
  await person.click(home, { actionId: 'run_details', carrying: run });
  const modal = await person.waitFor('the details', async () => {
    const view = (await person.modals()).at(-1);
    return view && JSON.stringify(view.blocks).includes('Errors, newest first') ? view : undefined;
  });
  await person.close(true);
  return modal.blocks.map((block) => JSON.stringify(block)).join('\n');
}

const linksIn = (text: string) =>
  [...text.matchAll(/<(http[^|>]+)\|/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));

/** The newest lines of the audit. */
const audit = () =>
  lookInto(it.dataDir, async (db) => {
    const { data } = await db
      .from('audit')
      .select('who,what,run_id,subject,facts')
      .order('id', { ascending: false })
      .limit(5);
    return data ?? [];
  });

test('who has no role for the run’s client gets the details without a file, and is told what it takes', async () => {
  const text = await details(it.people.outsider);
  expect(text).toMatch(/TX 1/);
  expect(linksIn(text)).toEqual([]);
  expect(text).toMatch(/3 files are not shown.*role \*operator\* for lakeside/s);
  expect(await audit()).not.toContainEqual(expect.objectContaining({ who: 'U04OUTSIDER' }));
});

test('an operator’s links are in the audit, made for that person, and end with the role', async () => {
  const text = await details(it.people.operator);
  expect(text).toMatch(/\|screenshot> · <[^|]*\|page structure>/);
  const links = linksIn(text);
  expect(links).toHaveLength(3);
  expect(await audit()).toContainEqual({
    who: 'U01OPERATOR',
    what: 'hand out files',
    run_id: run,
    subject: null,
    facts: { files: [exportKey, evidenceKey, treeKey] },
  });
  const [link = ''] = links;
  expect(await (await fetch(link)).text()).toBe('rows of people');
  expect(await audit()).toContainEqual(
    expect.objectContaining({ who: 'U01OPERATOR', what: 'read a file', subject: exportKey }),
  );

  // Somebody who has a role of their own cannot make the link theirs.
  expect((await fetch(link.replace('U01OPERATOR', 'U02APPROVER'))).status).toBe(403);

  await lookInto(it.dataDir, (db) => db.from('members').delete().eq('slack_id', 'U01OPERATOR'));
  const refused = await fetch(link);
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain('people');
});

test('a link that was changed opens nothing', async () => {
  const [link = ''] = linksIn(await details(it.people.approver));
  const later = link.replace(/until=\d+/, 'until=9999999999');
  expect((await fetch(later)).status).toBe(403);
});

test('a link ends when its minutes are over', () => {
  const links = makeLinks({ secret: Buffer.alloc(32), publicUrl: 'http://127.0.0.1', minutes: 10 });
  const { pathname, searchParams } = new URL(links.sign('evidence/1/a.png', 'U1', new Date('2027-01-15T10:00:00Z')));
  const at = (time: string) => links.verify(pathname, searchParams, new Date(`2027-01-15T${time}Z`));
  expect(at('10:09:59')).toEqual({ key: 'evidence/1/a.png', user: 'U1' });
  expect(at('10:10:01')).toBeNull();
});
