import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { pino } from 'pino';
import { openContext } from '../../connectors/browser/context.ts';
import { makeTracer, photograph } from '../../connectors/browser/evidence.ts';
import { html, servePages, type Pages } from '../fixtures/pages/server.ts';
import { folder, makeSessionDeps, startBrowser, type TestSessionDeps } from './session-deps.ts';

const browser = startBrowser();
const log = pino({ level: 'silent' });
let pages: Pages;

/** Who and what must be nowhere in what is kept. */
const markers = [
  'Quillon',
  'Marchbanks',
  'quillon.marchbanks',
  '555-0148',
  '4417 Larkspur',
  'session-cookie-9f3',
  'bearer-2c7',
  'typed-secret-5d1',
  'answer-8b4',
  'query-1e6',
];

const page = (first: string) => `<!doctype html><title>People</title><body>
  <h1>Results</h1><button aria-label="Download to Computer">Download to Computer</button>
  <label>Password <input type=password name=p></label><label>Search <input name=q placeholder="Type here"></label>
  <p>Welcome back, ${first} Marchbanks.</p><div role=status>Saved for ${first}</div>
  <table><thead><tr><th>First Name</th><th>Street</th></tr></thead>
  <tbody><tr title="${first}"><td>${first} Marchbanks</td><td>4417 Larkspur Lane</td><td><a href="/who?email=quillon.marchbanks@home.example">${first}</a></td></tr></tbody></table>
  <ul><li>${first}, (512) 555-0148</li></ul>
  <script>console.log('${first} Marchbanks');</script></body>`;

beforeAll(async () => {
  pages = await servePages(({ path, response }) => {
    if (path === '/data') {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'sid=session-cookie-9f3; Path=/' });
      response.end(JSON.stringify({ name: 'Quillon Marchbanks', of: 'answer-8b4' }));
      return;
    }
    html(response, page('Quillon'));
  });
});
afterAll(async () => {
  await pages.close();
  await browser.close();
});

const kept = (sessions: TestSessionDeps, kind: string) =>
  sessions.saved.find((one) => one.kind === kind)?.bytes ?? Buffer.alloc(0);
const inIt = (text: string) => markers.filter((marker) => text.includes(marker));

test('a kept trace holds what was done and what the page was made of, and no cookie, header, answer, value or person', async () => {
  const sessions = makeSessionDeps(browser);
  const context = await openContext((await browser.running()).browser, null);
  const tracer = makeTracer(context, join(folder(), 'trace.zip'));
  await tracer.start();
  const tab = await context.newPage();
  await tab.goto(`${pages.url}/list?token=query-1e6`);
  await tab.evaluate(
    `fetch('/data', { method: 'POST', headers: { authorization: 'Bearer bearer-2c7' }, body: 'Quillon Marchbanks' }).then((answer) => answer.text())`,
  );
  await tab.getByLabel('Search').fill('quillon.marchbanks@home.example');
  await tab.getByLabel('Password').fill('typed-secret-5d1');
  await tab.getByRole('button').click();
  await tab.locator('td').first().click({ trial: true });
  await tab
    .locator('#nowhere')
    .click({ timeout: 200 })
    .catch(() => undefined);
  await tracer.stop({ evidence: sessions.evidence, name: 'x', read: readFile });
  const files = unzipSync(kept(sessions, 'trace'));
  const text = Object.entries(files)
    .map(([name, bytes]) => `${name} ${strFromU8(bytes)}`)
    .join('\n');
  expect(inIt(text)).toEqual([]);
  expect(text).toContain('"method":"fill"');
  expect(text).toContain('/list');
  expect(text).toContain('Download to Computer');
  expect(text).toContain('First Name');
  expect(text).toContain('frame-snapshot');
  await context.close();
});

test('the page structure keeps the names of controls and nothing of the rows', async () => {
  const sessions = makeSessionDeps(browser);
  const context = await openContext((await browser.running()).browser, null);
  const tab = await context.newPage();
  await tab.goto(pages.url);
  await tab.getByLabel('Search').fill('quillon.marchbanks@home.example');
  await photograph(tab, sessions.evidence, 'x', [], log);
  const tree = kept(sessions, 'aria').toString('utf8');
  expect(inIt(tree)).toEqual([]);
  expect(tree).toContain('button "Download to Computer"');
  expect(tree).toContain('columnheader "First Name"');
  expect(tree).toContain('textbox "Search"');
  await context.close();
});

/** One page in the shapes vendors build lists in, of one person; a script of its own goes on with its nodes afterwards. */
const shapes = (who: string, last: string, button = 'Export to File') => `<title>${who}</title>
  <h1>People</h1><h2>${who} ${last}</h2><button id=export>${button}</button><button>Remove ${who} ${last}</button>
  <p title="${who}" style="background:url('/p?${who}')">Hello ${who}, <b>${last}</b></p><img alt="${who} ${last}"><a href="mailto:${who}@home.example">${who} ${last}</a>
  <table><thead><tr><th>First Name</th><th>Street</th></tr></thead><tbody>
    <tr><th scope=row>${who}</th><td>${last}</td><td><button>Edit ${who}</button></td></tr></tbody></table>
  <div role=grid><div role=row><div role=columnheader>Roof Age</div></div><div role=row style="width:${who.length * 9}px"><div role=gridcell>${who}</div></div></div>
  <div style="display:flex;gap:4px"><span>${who} ${last}</span><span>after</span></div><div contenteditable>${who}</div>
  <input value="${who}"><textarea>${who}</textarea><select><option>${who}</select><canvas></canvas>
  <iframe srcdoc="<h3>Step two</h3><p>${who}</p>"></iframe><x-row></x-row>
  <script>
    document.querySelector('x-row').attachShadow({ mode: 'open' }).innerHTML = '<style>p { color: red }</style><h4>Inner</h4><p>${who} ${last}</p>';
    document.querySelector('canvas').getContext('2d').fillText('${who}', 5, 20);
    const text = document.querySelector('b').firstChild;
    document.getElementById('export').onclick = () => { text.data = 'clicked ' + text.isConnected; };
    window.changes = 0;
    new MutationObserver((all) => { window.changes += all.length; }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  </script>`;

async function pictureOf(body: string, place: 'inside' | 'sign-in' = 'inside', secrets: readonly string[] = []) {
  const sessions = makeSessionDeps(browser);
  const context = await openContext((await browser.running()).browser, null);
  const tab = await context.newPage();
  await tab.setContent(body);
  await photograph(tab, sessions.evidence, 'x', secrets, log, place);
  return { bytes: kept(sessions, 'screenshot'), tree: kept(sessions, 'aria').toString('utf8'), tab, context };
}

test('two people on one page give the same picture, to the byte; another button gives another', async () => {
  const one = await pictureOf(shapes('Quillon', 'Marchbanks'));
  const other = await pictureOf(shapes('Jo', 'Ng'));
  const renamed = await pictureOf(shapes('Jo', 'Ng', 'Send to disk'));
  expect(one.bytes.length).toBeGreaterThan(2_000);
  expect(one.bytes.equals(other.bytes)).toBe(true);
  expect(renamed.bytes.equals(other.bytes)).toBe(false);
  expect(inIt(one.tree)).toEqual([]);
  await Promise.all([one, other, renamed].map(({ context }) => context.close()));
});

test('a page that was photographed is the page it was: nothing in it changed, and its own script goes on with its nodes', async () => {
  const { tab, context } = await pictureOf(shapes('Quillon', 'Marchbanks'));
  expect(await tab.evaluate('window.changes')).toBe(0);
  expect(await tab.locator('input').inputValue()).toBe('Quillon');
  await tab.getByRole('button', { name: 'Export to File' }).click();
  expect(await tab.locator('b').textContent()).toBe('clicked true');
  await context.close();
});

test('at a sign-in what was typed and what repeats it is covered, and the page’s own sentences stay', async () => {
  const signIn = (name: string, hint: string, sentence = 'Enter the code') => `<h1>${sentence}</h1>
    <input value="${name}"><input type=password value="${name}9"><p style="width:300px;height:20px">Signed in as ${name}</p><p style="width:300px;height:20px">Sent to ${hint}</p>`;
  const one = await pictureOf(signIn('northwind-tx', 'j***@home.example'), 'sign-in', ['northwind-tx']);
  const other = await pictureOf(signIn('prairie-ok', 'quil***@x.example'), 'sign-in', ['prairie-ok']);
  const said = await pictureOf(signIn('prairie-ok', 'quil***@x.example', 'Call us'), 'sign-in', ['prairie-ok']);
  expect(one.bytes.equals(other.bytes)).toBe(true);
  expect(said.bytes.equals(other.bytes)).toBe(false);
  await Promise.all([one, other, said].map(({ context }) => context.close()));
});
